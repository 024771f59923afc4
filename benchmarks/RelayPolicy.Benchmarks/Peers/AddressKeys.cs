using System.Buffers.Binary;
using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>How the peer with a sorted array gets its key: as cheaply as the platform allows, without allocation.</summary>
internal static class AddressKeys
{
    public static uint ToUInt32(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public static UInt128 ToUInt128(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
