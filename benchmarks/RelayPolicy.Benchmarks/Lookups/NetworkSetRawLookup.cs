using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// Membership asked with the bytes of the address, without the cost of an <see cref="System.Net.IPAddress"/>. Throughput: the
/// processor may work on several lookups at a time, as they do not depend on each other. Nanoseconds per lookup.
/// </summary>
public class NetworkSetRawLookup : AddressLookup
{
    private NetworkSet _set = NetworkSet.Empty;
    private SortedAddresses? _sorted;

    private protected override void Build(Prefix[] table)
    {
        _set = NetworkSet.FromPrefixes(table.Select(prefix => prefix.ToIPPrefix()));
        _sorted = SortedAddresses.Of(table);
    }

    /// <summary>A binary search over the borders of the merged ranges.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries.Count)]
    public int SortedArray()
    {
        int hits = 0;
        SortedAddresses set = _sorted!;
        int length = KeyLength;
        for (ReadOnlySpan<byte> keys = Bytes; !keys.IsEmpty; keys = keys[length..])
        {
            if (set.Contains(keys[..length])) hits++;
        }

        return hits;
    }

    /// <summary>The library's set.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int NetworkSetContains()
    {
        int hits = 0;
        NetworkSet set = _set;
        int length = KeyLength;
        for (ReadOnlySpan<byte> keys = Bytes; !keys.IsEmpty; keys = keys[length..])
        {
            if (set.Contains(keys[..length])) hits++;
        }

        return hits;
    }
}
