using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy.Samples.Decide;

/// <summary>
/// The text of a client's address, read strictly. <see cref="IPAddress.TryParse(string, out IPAddress)"/> alone would take 010.1 for
/// 8.0.0.1, and a port or a scope for a part of the address.
/// </summary>
internal static class ClientAddress
{
    private static readonly SearchValues<char> NotOfAnAddress = SearchValues.Create("/ ");
    private static readonly SearchValues<char> OfIPv6 = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.AsSpan().ContainsAny(NotOfAnAddress)) return false; // a network
        if (IPPrefix.TryParse(text, out IPPrefix single, out _)) address = single.Address;
        else if (IsMapped(text, out IPAddress? mapped)) address = mapped.MapToIPv4();
        return address is not null;
    }

    // In a list of networks ::ffff:192.0.2.1 is a mistake, but dual-stack sockets report their IPv4 clients like this.
    private static bool IsMapped(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.AsSpan().ContainsAnyExcept(OfIPv6) || !IPAddress.TryParse(text, out address) || !address.IsIPv4MappedToIPv6) return false;
        string last = text[(text.LastIndexOf(':') + 1)..];
        return !last.Contains('.') || IPPrefix.TryParse(last, out _, out _);
    }
}
