using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Connections;
using RelayPolicy.Samples.RelayServer.Delivery;
using RelayPolicy.Samples.RelayServer.Names;
using RelayPolicy.Samples.RelayServer.Users;
using RelayPolicy.Smtp;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>What all connections share.</summary>
internal sealed record SmtpServices(
    IRelayDecision Decision,
    IRelayPolicy Policy,
    UserDirectory Users,
    HostNameResolver HostNames,
    MessageDelivery Delivery,
    DataFolder Folder,
    TimeProvider Clock,
    ILogger<SmtpConnectionHandler> Logger,
    X509Certificate2? Certificate = null);

/// <summary>Runs each connection that Kestrel has accepted, as long as there are not too many.</summary>
internal sealed class SmtpConnectionHandler(SmtpServices services)
{
    private int _count;

    public async Task RunAsync(SmtpListener listener, ConnectionContext connection)
    {
        int count = Interlocked.Increment(ref _count);
        try
        {
            if (count > services.Policy.Limits.MaxConnections)
            {
                await TurnAwayAsync(connection, count - 1);
                return;
            }

            await using var running = new SmtpConnection(connection, listener, services);
            await running.RunAsync();
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException or TimeoutException)
        {
            ServerLog.ConnectionLost(services.Logger, Name(connection), Terminal.Safe(exception.Message));
            connection.Abort();
        }
        catch (Exception exception)
        {
            ServerLog.SessionFailed(services.Logger, exception);
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task TurnAwayAsync(ConnectionContext connection, int count)
    {
        ServerLog.TooManyConnections(services.Logger, Name(connection), count);
        var reply = new SmtpReply(421, new(4, 3, 2), "Too many connections; try again later");
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes($"{reply}\r\n"));
    }

    private static string Name(ConnectionContext connection) => connection.RemoteEndPoint?.ToString() ?? "unknown";
}
