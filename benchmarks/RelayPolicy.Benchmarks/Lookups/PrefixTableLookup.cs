using System.Net;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Which network is this client in, the longest one? Asked with an <see cref="IPAddress"/>. Nanoseconds per lookup.</summary>
public class PrefixTableLookup : AddressLookup
{
    private PrefixTable<int>? _table;
    private SortedAddresses? _sorted;

    private protected override void Build(Prefix[] table)
    {
        _table = PrefixTable.Create(PrefixValues.Pair(table));
        _sorted = SortedAddresses.Of(table, PrefixValues.Of);
        Check(address => _table.TryFind(address, out int value) ? value : -1, _sorted.Find);
    }

    /// <summary>A binary search over the borders of the flattened ranges, each with its value.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries.Count)]
    public int SortedArray()
    {
        int sum = 0;
        SortedAddresses table = _sorted!;
        foreach (IPAddress address in Addresses) sum += table.Find(address);
        return sum;
    }

    /// <summary>The library's table.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int PrefixTableTryFind()
    {
        int sum = 0;
        PrefixTable<int> table = _table!;
        foreach (IPAddress address in Addresses)
        {
            sum += table.TryFind(address, out int value) ? value : -1;
        }

        return sum;
    }
}
