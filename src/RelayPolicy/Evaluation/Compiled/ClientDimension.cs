namespace RelayPolicy;

/// <summary><c>Client.In</c>. IPv4 and IPv6 never share a class.</summary>
internal sealed class ClientDimension() : Dimension<IPPrefix>("Client.In", RelayFacts.ClientAddress)
{
    private PrefixTable<int>? _classes;

    public override long TableBytes => _classes?.Bytes ?? 0;

    public override int ClassOf(in RequestView view, int value) =>
        _classes is not null && _classes.TryFind(view.Request.Client.Key, out int number) ? number : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as ClientIn)?.Networks;

    protected override IEnumerable<IPPrefix> KeysOf(object set) => ((NetworkSet)set).ToPrefixes();

    protected override int[]? FindParents(IReadOnlyList<IPPrefix> keys)
    {
        var table = new PrefixTableBuilder<int>();
        for (int key = 0; key < keys.Count; key++) table.Add(keys[key], key + 1);
        _classes = table.Build(out _);
        int[] order = [.. Enumerable.Range(0, keys.Count)];
        Array.Sort(order, (left, right) => Compare(keys[left], keys[right]));
        return NetworkAround(keys, order);
    }

    // The class of the smallest of the other networks that contains each one.
    private static int[] NetworkAround(IReadOnlyList<IPPrefix> networks, int[] order)
    {
        int[] around = new int[order.Length];
        var containing = new Stack<int>();
        foreach (int key in order)
        {
            while (containing.TryPeek(out int outer) && !Contains(networks[outer], networks[key])) containing.Pop();
            around[key] = containing.TryPeek(out int nearest) ? nearest + 1 : AtomClasses.None;
            containing.Push(key);
        }

        return around;
    }

    private static bool Contains(IPPrefix outer, IPPrefix inner) => outer.IsIPv4 == inner.IsIPv4 && outer.First <= inner.First && outer.Last >= inner.Last;

    // A network comes before the networks inside it.
    private static int Compare(IPPrefix left, IPPrefix right)
    {
        int order = left.IsIPv4.CompareTo(right.IsIPv4);
        if (order == 0) order = left.First.CompareTo(right.First);
        return order != 0 ? order : left.Length.CompareTo(right.Length);
    }
}
