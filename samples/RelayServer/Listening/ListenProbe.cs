using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>Tries each address before the server starts, so that the one that cannot be had is named.</summary>
internal static class ListenProbe
{
    /// <exception cref="OptionsValidationException">An address cannot be had; it holds every one with the reason.</exception>
    public static void Check(IEnumerable<SmtpListener> listeners)
    {
        string[] errors = [.. listeners.Select((listener, i) => Try(listener.EndPoint) is { } problem ? $"{ServerSettings.Section}:Listeners:{i}:Address: {listener.EndPoint} {problem}" : null).OfType<string>()];
        if (errors.Length > 0) throw new OptionsValidationException(ServerSettings.Section, typeof(ServerSettings), errors);
    }

    private static string? Try(IPEndPoint endPoint)
    {
        if (endPoint.Port == 0) return null;
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen(1);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "is in use; another server listens there",
                SocketError.AddressNotAvailable => "is no address of this machine",
                SocketError.AccessDenied => "may not be listened on; a port below 1024 needs a right (on Linux CAP_NET_BIND_SERVICE, as relayserver.service has it)",
                _ => $"cannot be listened on: {exception.Message}",
            };
        }
    }
}
