using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>A network as two numbers, from which the types of the library and of its peers are made, so that all get the same.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="First">The first address; of IPv4 in the low 32 bits.</param>
/// <param name="Length">The prefix length in bits.</param>
internal readonly record struct Prefix(IPFamily Family, UInt128 First, byte Length)
{
    public UInt128 Last => First | (Length == Family.Width() ? 0 : UInt128.MaxValue >> (128 - Family.Width() + Length));

    /// <summary>How many addresses lie in the network. Length 0 of IPv6 is not supported: no table holds it.</summary>
    public UInt128 Size => UInt128.One << (Family.Width() - Length);

    public bool Contains(UInt128 address) => address >= First && address <= Last;

    public IPAddress Address => ToAddress(Family, First);

    public IPPrefix ToIPPrefix() => IPPrefix.Parse(ToString());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    public static Prefix Parse(string text)
    {
        IPNetwork network = IPNetwork.Parse(text.Contains('/') ? text : text + (text.Contains(':') ? "/128" : "/32"));
        Span<byte> bytes = stackalloc byte[16];
        network.BaseAddress.TryWriteBytes(bytes, out int length);
        return length == 4
            ? new Prefix(IPFamily.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes), (byte)network.PrefixLength)
            : new Prefix(IPFamily.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes), (byte)network.PrefixLength);
    }

    public static IPAddress ToAddress(IPFamily family, UInt128 bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new IPAddress(bytes[(16 - family.Width() / 8)..]);
    }

    /// <summary>The same in every process, unlike <see cref="HashCode"/>.</summary>
    public override int GetHashCode()
    {
        ulong mixed = ((ulong)First ^ ((ulong)(First >> 64) * 0x9e37_79b9_7f4a_7c15) ^ ((ulong)Length << 57)) * 0xd6e8_feb8_6659_fd93;
        return (int)(mixed >> 32);
    }
}
