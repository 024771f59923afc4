using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace RelayPolicy;

/// <summary>
/// A client address as a number. The only place that knows two facts: an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2)
/// <em>is</em> its IPv4 address, and the unspecified and multicast addresses are no client's address at all.
/// </summary>
internal readonly record struct AddressKey(bool IsIPv4, UInt128 Bits)
{
    private const int IPv6Length = 16;

    /// <summary>The number of ::ffff:0:0, the first IPv4-mapped address.</summary>
    public static readonly UInt128 FirstMapped = (UInt128)0xffff << 32;

    private static readonly ImmutableArray<(UInt128 First, UInt128 Last)> IPv4Clients = [(1, 0xdfff_ffff), (0xf000_0000, uint.MaxValue)];

    private static readonly ImmutableArray<(UInt128 First, UInt128 Last)> IPv6Clients =
        [(1, FirstMapped - 1), (FirstMapped + ((UInt128)1 << 32), UInt128.MaxValue >> 8 | (UInt128)0xfe << 120)];

    /// <summary>False for null, the unspecified addresses, multicast, and anything that is neither IPv4 nor IPv6. Does not allocate.</summary>
    public static bool TryCreate(IPAddress? address, out AddressKey key)
    {
        key = default;
        if (address is null) return false;
        Span<byte> bytes = stackalloc byte[IPv6Length];
        if (!address.TryWriteBytes(bytes, out int length)) return false;
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            key = new AddressKey(IsIPv4: true, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }
        else if (length == IPv6Length)
        {
            UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            key = IsMapped(bits) ? new AddressKey(IsIPv4: true, (uint)bits) : new AddressKey(IsIPv4: false, bits);
        }

        return key.IsUnicast;
    }

    /// <summary>The addresses of a family that a client can have, as pairs of the first and the last of a run.</summary>
    public static ImmutableArray<(UInt128 First, UInt128 Last)> Clients(bool isIPv4) => isIPv4 ? IPv4Clients : IPv6Clients;

    /// <summary>Whether the number lies in ::ffff:0:0/96.</summary>
    public static bool IsMapped(UInt128 ipv6) => ipv6 >> 32 == 0xffff;

    /// <summary>The address as the platform's type: IPv4 for IPv4, without a scope.</summary>
    public IPAddress ToIPAddress() => IPAddressText.FromBits(IsIPv4, Bits);

    private bool IsUnicast => Bits != 0 && (IsIPv4 ? Bits >> 28 != 0xe : Bits >> 120 != 0xff);
}
