namespace RelayPolicy;

/// <summary>Collects networks and their values, and finds the conflicts among them.</summary>
internal sealed class PrefixTableBuilder<T>
{
    private readonly NestedBlocks<uint> _ipv4 = new();
    private readonly NestedBlocks<UInt128> _ipv6 = new();
    private readonly ValueIds<T> _values = new();
    private readonly List<EntryError> _errors = [];
    private int _entries;

    public void Add(IPPrefix prefix, T value)
    {
        int index = _entries++;
        if (prefix.IsDefault) _errors.Add(IPPrefix.DefaultError(index));
        else if (prefix.IsIPv4) _ipv4.Add(new AddressBlock<uint>((uint)prefix.First, (uint)prefix.Last), _values.IdOf(value), index);
        else _ipv6.Add(new AddressBlock<UInt128>(prefix.First, prefix.Last), _values.IdOf(value), index);
    }

    /// <summary>The table, or null when there are errors.</summary>
    public PrefixTable<T>? Build(out IReadOnlyList<EntryError> errors)
    {
        RunList<uint> ipv4 = _ipv4.Flatten((block, index, earlier) => _errors.Add(Conflict(new(IsIPv4: true, block.First, block.Last), index, earlier)));
        RunList<UInt128> ipv6 = _ipv6.Flatten((block, index, earlier) => _errors.Add(Conflict(new(IsIPv4: false, block.First, block.Last), index, earlier)));
        _errors.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        errors = _errors;
        return _errors.Count > 0 ? null : new PrefixTable<T>(new AddressTable(ipv4, ipv6), _values.ToArray(), _ipv4.DistinctCount + _ipv6.DistinctCount);
    }

    private static EntryError Conflict(NetworkNotation.Block block, int index, int earlier) => new(
        index, NetworkNotation.ToPrefixes(block).Single().ToString(), $"the same network has another value at index {earlier}", "leave one of them out");
}
