using System.Net;

namespace RelayPolicy;

/// <summary>
/// A network in prefix notation (RFC 4632 §3.1 for IPv4, RFC 4291 §2.3 for IPv6): an address whose host bits are zero,
/// and a prefix length in bits. <c>default(IPPrefix)</c> is no network: it contains nothing and prints as "(none)".
/// </summary>
public readonly record struct IPPrefix
{
    private readonly UInt128 _bits;
    private readonly byte _length;
    private readonly byte _width; // bits of an address: 32, 128, or 0 in default(IPPrefix)

    internal IPPrefix(bool isIPv4, UInt128 bits, int length)
    {
        _bits = bits;
        _length = (byte)length;
        _width = isIPv4 ? (byte)32 : (byte)128;
    }

    /// <summary>Whether this is an IPv4 network. An IPv6 network never contains an IPv4 address, nor the reverse.</summary>
    public bool IsIPv4 => _width == 32;

    /// <summary>Whether this is <c>default(IPPrefix)</c>, which is no network.</summary>
    public bool IsDefault => _width == 0;

    /// <summary>The prefix length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public int Length => _length;

    /// <summary>The first address of the network.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(IPPrefix)</c>.</exception>
    public IPAddress Address => IsDefault
        ? throw new InvalidOperationException("default(IPPrefix) is no network and has no address.")
        : IPAddressText.FromBits(IsIPv4, _bits);

    internal UInt128 First => _bits;

    internal UInt128 Last => _bits | HostMask(_width, _length);

    /// <summary>
    /// Reads one network: <c>192.0.2.0/24</c>, <c>192.0.2.7</c>, <c>2001:db8::/32</c>, <c>2001:db8::5</c>,
    /// <c>192.0.2.0/255.255.255.0</c> or <c>192.0.2.0 255.255.255.0</c>.
    /// </summary>
    /// <param name="text">The network. Strict: host bits, leading zeros, octal, hexadecimal and short forms, scopes,
    /// brackets, ports and IPv4-mapped addresses are errors.</param>
    /// <exception cref="EntryListException">The text is no network; the message says why and what to write.</exception>
    public static IPPrefix Parse(string text) => TryParse(text, out IPPrefix prefix, out EntryError error)
        ? prefix
        : throw new EntryListException("network", [error]);

    /// <summary>Reads one network as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="text">The network, or null, which is an error.</param>
    /// <param name="prefix">The network read; <c>default</c> on failure, which contains nothing.</param>
    /// <param name="error">What is wrong and how to mend it; meaningless on success.</param>
    public static bool TryParse(string? text, out IPPrefix prefix, out EntryError error)
    {
        error = default;
        if (NetworkNotation.TryParsePrefix(text, out prefix, out NetworkNotation.Fault fault)) return true;
        error = fault.At(0, text);
        return false;
    }

    /// <summary>Whether the address lies in this network. Does not allocate and does not throw.</summary>
    /// <param name="address">A client's address. Null, the unspecified addresses and multicast lie in no network;
    /// an IPv4-mapped IPv6 address is taken as the IPv4 address.</param>
    public bool Contains(IPAddress? address) =>
        AddressKey.TryCreate(address, out AddressKey key) && !IsDefault && key.IsIPv4 == IsIPv4 && key.Bits >= First && key.Bits <= Last;

    /// <summary>The network as text that <see cref="Parse"/> reads: without the length for a single address.</summary>
    public override string ToString() => IsDefault ? "(none)" : _length == _width ? Address.ToString() : $"{Address}/{_length}";

    internal NetworkNotation.Block ToBlock() => new(IsIPv4, First, Last);

    /// <summary>The error of a list that holds <c>default(IPPrefix)</c>.</summary>
    internal static EntryError DefaultError(int index) => new(index, default(IPPrefix).ToString(), "default(IPPrefix) is no network", "leave it out");

    internal static UInt128 HostMask(int width, int length) =>
        length == width ? 0 : UInt128.MaxValue >> (128 - width + length);
}
