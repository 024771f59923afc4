using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RelayPolicy.Smtp;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>Raw dialogues with the host of the documentation, over a connection in memory.</summary>
public sealed class SmtpHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dialogue_is_answered_line_by_line()
    {
        var messages = new List<StoredMessage>();
        string replies = await TalkAsync(RunningHost.Options(SmtpExtensions.None), messages,
            "EHLO c.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<r@local.example>\r\nRCPT TO:<r@far.example>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n");
        Assert.EndsWith(
            "250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n550 5.7.1 Relaying denied\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.6.0 Message accepted\r\n221 2.0.0 Bye\r\n",
            replies, StringComparison.Ordinal);
        Assert.EndsWith("Subject: x\r\n\r\nx\r\n", Assert.Single(messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_loops_is_refused()
    {
        var messages = new List<StoredMessage>();
        string replies = await TalkAsync(RunningHost.Options(), messages,
            $"HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<r@local.example>\r\nDATA\r\n{string.Concat(Enumerable.Repeat("Received: x\r\n", 16))}\r\n.\r\nQUIT\r\n");
        Assert.Contains("554 5.4.6 Too many hops: the message loops\r\n", replies, StringComparison.Ordinal);
        Assert.Empty(messages);
    }

    [Fact]
    public async Task Commands_sent_behind_STARTTLS_are_not_run() =>
        Assert.EndsWith("220 2.0.0 Ready to start TLS\r\n", await TalkAsync(RunningHost.Options(), [], "EHLO c.example\r\nSTARTTLS\r\nMAIL FROM:<a@b.example>\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_shuts_down_says_so()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (DuplexPipe client, DuplexPipe server) = DuplexPipe.Create();
        Task running = RunningHost.Create(null, []).RunAsync(server, new IPEndPoint(IPAddress.Parse("203.0.113.9"), 1), stop.Token);
        byte[] greeting = new byte[100];
        await client.ReadAtLeastAsync(greeting, 10, cancellationToken: Stop);
        await stop.CancelAsync();
        await running;
        server.Dispose();
        Assert.Equal("421 4.3.2 Service is shutting down; closing\r\n", await ReadAllAsync(client));
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_timed_out()
    {
        var options = new SmtpSessionOptions { HostName = "mx.local.example", SessionLimits = new SmtpSessionLimits { CommandTimeout = TimeSpan.Zero } };
        Assert.EndsWith("421 4.4.2 Timed out; closing\r\n", await TalkAsync(options, [], ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_know_the_listener_by_its_name()
    {
        var names = new List<string?>();
        var options = new SmtpSessionOptions { HostName = "mx.local.example", OnVerdict = (in RelayRequest request, in RelayVerdict _) => names.Add(request.Client.Listener) };
        (DuplexPipe client, DuplexPipe server) = DuplexPipe.Create();
        await client.WriteAsync("QUIT\r\n"u8.ToArray(), Stop);
        await RunningHost.Create(options, [], "submission").RunAsync(server, new IPEndPoint(IPAddress.Parse("203.0.113.9"), 1), Stop);
        Assert.Equal(["submission"], names);
    }

    [Fact]
    public void The_host_of_the_documentation_is_the_one_that_is_tested()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "tests/RelayPolicy.Tests/Embedding/SmtpHost.cs"));
        string code = Regex.Match(source, "// <host>\r?\n(.*?)\r?\n// </host>", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(code);
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/embedding.md"));
        Assert.Contains("```csharp\n" + code + "\n```", page, StringComparison.Ordinal);
    }

    private static async Task<string> TalkAsync(SmtpSessionOptions options, List<StoredMessage> messages, string text)
    {
        (DuplexPipe client, DuplexPipe server) = DuplexPipe.Create();
        await client.WriteAsync(Encoding.ASCII.GetBytes(text), Stop);
        await RunningHost.Create(options, messages).RunAsync(server, new IPEndPoint(IPAddress.Parse("203.0.113.9"), 1), Stop);
        server.Dispose();
        return await ReadAllAsync(client);
    }

    private static async Task<string> ReadAllAsync(DuplexPipe client)
    {
        using var all = new MemoryStream();
        await client.CopyToAsync(all, Stop);
        return Encoding.ASCII.GetString(all.ToArray());
    }
}
