using System.Globalization;
using System.Net;

namespace RelayPolicy.Smtp.Proxy;

/// <summary>
/// XCLIENT, by which a peer names another client.
/// <code>
/// "XCLIENT" 1*(SP attribute-name "=" attribute-value)
/// attribute-name  = NAME / ADDR / PORT / PROTO / HELO / LOGIN / DESTADDR / DESTPORT
/// attribute-value = xtext                       ; or [UNAVAILABLE] or [TEMPUNAVAIL]
/// </code>
/// What is not named is unknown: the peer's own address never stands for its client's. PROTO, HELO, DESTADDR and DESTPORT are read and
/// mean nothing: the client says EHLO itself.
/// </summary>
internal sealed class XclientCommand
{
    private const int MaxValue = 500;
    private const string Unavailable = "[UNAVAILABLE]";
    private const string TemporarilyUnavailable = "[TEMPUNAVAIL]";
    private const string IPv6Prefix = "IPV6:";

    private static readonly string[] Known = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"];

    private readonly Dictionary<string, string> _values = new(AsciiComparer.IgnoreCase);
    private IPAddress? _address;
    private int _port;

    /// <summary>The authenticated user that is named, or null.</summary>
    public string? Login => ValueOf("LOGIN");

    /// <summary>Whether a host name is named, or said not to exist, so that no look-up is needed.</summary>
    public bool HasName => _values.ContainsKey("NAME");

    public static bool TryParse(ReadOnlySpan<char> argument, out XclientCommand command)
    {
        command = new XclientCommand();
        foreach (string attribute in argument.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = attribute.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !Known.Contains(attribute[..equals], AsciiComparer.IgnoreCase)) return false;
            string value = attribute[(equals + 1)..];
            if (!Xtext.IsValid(value, MaxValue) || !command._values.TryAdd(attribute[..equals], Xtext.Decode(value))) return false;
        }

        return command._values.Count > 0 && command.TryReadAddress() && command.TryReadPort() && (command.Login is not { } login || NameText.FindFault(login) is null);
    }

    /// <summary>The client that is named.</summary>
    public ClientEndpoint ClientOf(in ClientEndpoint peer)
    {
        ClientEndpoint client = new(_address, _port) { Provenance = ClientProvenance.Proxied, Listener = peer.Listener };
        if (!HasName) return client;
        return _values["NAME"] switch
        {
            var name when AsciiComparer.Equals(name, Unavailable) => client.WithHostNames(HostNameStatus.None),
            var name when AsciiComparer.Equals(name, TemporarilyUnavailable) => client.WithHostNames(HostNameStatus.TemporaryFailure),
            var name => client.WithHostNames(HostNameStatus.Unconfirmed, name),
        };
    }

    private string? ValueOf(string attribute) =>
        _values.TryGetValue(attribute, out string? value) && !AsciiComparer.Equals(value, Unavailable) && !AsciiComparer.Equals(value, TemporarilyUnavailable) ? value : null;

    private bool TryReadAddress()
    {
        if (ValueOf("ADDR") is not { } text) return true;
        if (text.Length > IPv6Prefix.Length && AsciiComparer.Equals(text.AsSpan(0, IPv6Prefix.Length), IPv6Prefix))
        {
            if (!IPAddressText.TryParseIPv6(text.AsSpan(IPv6Prefix.Length), out UInt128 ipv6)) return false;
            _address = IPAddressText.FromBits(isIPv4: false, ipv6);
            return true;
        }

        if (!IPAddressText.TryParseIPv4(text, out uint ipv4)) return false;
        _address = IPAddressText.FromBits(isIPv4: true, ipv4);
        return true;
    }

    private bool TryReadPort() =>
        ValueOf("PORT") is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _port) && _port <= IPEndPoint.MaxPort);
}
