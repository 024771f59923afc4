using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// How long one answer takes: the place of the next question is computed from the value found, so no two lookups overlap.
/// Nanoseconds per lookup, from the bytes of the address.
/// </summary>
public class PrefixTableLatency : AddressLookup
{
    private PrefixTable<int>? _table;
    private SortedAddresses? _sorted;

    private protected override void Build(Prefix[] table)
    {
        _table = PrefixTable.Create(PrefixValues.Pair(table));
        _sorted = SortedAddresses.Of(table, PrefixValues.Of);
    }

    /// <summary>A binary search over the borders of the flattened ranges, each with its value.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries.Count)]
    public int SortedArray()
    {
        SortedAddresses table = _sorted!;
        int length = KeyLength;
        int value = 0;
        for (int at = 0; at < Bytes.Length; at += length) value = table.Find(Bytes.AsSpan(at + DependOn(value), length));
        return value;
    }

    /// <summary>The library's table.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int PrefixTableTryFind()
    {
        PrefixTable<int> table = _table!;
        int length = KeyLength;
        int value = 0;
        for (int at = 0; at < Bytes.Length; at += length) table.TryFind(Bytes.AsSpan(at + DependOn(value), length), out value);
        return value;
    }
}
