using System.Net;
using System.Net.Sockets;

namespace RelayPolicy.Benchmarks;

/// <summary>The client's side of a connection, as bare as it can be: octets go out in one piece, and of the replies only the codes are read.</summary>
internal sealed class SmtpClientSocket : IDisposable
{
    private const int Timeout = 30_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = Timeout, SendTimeout = Timeout };
    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Connects, and waits for the greeting and for the reply to EHLO.</summary>
    /// <exception cref="LoadException">The server does not greet.</exception>
    /// <exception cref="SocketException">There is no connection.</exception>
    public SmtpClientSocket(IPEndPoint server)
    {
        try
        {
            _socket.Connect(server);
            Expect(220);
            Send("EHLO client.example\r\n"u8);
            Expect(250);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0) octets = octets[_socket.Send(octets)..];
    }

    /// <summary>The code of the next reply, of which there may be several lines; 0 if the server has closed.</summary>
    public int ReadReply()
    {
        while (true)
        {
            int end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlySpan<byte> line = _buffer.AsSpan(_start, end);
                _start += end + 1;
                if (line.Length < 4) throw new LoadException("The server has sent a line that is no reply.");
                if (line[3] == '-') continue;
                return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int received = _socket.Receive(_buffer.AsSpan(_end));
            if (received == 0) return _end == 0 ? 0 : throw new LoadException("The server has closed in the middle of a reply.");
            _end += received;
        }
    }

    /// <exception cref="LoadException">The next reply is another one.</exception>
    public void Expect(int code)
    {
        int reply = ReadReply();
        if (reply != code) throw new LoadException($"The server answers {reply} where {code} is due.");
    }

    public void Dispose() => _socket.Dispose();
}
