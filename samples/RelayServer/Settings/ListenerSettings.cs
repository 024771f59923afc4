using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>A listener.</summary>
internal sealed class ListenerSettings
{
    public const string DefaultName = "smtp";

    /// <summary>The name by which rules know it (<c>Client.Listener</c>).</summary>
    public string Name { get; set; } = DefaultName;

    /// <summary>Address and port.</summary>
    public string Address { get; set; } = "";

    /// <summary>Whether STARTTLS is offered.</summary>
    public bool StartTls { get; set; }

    /// <summary>Whether TLS begins with the connection (port 465).</summary>
    public bool ImplicitTls { get; set; }

    /// <summary>Whether users may authenticate, which they may under TLS alone.</summary>
    public bool Auth { get; set; }

    /// <summary>The load balancers in front, each connection of which begins with a PROXY header; nobody else can then connect.</summary>
    public List<string> ProxyFrom { get; set; } = [];

    /// <summary>The filters in front that may name their client by XCLIENT.</summary>
    public List<string> XclientFrom { get; set; } = [];

    /// <summary>This listener at another address.</summary>
    public ListenerSettings At(IPEndPoint endPoint) => new()
    {
        Name = Name,
        Address = endPoint.ToString(),
        StartTls = StartTls,
        ImplicitTls = ImplicitTls,
        Auth = Auth,
        ProxyFrom = ProxyFrom,
        XclientFrom = XclientFrom,
    };

    /// <summary>Reads <c>192.0.2.25:25</c> or <c>[2001:db8::25]:25</c>; the port must be there.</summary>
    public static bool TryParseEndPoint(string text, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > 0 && text.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 && colon < text.Length - 1 && (text[0] == '[') == (text[colon - 1] == ']');
        return hasPort && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon) && IPEndPoint.TryParse(text, out endPoint) && IsWhole(text[..colon]);
    }

    // "192.168.1" and "0300.0.0.1" are addresses to some, and other ones to others.
    private static bool IsWhole(string address) => address[0] == '[' || (address.Split('.') is { Length: 4 } parts && parts.All(part => part.Length == 1 || part[0] != '0'));
}
