using System.Text;
using Microsoft.AspNetCore.Connections;
using RelayPolicy.Smtp;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>Runs each connection that Kestrel has accepted, as long as there are not too many.</summary>
internal sealed class SmtpConnectionHandler(SmtpServices services)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(20);

    private int _count;

    public async Task RunAsync(SmtpListener listener, ConnectionContext connection)
    {
        int count = Interlocked.Increment(ref _count);
        try
        {
            if (count > Math.Min(services.Policy.Limits.MaxConnections ?? int.MaxValue, HandleLimit.Connections))
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
            await CloseAsync(connection);
            Interlocked.Decrement(ref _count);
        }
    }

    // A client that does not read what was said to it would keep the connection for good.
    private static async Task CloseAsync(ConnectionContext connection)
    {
        await connection.Transport.Output.CompleteAsync();
        await connection.Transport.Input.CompleteAsync();
        await Task.Delay(CloseTimeout, connection.ConnectionClosed).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!connection.ConnectionClosed.IsCancellationRequested) connection.Abort();
    }

    private async Task TurnAwayAsync(ConnectionContext connection, int count)
    {
        ServerLog.TooManyConnections(services.Logger, Name(connection), count);
        var reply = new SmtpReply(421, new(4, 3, 2), "Too many connections; try again later");
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes($"{reply}\r\n"));
    }

    private static string Name(ConnectionContext connection) => connection.RemoteEndPoint?.ToString() ?? "unknown";
}
