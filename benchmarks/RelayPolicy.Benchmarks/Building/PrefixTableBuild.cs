using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// Building the full table from prefixes that were parsed before, against sorting the same prefixes: nothing that builds a table by
/// merging sorted prefixes can be faster than the sort. One operation is the whole table.
/// </summary>
[MemoryDiagnoser]
public class PrefixTableBuild
{
    private IPPrefix[] _prefixes = [];
    private KeyValuePair<IPPrefix, int>[] _pairs = [];
    private ulong[] _keys = [];
    private Prefix[] _plain = [];

    /// <summary>The full table of IPv4.</summary>
    [ParamsSource(nameof(Tables))]
    public TableCase Table { get; set; } = TableCase.Full(IPFamily.IPv4);

    /// <summary>Only the full table.</summary>
    public static IEnumerable<TableCase> Tables => [TableCase.Full(IPFamily.IPv4)];

    /// <summary>Makes the prefixes, in random order.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _plain = RoutingTable.Full(Table.Family);
        _prefixes = [.. _plain.Select(prefix => prefix.ToIPPrefix())];
        _pairs = [.. PrefixValues.Pair(_plain)];
        _keys = [.. _plain.Select(prefix => (ulong)prefix.First << 8 | prefix.Length)];
    }

    /// <summary>The strictest baseline: each prefix is one number, its address before its length, and the numbers are sorted. The
    /// copy that is sorted takes about a hundredth of the time.</summary>
    [Benchmark(Baseline = true)]
    public ulong[] SortNumbers()
    {
        ulong[] keys = [.. _keys];
        Array.Sort(keys);
        return keys;
    }

    /// <summary>What sorting costs a program that does not pack its prefixes: by address and length with a comparison.</summary>
    [Benchmark]
    public object SortByComparison()
    {
        Prefix[] prefixes = [.. _plain];
        Array.Sort(prefixes, (left, right) => left.First == right.First ? left.Length.CompareTo(right.Length) : left.First.CompareTo(right.First));
        return prefixes;
    }

    /// <summary>The library's table, with values.</summary>
    [Benchmark]
    public PrefixTable<int> PrefixTableCreate() => PrefixTable.Create(_pairs);

    /// <summary>The library's set.</summary>
    [Benchmark]
    public NetworkSet NetworkSetFromPrefixes() => NetworkSet.FromPrefixes(_prefixes);
}
