using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>What is done today: ask one network after the other.</summary>
internal static class LinearScan
{
    public static IPNetwork[] ToIPNetworks(Prefix[] table) => [.. table.Select(prefix => new IPNetwork(prefix.Address, prefix.Length))];

    public static IPNetwork2[] ToIPNetwork2(Prefix[] table) => [.. table.Select(prefix => new IPNetwork2(prefix.Address, prefix.Length))];

    public static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (IPNetwork network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    public static bool Contains(IPNetwork2[] networks, IPAddress address)
    {
        foreach (IPNetwork2 network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}
