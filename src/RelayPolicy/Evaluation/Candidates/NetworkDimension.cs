namespace RelayPolicy;

/// <summary><c>Client.In</c>, of sets that hold no whole family.</summary>
internal sealed class NetworkDimension() : AnchorDimension<IPPrefix>(RelayFacts.ClientAddress)
{
    private PrefixTable<int>? _chains;

    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        if (_chains!.TryFind(view.Request.Client.Key, out int chain)) candidates.Add(chain);
    }

    protected override object? SetOf(Atom atom) => atom is ClientIn { Networks.CoversFamily: false } client ? client.Networks : null;

    protected override IEnumerable<IPPrefix> KeysOf(object set) => ((NetworkSet)set).ToPrefixes();

    protected override void Freeze(AnchorKeys<IPPrefix> keys, RuleListsBuilder lists)
    {
        int[] order = [.. Enumerable.Range(0, keys.Keys.Count)];
        Array.Sort(order, (left, right) => Compare(keys.Keys[left], keys.Keys[right]));
        int[] over = NetworkAround(keys.Keys, order);
        int[] chains = keys.Write(lists, order, key => over[key]);
        var table = new PrefixTableBuilder<int>();
        for (int key = 0; key < chains.Length; key++) table.Add(keys.Keys[key], chains[key]);
        _chains = table.Build(out _);
    }

    // The smallest of the other networks that contains each one, or -1.
    private static int[] NetworkAround(IReadOnlyList<IPPrefix> networks, int[] order)
    {
        int[] over = new int[order.Length];
        var containing = new Stack<int>();
        foreach (int key in order)
        {
            while (containing.TryPeek(out int outer) && !Contains(networks[outer], networks[key])) containing.Pop();
            over[key] = containing.TryPeek(out int around) ? around : -1;
            containing.Push(key);
        }

        return over;
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
