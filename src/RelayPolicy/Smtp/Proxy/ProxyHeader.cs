using System.Net;

namespace RelayPolicy.Smtp.Proxy;

/// <summary>What a PROXY header says.</summary>
/// <param name="IsLocal">The proxy speaks for itself (LOCAL): the client is the peer.</param>
/// <param name="Address">The client's address; null when it is not told.</param>
/// <param name="Port">The client's port.</param>
/// <param name="IsUnderTls">Whether the client itself came by TLS, which the proxy ended.</param>
internal readonly record struct ProxyHeader(bool IsLocal, IPAddress? Address, int Port, bool IsUnderTls)
{
    /// <summary>The proxy speaks for a client of which it tells nothing.</summary>
    public static ProxyHeader Unknown => default;

    public static ProxyHeader Local => new(IsLocal: true, null, 0, IsUnderTls: false);

    /// <summary>The client that is meant.</summary>
    public ClientEndpoint ClientOf(in ClientEndpoint peer) =>
        IsLocal ? peer : new ClientEndpoint(Address, Port) { Provenance = ClientProvenance.Proxied, Listener = peer.Listener };
}
