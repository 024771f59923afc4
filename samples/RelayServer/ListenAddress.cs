using System.Diagnostics.CodeAnalysis;
using System.Net;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer;

/// <summary>Where to listen: <c>[NAME=]ADDRESS:PORT</c>.</summary>
internal sealed record ListenAddress(string Name, IPEndPoint EndPoint)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        string name = text.Contains('=', StringComparison.Ordinal) ? text[..text.IndexOf('=', StringComparison.Ordinal)] : ListenerSettings.DefaultName;
        string place = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
        if (name.Length == 0 || !ListenerSettings.TryParseEndPoint(place, out IPEndPoint? endPoint)) return false;
        address = new ListenAddress(name, endPoint);
        return true;
    }
}
