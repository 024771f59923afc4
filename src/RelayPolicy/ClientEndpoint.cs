using System.Collections.Immutable;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// Who is at the other end of the connection. <c>default(ClientEndpoint)</c> is a client of whom nothing is known, to which no
/// trusted network applies.
/// </summary>
public readonly struct ClientEndpoint
{
    private readonly AddressKey _key;
    private readonly bool _contradicts;
    private readonly ImmutableArray<DomainName> _hostNames;

    /// <summary>A client by its address.</summary>
    /// <param name="address">IPv4 or IPv6. An IPv4-mapped IPv6 address is taken as its IPv4 address; null, the unspecified
    /// addresses and multicast make the client's address unknown.</param>
    /// <param name="port">The client's TCP port, 0 to 65535; 0 if it does not matter.</param>
    public ClientEndpoint(IPAddress? address, int port = 0)
    {
        if (AddressKey.TryCreate(address, out _key)) Address = _key.ToIPAddress();
        Port = port;
    }

    private ClientEndpoint(in ClientEndpoint client, HostNameStatus status, ImmutableArray<DomainName> names, bool contradicts)
    {
        this = client;
        HostNameStatus = status;
        _hostNames = names;
        _contradicts = contradicts;
    }

    /// <summary>The client's address, IPv4 in its own form and without a scope; null when it is unknown.</summary>
    public IPAddress? Address { get; }

    /// <summary>The client's TCP port, 0 to 65535.</summary>
    public int Port { get; }

    /// <summary>From where the address is known.</summary>
    public ClientProvenance Provenance { get; init; }

    /// <summary>The name of the listener that took the connection, or null.</summary>
    public string? Listener { get; init; }

    /// <summary>How far the host names are known.</summary>
    public HostNameStatus HostNameStatus { get; }

    /// <summary>The host names: the confirmed ones if <see cref="HostNameStatus"/> is <see cref="HostNameStatus.Confirmed"/>,
    /// those that anybody can claim if it is <see cref="HostNameStatus.Unconfirmed"/>, else none.</summary>
    public ImmutableArray<DomainName> HostNames => _hostNames.IsDefault ? [] : _hostNames;

    internal bool HasAddress => Address is not null;

    internal AddressKey Key => _key;

    internal bool IsValid =>
        !_contradicts
        && Port is >= 0 and <= IPEndPoint.MaxPort
        && Provenance is ClientProvenance.Direct or ClientProvenance.Proxied
        && HostNameStatus is >= HostNameStatus.NotAsked and <= HostNameStatus.Confirmed
        && (HostNameStatus != HostNameStatus.Confirmed || HasAddress);

    /// <summary>The client of a socket's remote end point; anything but an <see cref="IPEndPoint"/> has no known address.</summary>
    public static ClientEndpoint FromEndPoint(EndPoint? remote) =>
        remote is IPEndPoint ip ? new ClientEndpoint(ip.Address, ip.Port) : default;

    /// <summary>This client with what the DNS said of its address.</summary>
    /// <param name="status">How far the names are known. <see cref="HostNameStatus.NotAsked"/> with a name is taken as
    /// <see cref="HostNameStatus.Unconfirmed"/>.</param>
    /// <param name="names">The PTR names, with or without the root's dot. Those that are no valid domain names are left out; if none
    /// is left, the status is <see cref="HostNameStatus.None"/>. <see cref="HostNameStatus.Confirmed"/> without any name is a
    /// contradiction, for which the request is refused.</param>
    public ClientEndpoint WithHostNames(HostNameStatus status, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] given = [.. names];
        if (status == HostNameStatus.NotAsked && given.Length > 0) status = HostNameStatus.Unconfirmed;
        if (status is not (HostNameStatus.Unconfirmed or HostNameStatus.Confirmed)) return new ClientEndpoint(this, status, [], contradicts: false);
        ImmutableArray<DomainName> valid = [.. given.Select(ParseHostName).Where(name => !name.IsDefault)];
        bool contradicts = status == HostNameStatus.Confirmed && given.Length == 0;
        return new ClientEndpoint(this, valid.IsEmpty && !contradicts ? HostNameStatus.None : status, valid, contradicts);
    }

    /// <summary>This client with the host names of another view of it.</summary>
    internal ClientEndpoint WithHostNamesOf(in ClientEndpoint client) => new(this, client.HostNameStatus, client.HostNames, client._contradicts);

    /// <summary>Whether everything that is known of both clients is the same. Host names are compared as one list.</summary>
    internal bool IsSameAs(in ClientEndpoint other) =>
        _key == other._key
        && HasAddress == other.HasAddress
        && Port == other.Port
        && Provenance == other.Provenance
        && HostNameStatus == other.HostNameStatus
        && _contradicts == other._contradicts
        && _hostNames == other._hostNames
        && string.Equals(Listener, other.Listener, StringComparison.Ordinal);

    private static DomainName ParseHostName(string? text)
    {
        ReadOnlySpan<char> name = text;
        if (name is [.., not '.', '.']) name = name[..^1];
        return DomainName.TryParse(name, AddressOptions.None, out DomainName parsed, out _) ? parsed : default;
    }
}
