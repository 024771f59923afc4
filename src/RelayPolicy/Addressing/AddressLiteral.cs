using System.Net;

namespace RelayPolicy;

/// <summary>
/// The address literals of RFC 5321 §4.1.3, without their brackets.
/// <code>
/// address-literal      = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
/// IPv6-address-literal = "IPv6:" IPv6-addr
/// </code>
/// No tag was ever registered for <c>General-address-literal</c>, so none is taken. An IPv4-mapped IPv6 literal is refused:
/// it would be a second spelling of an IPv4 literal.
/// </summary>
internal static class AddressLiteral
{
    private const string IPv6Tag = "IPv6:";

    public static bool TryParse(ReadOnlySpan<char> inside, out IPAddress? address, out string reason)
    {
        address = null;
        reason = "";
        if (IPAddressText.TryParseIPv4(inside, out uint ipv4))
        {
            address = IPAddressText.FromBits(isIPv4: true, ipv4);
            return true;
        }

        if (inside.Length < IPv6Tag.Length || !AsciiComparer.Equals(inside[..IPv6Tag.Length], IPv6Tag))
        {
            reason = "an address literal is [192.0.2.1] or [IPv6:2001:db8::1]";
            return false;
        }

        if (!IPAddressText.TryParseIPv6(inside[IPv6Tag.Length..], out UInt128 ipv6)) reason = "the IPv6 address literal is malformed";
        else if (AddressKey.IsMapped(ipv6)) reason = "an IPv4-mapped address literal is not taken";
        else address = IPAddressText.FromBits(isIPv4: false, ipv6);
        return address is not null;
    }

    /// <summary>The literal with its brackets.</summary>
    public static string Print(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? $"[{address}]" : $"[{IPv6Tag}{address}]";
}
