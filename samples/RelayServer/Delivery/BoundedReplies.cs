using System.Net.Sockets;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>The connection to the smart host, which ends when its replies do not: MailKit keeps a reply whole, however long it is.</summary>
internal sealed class BoundedReplies(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // What may come between two commands: a TLS handshake with its certificates, or the longest reply to EHLO, is far less.
    private const int MaxOctets = 1024 * 1024;

    private int _octets;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">There is no such host, or it does not listen.</exception>
    public static async Task<BoundedReplies> ConnectAsync(string host, int port, CancellationToken deadline)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, deadline);
            return new BoundedReplies(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(base.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await base.ReadAsync(buffer, cancellationToken));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Count(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    public override void Write(byte[] buffer, int offset, int count)
    {
        _octets = 0;
        base.Write(buffer, offset, count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _octets = 0;
        return base.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Count(int read)
    {
        _octets += read;
        return _octets <= MaxOctets ? read : throw new IOException("Its reply does not end.");
    }
}
