using System.Net;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Is this client in that list? Asked with an <see cref="IPAddress"/>, as a server has it. Nanoseconds per lookup.</summary>
public class NetworkSetLookup : AddressLookup
{
    private NetworkSet _set = NetworkSet.Empty;
    private SortedAddresses? _sorted;
    private IPNetwork[] _networks = [];
    private IPNetwork2[] _networks2 = [];

    private protected override void Build(Prefix[] table)
    {
        _set = NetworkSet.FromPrefixes(table.Select(prefix => prefix.ToIPPrefix()));
        _sorted = SortedAddresses.Of(table);
        _networks = LinearScan.ToIPNetworks(table);
        _networks2 = LinearScan.ToIPNetwork2(table.Length <= 1_000 ? table : []);
        Check(address => _set.Contains(address) ? 1 : 0, address => _sorted.Contains(address) ? 1 : 0);
    }

    /// <summary>A binary search over the borders of the merged ranges.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries.Count)]
    public int SortedArray()
    {
        int hits = 0;
        SortedAddresses set = _sorted!;
        foreach (IPAddress address in Addresses)
        {
            if (set.Contains(address)) hits++;
        }

        return hits;
    }

    /// <summary>The library's set.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int NetworkSetContains()
    {
        int hits = 0;
        NetworkSet set = _set;
        foreach (IPAddress address in Addresses)
        {
            if (set.Contains(address)) hits++;
        }

        return hits;
    }

    /// <summary>A scan over <see cref="IPNetwork"/>s.</summary>
    [UpTo(10_000)]
    [Benchmark(OperationsPerInvoke = Queries.SlowCount)]
    public int LinearIPNetwork()
    {
        int hits = 0;
        foreach (IPAddress address in NextSlowAddresses())
        {
            if (LinearScan.Contains(_networks, address)) hits++;
        }

        return hits;
    }

    /// <summary>A scan over the networks of the IPNetwork2 package.</summary>
    [UpTo(1_000)]
    [Benchmark(OperationsPerInvoke = Queries.SlowCount)]
    public int LinearIPNetwork2()
    {
        int hits = 0;
        foreach (IPAddress address in NextSlowAddresses())
        {
            if (LinearScan.Contains(_networks2, address)) hits++;
        }

        return hits;
    }
}
