#if NET10_0_OR_GREATER
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RelayPolicy.Tests.Samples;

/// <summary>Who is named by a proxy is judged as himself, and only proxies that are named may name him.</summary>
public sealed class RelayServerProxyTests : IAsyncLifetime
{
    private const string OfficeHeader = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 25\r\n";
    private const string StrangerHeader = "PROXY TCP4 203.0.113.9 198.51.100.1 40000 25\r\n";

    private readonly ServerFolder _folder = new();
    private RunningServer? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(OfficeHeader, "250 ")]
    [InlineData(StrangerHeader, "550 ")]
    [InlineData("PROXY UNKNOWN\r\n", "550 ")]
    public async Task The_client_of_a_PROXY_header_is_judged_and_not_the_proxy(string header, string reply)
    {
        RunningServer server = await StartAsync("--proxy-from", "127.0.0.2");
        using RawClient client = await RawClient.OpenAsync(server.Smtp, from: "127.0.0.2");
        await client.WriteAsync(header);
        Assert.StartsWith("220 ", await client.ReplyAsync());
        Assert.StartsWith(reply, await RelayAsync(client));
    }

    [Theory]
    [InlineData("127.0.0.3", OfficeHeader)]
    [InlineData("127.0.0.3", "EHLO client.example\r\n")]
    [InlineData("127.0.0.2", "EHLO client.example\r\n")]
    public async Task Without_a_header_of_a_named_proxy_nobody_is_served_there(string from, string first)
    {
        RunningServer server = await StartAsync("--proxy-from", "127.0.0.2");
        using RawClient client = await RawClient.OpenAsync(server.Smtp, from);
        await client.WriteAsync(first);
        string reply = await client.ReplyAsync();
        Assert.True(reply.Length == 0 || reply.StartsWith('4') || reply.StartsWith('5'), reply);
        Assert.Equal("", await client.ReplyAsync());
    }

    [Theory]
    [InlineData("192.0.2.7", "250 ")]
    [InlineData("203.0.113.9", "550 ")]
    public async Task The_client_of_XCLIENT_is_judged_and_not_the_filter(string address, string reply)
    {
        RunningServer server = await StartAsync("--xclient-from", "127.0.0.2");
        using RawClient client = await RawClient.GreetAsync(server.Smtp, from: "127.0.0.2");
        Assert.StartsWith("220 ", await client.SayAsync($"XCLIENT ADDR={address}"));
        Assert.StartsWith(reply, await RelayAsync(client));
    }

    [Fact]
    public async Task XCLIENT_of_anybody_else_closes()
    {
        RunningServer server = await StartAsync("--xclient-from", "127.0.0.2");
        using RawClient client = await RawClient.GreetAsync(server.Smtp, from: "127.0.0.3");
        Assert.StartsWith("5", await client.SayAsync("XCLIENT ADDR=192.0.2.7"));
        Assert.Equal("", await client.ReplyAsync());
    }

    [Fact]
    public async Task A_PROXY_header_on_an_ordinary_listener_is_no_command()
    {
        RunningServer server = await StartAsync();
        using RawClient client = await RawClient.OpenAsync(server.Smtp);
        await client.WriteAsync(OfficeHeader);
        Assert.StartsWith("220 ", await client.ReplyAsync());
        Assert.StartsWith("5", await client.ReplyAsync());
    }

    // The octets of the handshake may come in the same segment as the header.
    [Fact]
    public async Task TLS_from_the_first_octet_begins_behind_the_header()
    {
        _folder.Change(settings =>
        {
            JsonNode submission = settings["Listeners"]![1]!;
            submission["StartTls"] = false;
            submission["ImplicitTls"] = true;
            submission["ProxyFrom"] = new JsonArray("127.0.0.1");
        });
        RunningServer server = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Submission, TestContext.Current.CancellationToken);
        using var joined = new HeaderStream(client.GetStream(), Encoding.ASCII.GetBytes(OfficeHeader));
        using var tls = new SslStream(joined, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = RunningServer.HostName, RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=" + RunningServer.HostName }, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tls);
        Assert.StartsWith("220 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> RelayAsync(RawClient client)
    {
        await client.SayAsync("EHLO client.example");
        await client.SayAsync("MAIL FROM:<a@client.example>");
        return await client.SayAsync("RCPT TO:<r@far.example>");
    }

    private async Task<RunningServer> StartAsync(params string[] args) => _server = await RunningServer.StartAsync(_folder, args);

    // Sends the header together with the first octets.
    private sealed class HeaderStream(NetworkStream inner, byte[] header) : Stream
    {
        private byte[] _header = header;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(Joined(buffer.AsSpan(offset, count)));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(Joined(buffer.Span), cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private byte[] Joined(ReadOnlySpan<byte> octets)
        {
            byte[] joined = [.. _header, .. octets];
            _header = [];
            return joined;
        }
    }
}
#endif
