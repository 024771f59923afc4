using System.Buffers.Binary;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// Strict text of IP addresses. <see cref="IPAddress.Parse(string)"/> also takes octal, hexadecimal, one-number and
/// bracketed forms; each of them has been read as another address by some other program, so none is taken here.
/// <code>
/// IPv4-address-literal = Snum 3("."  Snum)                    ; RFC 5321 §4.1.3
/// Snum                 = 1*3DIGIT                             ; 0 to 255; here without leading zeros
/// IPv6-addr            = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
/// IPv6-hex             = 1*4HEXDIG
/// </code>
/// "::" stands for two or more groups in RFC 5321 and for one or more in RFC 4291 §2.2; the wider reading is taken,
/// because it never changes which address is meant.
/// </summary>
internal static class IPAddressText
{
    private const int Groups = 8;

    /// <summary>Reads exactly four decimal octets without leading zeros.</summary>
    public static bool TryParseIPv4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        int octets = 0;
        int i = 0;
        while (true)
        {
            int start = i;
            int value = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]) && i - start < 3) value = (value * 10) + (text[i++] - '0');
            bool leadingZero = i - start > 1 && text[start] == '0';
            if (i == start || leadingZero || value > 255) return false;
            bits = (bits << 8) | (uint)value;
            octets++;
            if (i == text.Length) return octets == 4;
            if (octets == 4 || text[i++] != '.') return false;
        }
    }

    /// <summary>Reads an IPv6 address of RFC 4291 §2.2, without scope, brackets or port. IPv4-mapped addresses are read too.</summary>
    public static bool TryParseIPv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        int gap = text.IndexOf("::");
        if (gap < 0) return TryParseGroups(text, out bits, out int all) && all == Groups;
        if (!TryParseGroups(text[..gap], out UInt128 head, out int before)) return false;
        if (!TryParseGroups(text[(gap + 2)..], out UInt128 tail, out int after)) return false;
        if (before + after >= Groups || text[..gap].Contains('.')) return false;
        bits = (before == 0 ? 0 : head << (16 * (Groups - before))) | tail;
        return true;
    }

    /// <summary>The address of a number: IPv4 from the low 32 bits, or IPv6.</summary>
    public static IPAddress FromBits(bool isIPv4, UInt128 bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new IPAddress(isIPv4 ? bytes[12..] : bytes);
    }

    // Groups separated by single colons; the last may be a dotted quad, which counts as two. An empty text has none.
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        if (text.IsEmpty) return true;
        while (true)
        {
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                if (!TryParseIPv4(group, out uint quad)) return false;
                bits = (bits << 32) | quad;
                count += 2;
                return count <= Groups;
            }

            if (!TryParseHex(group, out ushort value) || ++count > Groups) return false;
            bits = (bits << 16) | value;
            if (colon < 0) return true;
            text = text[(colon + 1)..];
        }
    }

    private static bool TryParseHex(ReadOnlySpan<char> group, out ushort value)
    {
        value = 0;
        if (group.Length is 0 or > 4) return false;
        foreach (char c in group)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
            value = (ushort)((value << 4) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10));
        }

        return true;
    }
}
