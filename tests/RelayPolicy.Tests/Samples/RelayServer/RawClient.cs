#if NET10_0_OR_GREATER
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace RelayPolicy.Tests.Samples;

/// <summary>A client that sends what a test says, line by line or all at once.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private Stream _stream;
    private StreamReader _reader;

    private RawClient(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Connects, from an address of the loopback network if one is given, and says nothing yet.</summary>
    public static async Task<RawClient> OpenAsync(IPEndPoint server, string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0)) { NoDelay = true };
        await client.ConnectAsync(server, Stop);
        return new RawClient(client);
    }

    /// <summary>Connects and says EHLO.</summary>
    public static async Task<RawClient> GreetAsync(IPEndPoint server, string from = "127.0.0.1")
    {
        RawClient client = await OpenAsync(server, from);
        Assert.StartsWith("220 ", await client.ReplyAsync());
        Assert.StartsWith("250", await client.SayAsync("EHLO client.example"));
        return client;
    }

    /// <summary>STARTTLS, the handshake and EHLO.</summary>
    public async Task StartTlsAsync()
    {
        Assert.StartsWith("220 ", await SayAsync("STARTTLS"));
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = RunningServer.HostName, RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=" + RunningServer.HostName }, Stop);
        (_stream, _reader) = (tls, new StreamReader(tls, Encoding.UTF8));
        Assert.StartsWith("250", await SayAsync("EHLO client.example"));
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Stop);

    public async Task<string> SayAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await ReplyAsync();
    }

    /// <summary>The last line of the next reply; empty when the server has closed.</summary>
    public async Task<string> ReplyAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.Length < 4 || line[3] != '-') return line;
        }

        return "";
    }

    /// <summary>Sends a message, and gives the reply to its end.</summary>
    public async Task<string> SendAsync(string content, params string[] recipients)
    {
        string envelope = "MAIL FROM:<sender@client.example>\r\n" + string.Concat(recipients.Select(recipient => $"RCPT TO:<{recipient}>\r\n")) + "DATA\r\n";
        await WriteAsync(envelope);
        for (int i = 0; i < recipients.Length + 1; i++) Assert.StartsWith("250 ", await ReplyAsync());
        Assert.StartsWith("354 ", await ReplyAsync());
        return await SayAsync(content + "\r\n.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private async Task<string?> LineAsync()
    {
        try
        {
            return await _reader.ReadLineAsync(Stop);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
#endif
