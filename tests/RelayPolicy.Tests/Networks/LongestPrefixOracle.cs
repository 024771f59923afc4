using System.Net;

namespace RelayPolicy.Tests;

/// <summary>The longest network that holds an address, found by asking for each length from the longest whether it is listed.</summary>
internal sealed class LongestPrefixOracle(IEnumerable<IPPrefix> prefixes)
{
    private readonly HashSet<IPPrefix> _all = [.. prefixes];

    public int Count => _all.Count;

    public IPPrefix Find(IPAddress client)
    {
        if (!AddressKey.TryCreate(client, out AddressKey key)) return default;
        int width = key.IsIPv4 ? 32 : 128;
        for (int length = width; length >= 0; length--)
        {
            var prefix = new IPPrefix(key.IsIPv4, key.Bits & ~IPPrefix.HostMask(width, length), length);
            if (_all.Contains(prefix)) return prefix;
        }

        return default;
    }
}
