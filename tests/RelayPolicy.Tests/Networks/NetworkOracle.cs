using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace RelayPolicy.Tests;

/// <summary>
/// A slow, obvious reading of networks, which shares nothing with the library: addresses are numbers, networks are pairs of
/// numbers, and membership is two comparisons in a loop.
/// </summary>
internal sealed record NetworkOracle(int Width, BigInteger First, BigInteger Last)
{
    /// <summary>The network of the first bits of an address.</summary>
    public static NetworkOracle Prefix(IPAddress address, int length)
    {
        int width = Bits(address);
        BigInteger size = BigInteger.Pow(2, width - length);
        BigInteger first = Number(address) / size * size;
        return new NetworkOracle(width, first, first + size - 1);
    }

    public static NetworkOracle Range(IPAddress one, IPAddress other)
    {
        BigInteger a = Number(one), b = Number(other);
        return new NetworkOracle(Bits(one), BigInteger.Min(a, b), BigInteger.Max(a, b));
    }

    public IPAddress FirstAddress => Address(Width, First);

    public IPAddress LastAddress => Address(Width, Last);

    /// <summary>The first and last address, their neighbours on both sides, and one in the middle.</summary>
    public IEnumerable<IPAddress> Borders() =>
        new[] { First - 1, First, First + 1, (First + Last) / 2, Last - 1, Last, Last + 1 }
            .Where(number => number >= 0 && number < BigInteger.Pow(2, Width))
            .Select(number => Address(Width, number));

    /// <summary>Whether a client with that address is in one of the networks.</summary>
    public static bool Contains(IEnumerable<NetworkOracle> networks, IPAddress client)
    {
        BigInteger number = Number(client);
        int width = Bits(client);
        BigInteger mapped = 0xffff * BigInteger.Pow(2, 32);
        if (width == 128 && number >= mapped && number < mapped + BigInteger.Pow(2, 32)) (width, number) = (32, number - mapped);
        if (number.IsZero) return false;
        if (width == 32 && number >= 224 * BigInteger.Pow(2, 24) && number < 240 * BigInteger.Pow(2, 24)) return false;
        if (width == 128 && number >= 255 * BigInteger.Pow(2, 120)) return false;
        return networks.Any(network => network.Width == width && network.First <= number && number <= network.Last);
    }

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static BigInteger Number(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    private static IPAddress Address(int width, BigInteger number)
    {
        byte[] bytes = new byte[width / 8];
        byte[] significant = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes, bytes.Length - significant.Length);
        return new IPAddress(bytes);
    }
}
