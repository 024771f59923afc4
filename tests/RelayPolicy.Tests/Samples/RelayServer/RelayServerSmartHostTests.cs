#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;

namespace RelayPolicy.Tests.Samples;

/// <summary>What is relayed is the smart host's before the client has its 250, for every recipient, or the client is told to keep it.</summary>
public sealed class RelayServerSmartHostTests : IAsyncLifetime
{
    private readonly FaultySmartHost _smartHost = new();
    private ServerFolder _folder = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _folder = new ServerFolder(settings => settings["SmartHost"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = _smartHost.Port, ["Security"] = "None", ["Deadline"] = "00:00:05" });
        _server = await RunningServer.StartAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _smartHost.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string> Contents =>
    [
        "Subject: =?utf-8?q?h=C3=A9llo?=\r\nX-Odd:   two  spaces\t\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n.dot\r\n  trailing  \r\nend",
        "Content-Type: text/plain\r\nBcc: hidden@far.example\r\n\r\nFrom here on\r\n" + new string('x', 1500),
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b  \r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhello\r\n--b--\r\nepilogue",
        "Subject: a header\r\n and no empty line",
        "\r\nno header",
        "Subject: x\r\n\r\n",
        "Subject: x\r\n folded: value\r\n\r\n\0 and \u00e9",
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_relayed_message_arrives_there_octet_by_octet_behind_a_trace_field(string content)
    {
        Assert.StartsWith("250 ", await SendAsync(content.Replace("\r\n.", "\r\n..", StringComparison.Ordinal), "r@far.example", "s@far.example"));
        string message = Assert.Single(_smartHost.Messages);
        Assert.StartsWith("Received: from client.example ([127.0.0.2])\r\n\tby relay.example.com with ESMTP id ", message);
        string received = message[..(message.IndexOf("+0000\r\n", StringComparison.Ordinal) + 7)];
        string asSent = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(content)) + "\r\n";
        Assert.Equal(asSent.Contains("\r\n\r\n", StringComparison.Ordinal) || asSent.StartsWith("\r\n", StringComparison.Ordinal) ? asSent : asSent + "\r\n", message[received.Length..]);
        Assert.Equal(["<r@far.example>", "<s@far.example>"], _smartHost.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).Select(command => command[(command.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ')[0]));
        string mail = Assert.Single(_smartHost.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.StartsWith("MAIL FROM:<sender@client.example>", mail);
        Assert.Equal(content.Contains('\u00e9', StringComparison.Ordinal), mail.Contains("BODY=8BITMIME", StringComparison.Ordinal));
        Assert.Empty(_folder.Spool);
    }

    [Fact]
    public async Task Octets_above_127_are_not_sent_to_a_host_that_does_not_take_them()
    {
        _smartHost.Keywords = ["smart.example"];
        Assert.StartsWith("550 5.6.3 ", await SendAsync("\r\n\u00e9", "r@far.example"));
        Assert.Empty(_smartHost.Messages);
    }

    [Theory]
    [InlineData("bob@xn--bcher-kva.example", false, "8BITMIME")]
    [InlineData("bob@xn--bcher-kva.example", false, "SMTPUTF8")]
    [InlineData("j\u00f8ran@b\u00fccher.example", true, "SMTPUTF8")]
    public async Task An_internationalised_domain_goes_out_as_it_came(string recipient, bool smtpUtf8, string keyword)
    {
        _smartHost.Keywords = ["smart.example", "8BITMIME", keyword];
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        await client.WriteAsync($"MAIL FROM:<a@client.example>{(smtpUtf8 ? " SMTPUTF8" : "")}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
        Assert.StartsWith("250 ", await client.SayAsync("\r\nhello\r\n."));
        Assert.Contains($"RCPT TO:<{System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(recipient))}>", _smartHost.Commands);
    }

    [Fact]
    public async Task An_internationalised_address_is_not_sent_to_a_host_that_does_not_take_it()
    {
        _smartHost.Keywords = ["smart.example", "8BITMIME"];
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        await client.WriteAsync("MAIL FROM:<a@client.example> SMTPUTF8\r\nRCPT TO:<j\u00f8ran@far.example>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
        Assert.StartsWith("550 5.6.7 ", await client.SayAsync("\r\nhello\r\n."));
    }

    [Theory]
    [InlineData("MAIL FROM:<>")]
    [InlineData("MAIL FROM:<\"a b\"@client.example>")]
    public async Task Every_sender_goes_out_as_it_came(string mail)
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        await client.WriteAsync(mail + "\r\nRCPT TO:<r@far.example>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReplyAsync());
        Assert.StartsWith("250 ", await client.SayAsync("\r\nhello\r\n."));
        Assert.Contains(_smartHost.Commands, command => command.StartsWith(mail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SmartHostFault.DropsAtGreeting)]
    [InlineData(SmartHostFault.DropsAtEhlo)]
    [InlineData(SmartHostFault.DropsAtMail)]
    [InlineData(SmartHostFault.DropsAtRcpt)]
    [InlineData(SmartHostFault.DropsAtData)]
    [InlineData(SmartHostFault.DropsInContent)]
    [InlineData(SmartHostFault.DropsBeforeTheReply)]
    [InlineData(SmartHostFault.ClosesWith421)]
    [InlineData(SmartHostFault.DefersOneRecipient)]
    [InlineData(SmartHostFault.AnswersNonsense)]
    [InlineData(SmartHostFault.NeverEndsItsReply)]
    [InlineData(SmartHostFault.NeverAnswers)]
    public async Task Whatever_fails_there_for_now_is_451_and_nothing_is_kept_half(SmartHostFault fault)
    {
        _smartHost.Fault = fault;
        Assert.StartsWith("451 4.", await SendAsync("\r\nhello", "r@far.example", "s@far.example", "local@example.com"));
        Assert.Empty(_folder.Maildir);
        Assert.Empty(_folder.Leftovers);
        _smartHost.Fault = SmartHostFault.None;
        Assert.StartsWith("250 ", await SendAsync("\r\nhello", "r@far.example", "local@example.com"));
        Assert.Single(_folder.Maildir);
    }

    [Fact]
    public async Task A_reply_that_does_not_end_is_not_kept_in_memory()
    {
        _smartHost.Fault = SmartHostFault.NeverEndsItsReply;
        Assert.StartsWith("451 4.", await SendAsync("\r\nhello", "r@far.example"));
        await _server.LoggedAsync("Its reply does not end.");
    }

    [Fact]
    public async Task A_smart_host_that_is_not_there_is_451()
    {
        await _smartHost.DisposeAsync();
        Assert.StartsWith("451 4.4.1 The smart host does not answer", await SendAsync("\r\nhello", "r@far.example"));
    }

    [Fact]
    public async Task A_recipient_that_is_refused_there_refuses_the_message_and_is_named()
    {
        _smartHost.Fault = SmartHostFault.RefusesOneRecipient;
        Assert.Equal("550 5.0.0 The smart host refuses s@far.example: 550 5.1.1 no such mailbox", await SendAsync("\r\nhello", "r@far.example", "s@far.example", "local@example.com"));
        Assert.Empty(_folder.Maildir);
        Assert.Empty(_smartHost.Messages);
    }

    [Fact]
    public async Task A_message_that_is_refused_there_is_refused_here_and_its_text_is_made_safe()
    {
        _smartHost.Fault = SmartHostFault.RefusesTheMessage;
        Assert.StartsWith("550 5.0.0 The smart host refuses: 554 ", await SendAsync("\r\nhello", "r@far.example"));
        await _server.LoggedAsync("The smart host refuses");
        Assert.DoesNotContain(_server.Log, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_was_taken_there_is_taken_even_if_the_goodbye_fails()
    {
        _smartHost.Fault = SmartHostFault.DropsAfterTheReply;
        Assert.StartsWith("250 ", await SendAsync("\r\nhello", "r@far.example"));
    }

    [Fact]
    public async Task Local_mail_is_taken_while_the_smart_host_hangs()
    {
        _smartHost.Fault = SmartHostFault.NeverAnswers;
        Task<string> relayed = SendAsync("\r\nhello", "r@far.example");
        Assert.StartsWith("250 ", await SendAsync("\r\nhello", "local@example.com"));
        Assert.StartsWith("451 ", await relayed);
    }

    private async Task<string> SendAsync(string content, params string[] recipients)
    {
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        return await client.SendAsync(content, recipients);
    }
}
#endif
