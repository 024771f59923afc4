using System.Globalization;
using System.Net;
using System.Text;

namespace RelayPolicy.Smtp.Proxy;

/// <summary>
/// Version 1 of the PROXY protocol, a line of text.
/// <code>
/// "PROXY" SP ("TCP4" / "TCP6") SP source SP destination SP source-port SP destination-port CRLF
/// "PROXY" SP "UNKNOWN" ... CRLF                                ; whatever follows UNKNOWN is ignored
/// </code>
/// At most 107 octets.
/// </summary>
internal static class ProxyHeaderV1
{
    private const int MaxLength = 107;
    private const int Fields = 6;

    public static ReadOnlySpan<byte> Signature => "PROXY "u8;

    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        if (!octets.EndsWith("\r\n"u8)) return octets.Length < MaxLength && octets[^1] != '\n' ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Malformed;
        return TryParse(Encoding.Latin1.GetString(octets[..^2]), out header) ? ProxyHeaderStatus.Complete : ProxyHeaderStatus.Malformed;
    }

    private static bool TryParse(string line, out ProxyHeader header)
    {
        header = ProxyHeader.Unknown;
        string[] fields = line.Split(' ');
        if (fields[1] == "UNKNOWN") return true;
        if (fields.Length != Fields || fields[1] is not ("TCP4" or "TCP6")) return false;
        bool isIPv4 = fields[1] == "TCP4";
        if (!TryReadAddress(fields[2], isIPv4, out IPAddress? source) || !TryReadAddress(fields[3], isIPv4, out _)) return false;
        if (!TryReadPort(fields[4], out int port) || !TryReadPort(fields[5], out _)) return false;
        header = new ProxyHeader(IsLocal: false, source, port, IsUnderTls: false);
        return true;
    }

    private static bool TryReadAddress(string text, bool isIPv4, out IPAddress? address)
    {
        UInt128 bits = 0;
        bool read = isIPv4 ? IPAddressText.TryParseIPv4(text, out uint ipv4) && (bits = ipv4) == ipv4 : IPAddressText.TryParseIPv6(text, out bits);
        address = read ? IPAddressText.FromBits(isIPv4, bits) : null;
        return read;
    }

    private static bool TryReadPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port <= IPEndPoint.MaxPort
        && text.All(char.IsAsciiDigit)
        && (text.Length == 1 || text[0] != '0');
}
