using System.Buffers.Binary;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// A client address as a number. The only place that knows two facts: an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2)
/// <em>is</em> its IPv4 address, and the unspecified and multicast addresses are no client's address at all.
/// </summary>
internal readonly record struct AddressKey(bool IsIPv4, UInt128 Bits)
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    /// <summary>The IPv4-mapped addresses, ::ffff:0:0/96.</summary>
    public static AddressBlock<UInt128> Mapped => new((UInt128)0xffff << 32, (UInt128)0xffff << 32 | uint.MaxValue);

    /// <summary>False for null, the unspecified addresses, multicast, and anything that is neither IPv4 nor IPv6. Does not allocate.</summary>
    public static bool TryCreate(IPAddress? address, out AddressKey key)
    {
        key = default;
        if (address is null) return false;
        Span<byte> bytes = stackalloc byte[IPv6Length];
        return address.TryWriteBytes(bytes, out int length) && TryCreate(bytes[..length], out key);
    }

    /// <summary>As above, from the four bytes of an IPv4 address or the sixteen of an IPv6 address in network order. False for any other length.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> address, out AddressKey key)
    {
        key = default;
        if (address.Length == IPv4Length)
        {
            key = new AddressKey(IsIPv4: true, BinaryPrimitives.ReadUInt32BigEndian(address));
        }
        else if (address.Length == IPv6Length)
        {
            UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(address);
            key = IsMapped(bits) ? new AddressKey(IsIPv4: true, (uint)bits) : new AddressKey(IsIPv4: false, bits);
        }

        return key.IsUnicast;
    }

    /// <summary>The IPv4 addresses that a client can have.</summary>
    public static IReadOnlyList<AddressBlock<uint>> IPv4Clients { get; } = [new(1, 0xdfff_ffff), new(0xf000_0000, uint.MaxValue)];

    /// <summary>The IPv6 addresses that a client can have. The IPv4-mapped ones are none.</summary>
    public static IReadOnlyList<AddressBlock<UInt128>> IPv6Clients { get; } =
        [new(1, Mapped.First - 1), new(Mapped.Last + 1, UInt128.MaxValue >> 8 | (UInt128)0xfe << 120)];

    /// <summary>Whether the number lies in ::ffff:0:0/96.</summary>
    public static bool IsMapped(UInt128 ipv6) => ipv6 >> 32 == 0xffff;

    /// <summary>The address as the platform's type: IPv4 for IPv4, without a scope.</summary>
    public IPAddress ToIPAddress() => IPAddressText.FromBits(IsIPv4, Bits);

    private bool IsUnicast => Bits != 0 && (IsIPv4 ? Bits >> 28 != 0xe : Bits >> 120 != 0xff);
}
