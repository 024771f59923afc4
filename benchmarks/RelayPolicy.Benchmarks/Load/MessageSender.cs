using System.Net;
using System.Text;

namespace RelayPolicy.Benchmarks;

/// <summary>Sends messages for a local user, one after the other; MAIL, RCPT and DATA go in one piece. After 421 it connects anew.</summary>
internal sealed class MessageSender(IPEndPoint server) : LoadWorker, IDisposable
{
    public const int Size = 4096;

    private static readonly byte[] Envelope = "MAIL FROM:<nobody@stranger.example>\r\nRCPT TO:<someone@example.com>\r\nDATA\r\n"u8.ToArray();
    private static readonly byte[] Content = [.. Message(), .. ".\r\n"u8];

    private SmtpClientSocket? _connection;

    /// <summary>How many messages the server says to have taken.</summary>
    public int Taken { get; private set; }

    public override int Step()
    {
        _connection ??= new SmtpClientSocket(server);
        _connection.Send(Envelope);
        int reply = _connection.ReadReply();
        if (reply == 421)
        {
            Dispose(); // as many messages as a session may have
            return 0;
        }

        if (reply != 250) throw new LoadException($"The server answers {reply} to MAIL.");
        _connection.Expect(250);
        _connection.Expect(354);
        _connection.Send(Content);
        _connection.Expect(250);
        Taken++;
        return 1;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static byte[] Message()
    {
        const string Line = "The quick brown fox jumps over the lazy dog, and nobody is told about it.\r\n";
        var text = new StringBuilder("From: nobody@stranger.example\r\nTo: someone@example.com\r\nSubject: load\r\n\r\n", Size);
        while (text.Length + Line.Length <= Size) text.Append(Line);
        text.Append('x', Size - text.Length - 2).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
