namespace RelayPolicy;

/// <summary>The addresses of one family as sorted, disjoint, non-adjacent blocks; membership by binary search.</summary>
internal sealed class BlockTable : IEquatable<BlockTable>
{
    public static readonly BlockTable Empty = new(isIPv4: true, [], []);
    public static readonly BlockTable WholeIPv4 = new(isIPv4: true, [0], [uint.MaxValue]);
    public static readonly BlockTable WholeIPv6 = new(isIPv4: false, [0], [UInt128.MaxValue]);

    private readonly bool _isIPv4;

    // INVARIANT: same length; _first[i] <= _last[i]; _last[i] + 1 < _first[i + 1].
    private readonly UInt128[] _first;
    private readonly UInt128[] _last;

    private BlockTable(bool isIPv4, UInt128[] first, UInt128[] last) => (_isIPv4, _first, _last) = (isIPv4, first, last);

    public bool IsEmpty => _first.Length == 0;

    public bool IsWhole => _first.Length == 1 && _first[0] == 0 && _last[0] == (_isIPv4 ? uint.MaxValue : UInt128.MaxValue);

    /// <summary>Whether every address that a client of the family can have lies in the table.</summary>
    public bool HoldsEveryClient(bool isIPv4) => AddressKey.Clients(isIPv4).All(run => Holds(run.First, run.Last));

    /// <summary>The blocks of one family out of a mixed list, sorted and merged.</summary>
    public static BlockTable Create(bool isIPv4, IEnumerable<NetworkNotation.Block> blocks)
    {
        var first = new List<UInt128>();
        var last = new List<UInt128>();
        foreach (NetworkNotation.Block block in blocks.Where(b => b.IsIPv4 == isIPv4).OrderBy(b => b.First))
        {
            // Compared by the distance, because the end of the whole family has no successor.
            bool touches = last.Count > 0 && (block.First <= last[^1] || block.First - last[^1] == 1);
            if (!touches)
            {
                first.Add(block.First);
                last.Add(block.Last);
            }
            else if (block.Last > last[^1])
            {
                last[^1] = block.Last;
            }
        }

        return first.Count == 0 ? Empty : new BlockTable(isIPv4, [.. first], [.. last]);
    }

    /// <summary>Whether the table holds at least so many addresses.</summary>
    public bool Holds(UInt128 count)
    {
        for (int i = 0; i < _first.Length; i++)
        {
            UInt128 distance = _last[i] - _first[i];
            if (distance >= count - 1) return true;
            count -= distance + 1;
        }

        return false;
    }

    public bool Contains(UInt128 bits) => Holds(bits, bits);

    // Because no two blocks touch, both ends lie in one of them.
    private bool Holds(UInt128 first, UInt128 last)
    {
        int low = 0;
        int high = _first.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_first[middle] <= first) low = middle + 1;
            else high = middle;
        }

        return low > 0 && last <= _last[low - 1];
    }

    /// <summary>The fewest networks that cover the table, or the given name when it is the whole family.</summary>
    public IEnumerable<string> ToEntries(string whole) => IsWhole
        ? [whole]
        : _first.Zip(_last)
            .SelectMany(block => NetworkNotation.ToPrefixes(new NetworkNotation.Block(_isIPv4, block.First, block.Second)))
            .Select(prefix => prefix.ToString());

    public bool Equals(BlockTable? other) => other is not null && _first.AsSpan().SequenceEqual(other._first) && _last.AsSpan().SequenceEqual(other._last);

    public override bool Equals(object? obj) => Equals(obj as BlockTable);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (UInt128 bits in _first) hash.Add(bits);
        foreach (UInt128 bits in _last) hash.Add(bits);
        return hash.ToHashCode();
    }
}
