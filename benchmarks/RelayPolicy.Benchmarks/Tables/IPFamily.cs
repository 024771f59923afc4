namespace RelayPolicy.Benchmarks;

/// <summary>The two families of addresses, which are measured apart.</summary>
public enum IPFamily
{
    IPv4,
    IPv6,
}

internal static class IPFamilies
{
    /// <summary>Bits of an address.</summary>
    public static int Width(this IPFamily family) => family == IPFamily.IPv4 ? 32 : 128;
}
