using System.Buffers.Binary;
using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// <see cref="SortedRanges{TKey}"/> of either family, asked as the library is asked: with an address or with its bytes. The family
/// is decided once per lookup, by the key; the binary search itself runs on the family's own number.
/// </summary>
internal sealed class SortedAddresses
{
    private readonly SortedRanges<uint>? _ipv4;
    private readonly SortedRanges<UInt128>? _ipv6;

    private SortedAddresses(SortedRanges<uint>? ipv4, SortedRanges<UInt128>? ipv6)
    {
        _ipv4 = ipv4;
        _ipv6 = ipv6;
    }

    /// <summary>For membership.</summary>
    public static SortedAddresses Of(Prefix[] table) => table[0].Family == IPFamily.IPv4
        ? new SortedAddresses(SortedRanges.Of<uint>(table), ipv6: null)
        : new SortedAddresses(ipv4: null, SortedRanges.Of<UInt128>(table));

    /// <summary>For values.</summary>
    public static SortedAddresses Of(Prefix[] table, Func<Prefix, int> valueOf) => table[0].Family == IPFamily.IPv4
        ? new SortedAddresses(SortedRanges.Of<uint>(table, valueOf), ipv6: null)
        : new SortedAddresses(ipv4: null, SortedRanges.Of<UInt128>(table, valueOf));

    public bool Contains(IPAddress address) => _ipv4 is not null
        ? _ipv4.Contains(AddressKeys.ToUInt32(address))
        : _ipv6!.Contains(AddressKeys.ToUInt128(address));

    public bool Contains(ReadOnlySpan<byte> address) => _ipv4 is not null
        ? _ipv4.Contains(BinaryPrimitives.ReadUInt32BigEndian(address))
        : _ipv6!.Contains(BinaryPrimitives.ReadUInt128BigEndian(address));

    public int Find(IPAddress address) => _ipv4 is not null
        ? _ipv4.Find(AddressKeys.ToUInt32(address))
        : _ipv6!.Find(AddressKeys.ToUInt128(address));

    public int Find(ReadOnlySpan<byte> address) => _ipv4 is not null
        ? _ipv4.Find(BinaryPrimitives.ReadUInt32BigEndian(address))
        : _ipv6!.Find(BinaryPrimitives.ReadUInt128BigEndian(address));
}
