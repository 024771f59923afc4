using System.Diagnostics;
using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>The flood of recipients that are refused: 50 commands in one piece, then their replies, and a new connection after 421.</summary>
internal sealed class RefusedFlood(IPEndPoint server) : LoadWorker, IDisposable
{
    public const int BatchSize = 50;

    private readonly Stopwatch _inBatches = new();
    private SmtpClientSocket? _connection;
    private long _inWholeBatches;
    private long _wholeBatches;

    public static byte[] Opening { get; } = "MAIL FROM:<nobody@stranger.example>\r\n"u8.ToArray();

    public static byte[] Batch { get; } = [.. Enumerable.Repeat("RCPT TO:<someone@elsewhere.example>\r\n"u8.ToArray(), BatchSize).SelectMany(line => line)];

    /// <summary>What this has seen refused in a second of those in which it waited for whole batches; the time to connect and to be sent away does not count.</summary>
    public double PerSecondOnceConnected => _wholeBatches * BatchSize / TimeSpan.FromTicks(_inWholeBatches).TotalSeconds;

    /// <summary>A batch, with a connection first if there is none.</summary>
    /// <returns>The recipients that were refused; 421 ends the connection and is none.</returns>
    public override int Step()
    {
        _connection ??= Connect();
        _inBatches.Restart();
        _connection.Send(Batch);
        for (int refused = 0; refused < BatchSize; refused++)
        {
            switch (_connection.ReadReply())
            {
                case 550:
                    break;
                case 421:
                    if (_connection.ReadReply() != 0) throw new LoadException("The server goes on after 421.");
                    Dispose();
                    return refused;
                case var other:
                    throw new LoadException($"The server answers {other} to a recipient that it must refuse.");
            }
        }

        _inWholeBatches += _inBatches.Elapsed.Ticks;
        _wholeBatches++;
        return BatchSize;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private SmtpClientSocket Connect()
    {
        var connection = new SmtpClientSocket(server);
        connection.Send(Opening);
        connection.Expect(250);
        return connection;
    }
}
