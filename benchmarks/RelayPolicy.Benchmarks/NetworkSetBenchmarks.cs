using System.Net;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Is this client in that list? Against a linear scan over the platform's own networks, the usual way today.</summary>
[MemoryDiagnoser]
public class NetworkSetBenchmarks
{
    private const int Queries = 65_536;

    private IPNetwork[] _linear = [];
    private NetworkSet _set = NetworkSet.Empty;
    private IPAddress[] _clients = [];

    /// <summary>How many networks the list holds.</summary>
    [Params(10, 1_000, 10_000)]
    public int Networks { get; set; }

    /// <summary>Random networks of /16 to /28, and as many random clients, about half of them in one.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(20261124);
        var networks = new List<(uint Address, int Length)>();
        for (int i = 0; i < Networks; i++)
        {
            int length = random.Next(16, 29);
            networks.Add(((uint)random.NextInt64(1L << 24, 0xdfL << 24) & (uint.MaxValue << (32 - length)), length));
        }

        _linear = [.. networks.Select(network => new IPNetwork(ToAddress(network.Address), network.Length))];
        _set = NetworkSet.Parse(_linear.Select(network => network.ToString()));
        _clients = [.. Enumerable.Range(0, Queries).Select(i => ToAddress(i % 2 == 0
            ? networks[random.Next(networks.Count)].Address | 1
            : (uint)random.NextInt64(1L << 24, 0xdfL << 24)))];
    }

    /// <summary>One lookup after the other in an array of networks.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries)]
    public int LinearIPNetwork()
    {
        int hits = 0;
        foreach (IPAddress client in _clients)
        {
            foreach (IPNetwork network in _linear)
            {
                if (!network.Contains(client)) continue;
                hits++;
                break;
            }
        }

        return hits;
    }

    /// <summary>The library's set.</summary>
    [Benchmark(OperationsPerInvoke = Queries)]
    public int NetworkSetContains()
    {
        int hits = 0;
        foreach (IPAddress client in _clients)
        {
            if (_set.Contains(client)) hits++;
        }

        return hits;
    }

    private static IPAddress ToAddress(uint bits) => new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
}
