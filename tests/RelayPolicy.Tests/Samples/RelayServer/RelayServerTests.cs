#if NET10_0_OR_GREATER
using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace RelayPolicy.Tests.Samples;

/// <summary>The relay server, as mail clients see it.</summary>
public sealed class RelayServerTests : IAsyncLifetime
{
    private static readonly NetworkCredential Alice = new(RunningServer.User, RunningServer.Password);

    private readonly ServerFolder _folder = new();
    private RunningServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Local_mail_of_a_stranger_is_in_the_Maildir_with_its_envelope_on_top()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        Assert.StartsWith("250 2.0.0 Taken as ", await client.SendAsync("Subject: hello\r\n\r\n..\r\nend", "a@example.com", "b@example.com"));
        string message = Assert.Single(_folder.Maildir);
        Assert.StartsWith("Return-Path: <sender@client.example>\r\nDelivered-To: <a@example.com>\r\nDelivered-To: <b@example.com>\r\nReceived: from client.example ([127.0.0.1])\r\n\tby relay.example.com with ESMTP id ", message);
        Assert.EndsWith("\r\nSubject: hello\r\n\r\n.\r\nend\r\n", message);
        Assert.DoesNotContain("\tfor <", message);
        Assert.Empty(_folder.Leftovers);
    }

    [Fact]
    public async Task Relaying_is_refused_to_a_stranger_and_the_log_says_why()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        await client.SayAsync("MAIL FROM:<sender@client.example>");
        Assert.Equal("550 5.7.1 Relaying denied", await client.SayAsync("RCPT TO:<r@far.example>"));
        await _server.LoggedAsync("Refused at Recipient by NoRuleMatched: 550 5.7.1 Relaying denied; client 127.0.0.1");
    }

    [Fact]
    public async Task What_an_office_client_relays_is_in_the_spool_with_its_envelope()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        Assert.StartsWith("250 ", await client.SendAsync("X-Receiver: victim@far.example\r\n\r\nhello", "r@far.example", "local@example.com"));
        Assert.EndsWith("\r\nX-Receiver: victim@far.example\r\n\r\nhello\r\n", Assert.Single(_folder.Spool));
        Assert.Equal("""{"sender":"<sender@client.example>","recipients":["<r@far.example>"],"smtpUtf8":false}""", Assert.Single(_folder.Envelopes).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Contains("Delivered-To: <local@example.com>\r\nReceived", Assert.Single(_folder.Maildir));
    }

    [Fact]
    public async Task The_null_sender_may_write_to_local_mailboxes()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        await client.WriteAsync("MAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
        Assert.StartsWith("250 ", await client.SayAsync("\r\nbounce\r\n."));
        Assert.StartsWith("Return-Path: <>\r\nDelivered-To: <postmaster>\r\n", Assert.Single(_folder.Maildir), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("SCRAM-SHA-256")]
    public async Task A_user_relays_under_TLS_by_every_mechanism(string mechanism)
    {
        using SmtpClient client = await ConnectAsync(_server.Submission, SecureSocketOptions.StartTls);
        Assert.Contains(mechanism, client.AuthenticationMechanisms);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism(mechanism, new NetworkCredential("alice", "wrong")), Stop));
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism(mechanism, new NetworkCredential("nobody", "wonderland")), Stop));
        await client.AuthenticateAsync(MailClients.Mechanism(mechanism, Alice), Stop);
        await client.SendAsync(MailClients.Message("r@far.example"), Stop);
        await client.DisconnectAsync(quit: true, Stop);
        Assert.Contains(" with ESMTPSA id ", Assert.Single(_folder.Spool));
    }

    [Fact]
    public async Task A_failed_login_and_a_message_that_is_too_large_are_logged_with_the_client()
    {
        using SmtpClient client = await ConnectAsync(_server.Submission, SecureSocketOptions.StartTls);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism("PLAIN", new NetworkCredential("mallory", "x")), Stop));
        await _server.LoggedAsync("Refused: 535 5.7.8 ");
        Assert.Contains(_server.Log, line => line.Contains("; client 127.0.0.1:", StringComparison.Ordinal) && line.EndsWith(", user mallory as he said", StringComparison.Ordinal));
        using RawClient raw = await RawClient.GreetAsync(_server.Smtp);
        Assert.StartsWith("552 ", await raw.SayAsync("MAIL FROM:<a@client.example> SIZE=99999999"));
        await _server.LoggedAsync("Refused: 552 5.3.4 ");
        Assert.DoesNotContain(_server.Log, line => line.Contains("Refused: 550", StringComparison.Ordinal)); // that of a rule is logged once, with the rule
    }

    [Fact]
    public async Task No_password_is_asked_for_without_TLS_nor_on_a_listener_without_AUTH()
    {
        using SmtpClient clear = await ConnectAsync(_server.Submission, SecureSocketOptions.None);
        Assert.Empty(clear.AuthenticationMechanisms);
        using SmtpClient open = await ConnectAsync(_server.Smtp, SecureSocketOptions.StartTlsWhenAvailable);
        Assert.False(open.IsSecure);
        Assert.Empty(open.AuthenticationMechanisms);
    }

    [Fact]
    public async Task A_large_message_comes_in_chunks_and_arrives_as_it_was_sent()
    {
        using SmtpClient client = await ConnectAsync(_server.Submission, SecureSocketOptions.StartTls, new ChunkingClient());
        string line = new('x', 70);
        string body = string.Concat(Enumerable.Repeat(line + "\r\n.\r\n", 20_000));
        MimeMessage message = MailClients.Message("r@example.com");
        message.Body = new TextPart("plain") { Text = body, ContentTransferEncoding = ContentEncoding.SevenBit };
        await client.SendAsync(message, Stop);
        Assert.EndsWith(body, Assert.Single(_folder.Maildir));
        Assert.Empty(_folder.Leftovers);
    }

    [Fact]
    public async Task Many_recipients_come_in_a_pipeline_and_each_is_decided()
    {
        using SmtpClient client = await ConnectAsync(_server.Smtp, SecureSocketOptions.None);
        Assert.True(client.Capabilities.HasFlag(SmtpCapabilities.Pipelining));
        await client.SendAsync(MailClients.Message([.. Enumerable.Range(0, 200).Select(i => $"r{i}@example.com")]), Stop);
        Assert.Contains("Delivered-To: <r199@example.com>\r\n", Assert.Single(_folder.Maildir));
    }

    [Fact]
    public async Task Internationalised_addresses_arrive()
    {
        using SmtpClient client = await ConnectAsync(_server.Smtp, SecureSocketOptions.None);
        FormatOptions format = FormatOptions.Default.Clone();
        format.International = true;
        await client.SendAsync(format, MailClients.Message("j\u00F8ran@example.com"), Stop);
        Assert.Contains("Delivered-To: <j\u00F8ran@example.com>\r\n", Assert.Single(_folder.Maildir));
    }

    [Fact]
    public async Task DSN_is_not_offered_because_nothing_behind_would_honour_it()
    {
        using SmtpClient client = await ConnectAsync(_server.Smtp, SecureSocketOptions.None);
        Assert.False(client.Capabilities.HasFlag(SmtpCapabilities.Dsn));
    }

    [Fact]
    public async Task A_message_that_is_abandoned_leaves_nothing()
    {
        using (RawClient client = await RawClient.GreetAsync(_server.Smtp))
        {
            await client.WriteAsync("MAIL FROM:<a@client.example>\r\nRCPT TO:<r@example.com>\r\nDATA\r\n");
            foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
            await client.WriteAsync("\r\n" + string.Concat(Enumerable.Repeat("0123456789\r\n", 10_000)));
        }

        using RawClient next = await RawClient.GreetAsync(_server.Smtp);
        await next.SendAsync("\r\nhello", "r@example.com");
        while (_folder.Leftovers.Length > 0) await Task.Delay(20, Stop);
        Assert.EndsWith("\r\nhello\r\n", Assert.Single(_folder.Maildir));
    }

    [Theory]
    [InlineData("incoming", 10_000, "452 4.3.1 ")]
    [InlineData("maildir/tmp", 1, "451 4.3.0 ")]
    [InlineData("maildir/new", 1, "451 4.3.0 ")]
    public async Task A_message_that_cannot_be_stored_is_told_and_the_session_goes_on(string folder, int lines, string reply)
    {
        string path = _folder.PathOf("data/" + folder);
        Directory.Delete(path);
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        string content = "\r\n" + string.Concat(Enumerable.Repeat("0123456789\r\n", lines)) + "end";
        Assert.StartsWith(reply, await client.SendAsync(content, "r@example.com"));
        Directory.CreateDirectory(path);
        Assert.StartsWith("250 ", await client.SendAsync(content, "r@example.com"));
        Assert.Single(_folder.Maildir);
        Assert.Empty(_folder.Leftovers);
    }

    [Fact]
    public async Task Beyond_the_policy_s_limit_of_connections_clients_are_turned_away()
    {
        _folder.Write("policy.json", RunningServer.Policy.Replace("\"MaxRecipients\"", "\"MaxConnections\": 2, \"MaxRecipients\"", StringComparison.Ordinal));
        await _server.LoggedAsync("RelayPolicy.Policy[2002]");
        using RawClient first = await RawClient.GreetAsync(_server.Smtp);
        using (RawClient second = await RawClient.GreetAsync(_server.Smtp))
        {
            using RawClient third = await RawClient.OpenAsync(_server.Smtp);
            Assert.StartsWith("421 4.3.2 ", await third.ReplyAsync());
            Assert.Equal("", await third.ReplyAsync());
        }

        string reply;
        do
        {
            using RawClient next = await RawClient.OpenAsync(_server.Smtp);
            reply = await next.ReplyAsync();
        }
        while (reply.StartsWith('4'));
        Assert.StartsWith("220 ", reply);
    }

    [Fact]
    public async Task More_connections_than_there_are_handles_for_wait_and_those_inside_are_served()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Handles are limited by a shell of Linux here.");
        using var folder = new ServerFolder();
        await using RunningServer server = await RunningServer.StartWithHandlesAsync(folder, handles: 420);
        using RawClient inside = await RawClient.GreetAsync(server.Smtp);
        var crowd = new List<RawClient>();
        for (int i = 0; i < 400; i++) crowd.Add(await RawClient.OpenAsync(server.Smtp));
        Assert.StartsWith("250 ", await inside.SendAsync("\r\nhello", "r@example.com"));
        foreach (RawClient client in crowd) client.Dispose();
        using RawClient next = await RawClient.GreetAsync(server.Smtp);
        Assert.StartsWith("250 ", await next.SendAsync("\r\nhello", "r@example.com"));
    }

    [Fact]
    public async Task A_message_that_loops_is_refused()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        string reply = await client.SendAsync(string.Concat(Enumerable.Repeat("Received: from a by b; Tue, 24 Nov 2026 00:00:00 +0000\r\n", 16)) + "\r\nhello", "r@example.com");
        Assert.StartsWith("554 5.4.6 ", reply);
        Assert.Empty(_folder.Maildir);
    }

    [Fact]
    public async Task A_bare_line_feed_in_the_content_closes_and_the_reply_is_seen()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp);
        await client.WriteAsync("MAIL FROM:<a@client.example>\r\nRCPT TO:<r@example.com>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
        await client.WriteAsync("hello\n.\nMAIL FROM:<smuggled@client.example>\r\n" + new string('x', 200_000));
        Assert.StartsWith("550 5.6.11 ", await client.ReplyAsync());
        Assert.Equal("", await client.ReplyAsync());
        Assert.Empty(_folder.Maildir);
    }

    [Fact]
    public async Task Commands_sent_behind_STARTTLS_are_not_run()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Submission);
        await client.WriteAsync("STARTTLS\r\nNOOP\r\n");
        Assert.DoesNotContain("250", await client.ReplyAsync() + await client.ReplyAsync());
    }

    [Fact]
    public async Task A_client_that_speaks_no_TLS_after_STARTTLS_is_left_and_others_go_on()
    {
        using RawClient client = await RawClient.GreetAsync(_server.Submission);
        Assert.StartsWith("220 ", await client.SayAsync("STARTTLS"));
        await client.WriteAsync("MAIL FROM:<a@client.example>\r\n");
        Assert.DoesNotContain("250", await client.ReplyAsync());
        using RawClient next = await RawClient.GreetAsync(_server.Submission);
        Assert.StartsWith("250 ", await next.SayAsync("NOOP"));
    }

    [Fact]
    public async Task At_least_25_commands_are_refused_before_the_connection_is_closed()
    {
        using RawClient errors = await RawClient.GreetAsync(_server.Smtp);
        for (int i = 0; i < 25; i++) Assert.StartsWith("50", await errors.SayAsync("FOO"));
        using RawClient probe = await RawClient.GreetAsync(_server.Smtp);
        await probe.SayAsync("MAIL FROM:<a@client.example>");
        for (int i = 0; i < 25; i++) Assert.StartsWith("550 ", await probe.SayAsync("RCPT TO:<r@far.example>"));
        for (int i = 0; i < 25; i++) Assert.StartsWith("501 ", await probe.SayAsync("RCPT TO:<r@@far.example>"));
        Assert.StartsWith("250 ", await probe.SayAsync("NOOP"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_it_is_asked_to_end_idle_clients_are_told_and_a_message_under_way_is_taken(bool underTls)
    {
        using RawClient idle = await RawClient.GreetAsync(_server.Submission);
        using RawClient busy = await RawClient.GreetAsync(_server.Submission);
        if (underTls) await idle.StartTlsAsync();
        if (underTls) await busy.StartTlsAsync();
        await busy.WriteAsync("MAIL FROM:<a@client.example>\r\nRCPT TO:<r@example.com>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await busy.ReplyAsync());
        Task<int> ending = _server.TerminateAsync();
        Assert.StartsWith("421 4.3.2 ", await idle.ReplyAsync());
        Assert.StartsWith("250 ", await busy.SayAsync("\r\nhello\r\n."));
        Assert.StartsWith("421 4.3.2 ", await busy.ReplyAsync());
        Assert.Equal(0, await ending);
        Assert.EndsWith("\r\nhello\r\n", Assert.Single(_folder.Maildir));
    }

    private static Task<SmtpClient> ConnectAsync(IPEndPoint server, SecureSocketOptions security, SmtpClient? client = null) =>
        MailClients.ConnectAsync(client ?? new SmtpClient(), server.Port, security, RunningServer.HostName);
}
#endif
