namespace RelayPolicy.Benchmarks;

/// <summary>
/// What the synthetic table of a family has in common with a real one. Source of every figure: a full routing table from a Tier-1
/// dump published with the iprbench project (901,899 IPv4 and 160,147 IPv6 prefixes).
/// </summary>
internal sealed class TableProfile
{
    /// <summary>Prefixes no longer than this are scattered; longer ones are packed into units of this size: a /16 of IPv4, a /32 of IPv6.</summary>
    public required int UnitLength { get; init; }

    /// <summary>How many units hold prefixes that are longer and lie in no shorter prefix.</summary>
    public required int PackedUnits { get; init; }

    /// <summary>How steep the number of prefixes falls from the fullest unit to the emptiest (exponent of the rank).</summary>
    public required double UnitSkew { get; init; }

    /// <summary>How often a prefix does not begin where the one before it ends, so that no range comes of them.</summary>
    public required double GapShare { get; init; }

    /// <summary>How many prefixes nested in one shorter prefix follow each other directly, on average.</summary>
    public required double NestedRun { get; init; }

    /// <summary>The blocks in which everything lies, with their length in bits, the fullest first.</summary>
    public required (int Length, uint[] Blocks) Roots { get; init; }

    /// <summary>How steep the number of units falls from the first root to the last (exponent of the rank).</summary>
    public required double RootSkew { get; init; }

    /// <summary>For each prefix length: how many there are, and how many of a hundred lie in a shorter prefix.</summary>
    public required (byte Length, int Count, int NestedPercent)[] Lengths { get; init; }

    /// <summary>Prefixes of the whole table.</summary>
    public int Count => Lengths.Sum(length => length.Count);

    public static TableProfile Of(IPFamily family) => family == IPFamily.IPv4 ? IPv4 : IPv6;

    private static readonly TableProfile IPv4 = new()
    {
        UnitLength = 16,
        PackedUnits = 15_000,
        UnitSkew = 0.5,
        GapShare = 0.14,
        NestedRun = 3,
        RootSkew = 0,
        Roots = (8, [.. Enumerable.Range(1, 223).Except([10, 127]).Select(block => (uint)block)]),
        Lengths =
        [
            (8, 16, 0), (9, 13, 0), (10, 38, 0), (11, 103, 10), (12, 299, 15), (13, 581, 17), (14, 1_203, 15), (15, 2_100, 22),
            (16, 13_490, 24), (17, 8_235, 46), (18, 13_798, 50), (19, 24_870, 39), (20, 42_611, 54), (21, 50_750, 55),
            (22, 108_623, 45), (23, 96_510, 57), (24, 537_698, 51), (25, 20, 99), (26, 3, 99), (27, 11, 99), (28, 18, 99),
            (29, 17, 99), (30, 3, 99), (31, 3, 99), (32, 886, 99),
        ],
    };

    private static readonly TableProfile IPv6 = new()
    {
        UnitLength = 32,
        PackedUnits = 5_000,
        UnitSkew = 1,
        GapShare = 0.25,
        NestedRun = 3,
        RootSkew = 1,
        // The /16s of the global unicast space that registries have given out most of, and the ones between.
        Roots = (16,
        [
            0x2a00, 0x2a02, 0x2804, 0x2402, 0x2600, 0x2a0a, 0x2604, 0x2400, 0x2001, 0x2a03, 0x2405, 0x2a01, 0x2602, 0x2a04, 0x2406, 0x2a0e,
            0x2408, 0x2401, 0x2403, 0x2404, 0x2407, 0x2409, 0x240a, 0x240b, 0x240c, 0x240d, 0x240e, 0x240f, 0x2603, 0x2605, 0x2606, 0x2607,
            0x2608, 0x2610, 0x2620, 0x2800, 0x2801, 0x2802, 0x2803, 0x2805, 0x2806, 0x2a05, 0x2a06, 0x2a07, 0x2a08, 0x2a09, 0x2a0b, 0x2a0c,
            0x2a0d, 0x2a0f, 0x2a10, 0x2a11, 0x2a12, 0x2a13, 0x2a14, 0x2c0e, 0x2c0f, 0x2410, 0x2630, 0x2003,
        ]),
        Lengths =
        [
            (16, 1, 0), (19, 1, 0), (20, 16, 0), (21, 3, 0), (22, 7, 0), (23, 8, 0), (24, 30, 0), (25, 8, 0), (26, 15, 0), (27, 20, 0),
            (28, 193, 1), (29, 4_371, 1), (30, 650, 44), (31, 284, 40), (32, 22_548, 25), (33, 2_926, 81), (34, 2_603, 72), (35, 1_043, 62),
            (36, 5_996, 57), (37, 880, 75), (38, 1_617, 52), (39, 1_377, 82), (40, 13_418, 76), (41, 903, 53), (42, 2_301, 80),
            (43, 1_001, 43), (44, 14_365, 72), (45, 1_553, 82), (46, 3_039, 53), (47, 3_153, 79), (48, 75_488, 59), (49, 11, 99), (50, 3, 99),
            (52, 1, 99), (55, 1, 99), (56, 24, 99), (58, 20, 99), (60, 2, 99), (64, 184, 99), (112, 2, 99), (122, 1, 99), (124, 4, 99),
            (125, 9, 99), (126, 19, 99), (127, 42, 99), (128, 6, 99),
        ],
    };
}
