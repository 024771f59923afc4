using System.Net;
using SmtpServer;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>The client of a session: the peer, or whom a proxy names that is believed on this listener.</summary>
internal static class SessionClient
{
    private const string RemoteEndPoint = "EndpointListener:RemoteEndPoint";
    private const string ProxySource = "Proxy:ProxySourceEndpoint";

    /// <summary>The client, without host names.</summary>
    public static ClientEndpoint Of(ISessionContext context, RelayMailboxFilterOptions options)
    {
        context.Properties.TryGetValue(RemoteEndPoint, out object? remote);
        string? listener = context.EndpointDefinition?.Endpoint is { } local ? options.ListenerName(local) : null;
        ClientEndpoint peer = ClientEndpoint.FromEndPoint(remote as EndPoint) with { Listener = listener };
        bool isProxy = listener is not null && options.ProxyListeners.Contains(listener) && peer.Address is { } address && options.Proxies.Contains(address);
        return isProxy ? ClientEndpoint.FromEndPoint(ProxySourceOf(context)) with { Listener = listener, Provenance = ClientProvenance.Proxied } : peer;
    }

    /// <summary>The address in the PROXY header, believed or not; null without a header, or for <c>PROXY UNKNOWN</c>.</summary>
    public static IPEndPoint? ProxySourceOf(ISessionContext context) => context.Properties.TryGetValue(ProxySource, out object? source) ? source as IPEndPoint : null;
}
