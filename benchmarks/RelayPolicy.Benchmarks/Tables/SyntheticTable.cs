namespace RelayPolicy.Benchmarks;

/// <summary>
/// A made-up full routing table, always the same one. Exactly as in the real table of <see cref="TableProfile"/>: the number of
/// prefixes of each length. Roughly: how many lie in shorter ones, how many follow each other without a gap, and how unevenly they
/// are spread over the blocks of addresses. (The command <c>table</c> prints it.)
/// </summary>
/// <remarks>
/// real / synthetic, IPv4: share of all addresses 71.3 % / 71.4 %; ranges after merging 67,888 / 70,943; borders between longest
/// matches 1,011,247 / 1,004,298; outermost prefixes 444,690 / 447,501, nested once 323,522 / 289,104, more 133,687 / 165,294; /16s in
/// use 33,013 / 33,356. IPv6: ranges 40,658 / 36,820; borders 222,679 / 222,530; outermost 69,056 / 69,621, nested once 60,401 / 66,051,
/// more 30,690 / 24,475; /16s 60 / 60, /24s 7,246 / 9,351, /32s 29,369 / 30,981. The real table is more uneven: its fullest /16 of IPv4
/// holds 341 prefixes against 154.
/// </remarks>
internal sealed class SyntheticTable
{
    private const int Seed = 20261124;

    private readonly TableProfile _profile;
    private readonly IPFamily _family;
    private readonly Random _random = new(Seed);
    private readonly HashSet<Prefix> _all = [];
    private readonly List<Prefix> _inOrder = []; // shortest first
    private readonly List<Prefix> _outermost = []; // those of them that lie in no other
    private readonly HashSet<UInt128> _takenUnits = [];
    private readonly Zipf _roots;
    private readonly Zipf _packedUnits;
    private readonly UInt128[] _next; // of each packed unit: its first free address
    private readonly UInt128[] _end; // of each packed unit: the first address behind it

    private SyntheticTable(IPFamily family)
    {
        _family = family;
        _profile = TableProfile.Of(family);
        _roots = new Zipf(_profile.Roots.Blocks.Length, _profile.RootSkew);
        _packedUnits = new Zipf(_profile.PackedUnits, _profile.UnitSkew);
        _next = new UInt128[_profile.PackedUnits];
        _end = new UInt128[_profile.PackedUnits];
    }

    /// <summary>The table of a family, in random order.</summary>
    public static Prefix[] Create(IPFamily family) => new SyntheticTable(family).Fill();

    private Prefix[] Fill()
    {
        bool unitsMade = false;
        foreach ((byte length, int count, int nestedPercent) in _profile.Lengths)
        {
            if (length > _profile.UnitLength && !unitsMade) MakeUnits();
            unitsMade |= length > _profile.UnitLength;
            int nested = _inOrder.Count == 0 ? 0 : count * nestedPercent / 100;
            (int shorter, int shorterOutermost) = (_inOrder.Count, _outermost.Count);
            for (int i = nested; i < count; i++) AddOutermost(length <= _profile.UnitLength ? Scattered(length) : Packed(length));
            AddNested(length, nested, shorter, shorterOutermost);
        }

        Prefix[] table = [.. _inOrder];
        _random.Shuffle(table);
        return table;
    }

    private void AddOutermost(Prefix prefix)
    {
        if (!_all.Add(prefix)) throw new InvalidOperationException($"{prefix} comes twice.");
        _inOrder.Add(prefix);
        _outermost.Add(prefix);
    }

    /// <summary>A block somewhere below the roots that nothing has taken.</summary>
    private Prefix Scattered(int length)
    {
        int unitBits = _family.Width() - _profile.UnitLength;
        int units = 1 << (_profile.UnitLength - length);
        while (true)
        {
            (int rootLength, uint[] blocks) = _profile.Roots;
            UInt128 root = (UInt128)blocks[_roots.Next(_random)] << (_family.Width() - rootLength);
            UInt128 first = root + ((UInt128)_random.NextInt64(1L << (length - rootLength)) << (_family.Width() - length));
            UInt128 unit = first >> unitBits;
            bool free = true;
            for (int i = 0; i < units && free; i++) free = !_takenUnits.Contains(unit + (UInt128)i);
            if (!free) continue;
            for (int i = 0; i < units; i++) _takenUnits.Add(unit + (UInt128)i);
            return new Prefix(_family, first, (byte)length);
        }
    }

    private void MakeUnits()
    {
        for (int i = 0; i < _profile.PackedUnits; i++)
        {
            Prefix unit = Scattered(_profile.UnitLength);
            (_next[i], _end[i]) = (unit.First, unit.First + unit.Size);
        }
    }

    /// <summary>The next free block of a packed unit. As the lengths grow, the next free address is always the start of a block.</summary>
    private Prefix Packed(byte length)
    {
        UInt128 size = UInt128.One << (_family.Width() - length);
        while (true)
        {
            int unit = _packedUnits.Next(_random);
            UInt128 first = _next[unit] + (_random.NextDouble() < _profile.GapShare ? size : 0);
            if (first + size > _end[unit]) continue;
            _next[unit] = first + size;
            return new Prefix(_family, first, length);
        }
    }

    /// <summary>Runs of neighbours inside random shorter prefixes; half of them in outermost ones, so that nesting is seldom deep.</summary>
    private void AddNested(byte length, int count, int shorter, int shorterOutermost)
    {
        UInt128 size = UInt128.One << (_family.Width() - length);
        while (count > 0)
        {
            Prefix parent = _random.Next(2) == 0 ? _outermost[_random.Next(shorterOutermost)] : _inOrder[_random.Next(shorter)];
            UInt128 places = parent.Size / size;
            UInt128 first = parent.First + (UInt128)_random.NextInt64((long)UInt128.Min(places, long.MaxValue)) * size;
            do
            {
                var prefix = new Prefix(_family, first, length);
                if (!_all.Add(prefix)) break;
                _inOrder.Add(prefix);
                count--;
                first += size;
            }
            while (count > 0 && parent.Contains(first) && _random.NextDouble() > 1 / _profile.NestedRun);
        }
    }
}
