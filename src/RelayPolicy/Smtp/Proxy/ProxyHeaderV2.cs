using System.Buffers.Binary;
using System.Net;

namespace RelayPolicy.Smtp.Proxy;

/// <summary>
/// Version 2 of the PROXY protocol: 12 octets of signature, version and command, family, length (2 octets, big-endian), then addresses and
/// TLVs. Of the TLVs, only PP2_TYPE_SSL is looked at. Anything but TCP over IPv4 or IPv6 is a client of which nothing is told.
/// </summary>
internal static class ProxyHeaderV2
{
    private const int FixedLength = 16;
    private const int MaxLength = 2048; // the specification asks for 536 at least
    private const int Local = 0x20;
    private const int Proxy = 0x21;
    private const int Tcp4 = 0x11;
    private const int Tcp6 = 0x21;
    private const int TlsType = 0x20;
    private const int TlsFlag = 0x01;

    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        if (octets.Length < FixedLength) return ProxyHeaderStatus.Incomplete;
        int length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(octets[14..]);
        if (length > MaxLength) return ProxyHeaderStatus.Malformed;
        if (octets.Length < length) return ProxyHeaderStatus.Incomplete;
        return TryParse(octets[12], octets[13], octets[FixedLength..length], out header) ? ProxyHeaderStatus.Complete : ProxyHeaderStatus.Malformed;
    }

    private static bool TryParse(byte command, byte family, ReadOnlySpan<byte> body, out ProxyHeader header)
    {
        header = ProxyHeader.Local;
        if (command == Local) return true;
        header = ProxyHeader.Unknown;
        if (command != Proxy) return false;
        switch (family)
        {
            case Tcp4: return TryParseTcp(body, addressLength: 4, ref header);
            case Tcp6: return TryParseTcp(body, addressLength: 16, ref header);
            case 0x00 or 0x12 or 0x22 or 0x31 or 0x32: return true;
            default: return false;
        }
    }

    // source, destination, source port, destination port, TLVs
    private static bool TryParseTcp(ReadOnlySpan<byte> body, int addressLength, ref ProxyHeader header)
    {
        int length = (2 * addressLength) + 4;
        if (body.Length < length || !TryReadTls(body[length..], out bool isUnderTls)) return false;
        int port = BinaryPrimitives.ReadUInt16BigEndian(body[(2 * addressLength)..]);
        header = new ProxyHeader(IsLocal: false, new IPAddress(body[..addressLength]), port, isUnderTls);
        return true;
    }

    private static bool TryReadTls(ReadOnlySpan<byte> tlvs, out bool isUnderTls)
    {
        isUnderTls = false;
        while (!tlvs.IsEmpty)
        {
            if (tlvs.Length < 3) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(tlvs[1..]);
            if (tlvs.Length < 3 + length) return false;
            if (tlvs[0] == TlsType && length > 0) isUnderTls |= (tlvs[3] & TlsFlag) != 0;
            tlvs = tlvs[(3 + length)..];
        }

        return true;
    }
}
