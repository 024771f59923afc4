using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCreate(ReadOnlySpan<byte> address, out AddressKey key)
    {
        if (address.Length == IPv4Length) return TryCreate(BinaryPrimitives.ReadUInt32BigEndian(address), out key);
        if (address.Length == IPv6Length)
        {
            return TryCreate(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), out key);
        }

        key = default;
        return false;
    }

    /// <summary>The IPv4 addresses that a client can have.</summary>
    public static IReadOnlyList<AddressBlock<uint>> IPv4Clients { get; } = [new(1, 0xdfff_ffff), new(0xf000_0000, uint.MaxValue)];

    /// <summary>The IPv6 addresses that a client can have. The IPv4-mapped ones are none.</summary>
    public static IReadOnlyList<AddressBlock<UInt128>> IPv6Clients { get; } =
        [new(1, Mapped.First - 1), new(Mapped.Last + 1, UInt128.MaxValue >> 8 | (UInt128)0xfe << 120)];

    /// <summary>Whether the number lies in ::ffff:0:0/96.</summary>
    public static bool IsMapped(UInt128 ipv6) => IsMapped((ulong)(ipv6 >> 64), (ulong)ipv6);

    /// <summary>The address as the platform's type: IPv4 for IPv4, without a scope.</summary>
    public IPAddress ToIPAddress() => IPAddressText.FromBits(IsIPv4, Bits);

    private static bool IsMapped(ulong upper, ulong lower) => upper == 0 && lower >> 32 == 0xffff;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCreate(uint ipv4, out AddressKey key)
    {
        bool isClient = ipv4 != 0 && ipv4 >> 28 != 0xe;
        key = isClient ? new AddressKey(IsIPv4: true, ipv4) : default;
        return isClient;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCreate(ulong upper, ulong lower, out AddressKey key)
    {
        if (IsMapped(upper, lower)) return TryCreate((uint)lower, out key);
        bool isClient = (upper | lower) != 0 && upper >> 56 != 0xff;
        key = isClient ? new AddressKey(IsIPv4: false, new UInt128(upper, lower)) : default;
        return isClient;
    }
}
