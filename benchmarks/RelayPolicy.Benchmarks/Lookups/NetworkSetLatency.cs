using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// How long one answer takes: the place of the next question is computed from the last answer, so no two lookups overlap.
/// Nanoseconds per lookup, from the bytes of the address.
/// </summary>
public class NetworkSetLatency : AddressLookup
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
        SortedAddresses set = _sorted!;
        int length = KeyLength;
        int answer = 0;
        for (int at = 0; at < Bytes.Length; at += length)
        {
            answer = Unsafe.BitCast<bool, byte>(set.Contains(Bytes.AsSpan(at + DependOn(answer), length)));
        }

        return answer;
    }

    /// <summary>The library's set.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int NetworkSetContains()
    {
        NetworkSet set = _set;
        int length = KeyLength;
        int answer = 0;
        for (int at = 0; at < Bytes.Length; at += length)
        {
            answer = Unsafe.BitCast<bool, byte>(set.Contains(Bytes.AsSpan(at + DependOn(answer), length)));
        }

        return answer;
    }
}
