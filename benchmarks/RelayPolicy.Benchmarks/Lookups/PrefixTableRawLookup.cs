using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Longest match asked with the bytes of the address; throughput, as in <see cref="NetworkSetRawLookup"/>. Nanoseconds per lookup.</summary>
public class PrefixTableRawLookup : AddressLookup
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
        int sum = 0;
        SortedAddresses table = _sorted!;
        int length = KeyLength;
        for (ReadOnlySpan<byte> keys = Bytes; !keys.IsEmpty; keys = keys[length..]) sum += table.Find(keys[..length]);
        return sum;
    }

    /// <summary>The library's table.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int PrefixTableTryFind()
    {
        int sum = 0;
        PrefixTable<int> table = _table!;
        int length = KeyLength;
        for (ReadOnlySpan<byte> keys = Bytes; !keys.IsEmpty; keys = keys[length..])
        {
            sum += table.TryFind(keys[..length], out int value) ? value : -1;
        }

        return sum;
    }
}
