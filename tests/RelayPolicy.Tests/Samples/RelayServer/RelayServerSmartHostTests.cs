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

    [Fact]
    public async Task A_relayed_message_arrives_there_as_it_came_with_a_trace_field()
    {
        const string Content = "Subject: =?utf-8?q?h=C3=A9llo?=\r\nX-Odd:   two  spaces\t\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n..dot\r\n  trailing  \r\nend";
        Assert.StartsWith("250 ", await SendAsync(Content, "r@far.example", "s@far.example"));
        string message = Assert.Single(_smartHost.Messages);
        Assert.StartsWith("Received: from client.example ([127.0.0.2])\r\n\tby relay.example.com with ESMTP id ", message);
        Assert.EndsWith("\r\n" + Content.Replace("..dot", ".dot", StringComparison.Ordinal) + "\r\n", message);
        Assert.Equal(["<r@far.example>", "<s@far.example>"], _smartHost.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).Select(command => command[(command.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ')[0]));
        Assert.Contains(_smartHost.Commands, command => command.StartsWith("MAIL FROM:<sender@client.example>", StringComparison.Ordinal));
        Assert.Empty(_folder.Spool);
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
