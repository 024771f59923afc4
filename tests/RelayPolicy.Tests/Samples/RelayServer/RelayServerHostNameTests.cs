#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;

namespace RelayPolicy.Tests.Samples;

/// <summary>A host name counts only when its own records lead back to the client, and the DNS is asked only if a rule needs it.</summary>
public sealed class RelayServerHostNameTests : IAsyncLifetime
{
    private const string ByName =
        """
        {
          "LocalDomains": ["example.com"],
          "Rules": [
            { "Name": "printers", "Stage": "Recipient", "Action": "Accept", "When": { "Client.HostIn": ["*.printers.example"] } },
            { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } }
          ]
        }
        """;

    private const string Reverse = "3.0.0.127.in-addr.arpa";

    private readonly LoopbackDns _dns = new();
    private readonly List<ServerFolder> _folders = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _dns.DisposeAsync();
        foreach (ServerFolder folder in _folders) folder.Dispose();
    }

    [Fact]
    public async Task A_confirmed_name_may_relay()
    {
        _dns.Records[Reverse] = ["laser.printers.example"];
        _dns.Records["laser.printers.example"] = ["127.0.0.9", "127.0.0.3"];
        Assert.StartsWith("250 ", await RelayAsync());
    }

    [Fact]
    public async Task A_name_that_the_client_has_only_written_itself_may_not()
    {
        _dns.Records[Reverse] = ["laser.printers.example"];
        _dns.Records["laser.printers.example"] = ["127.0.0.9"];
        Assert.StartsWith("550 ", await RelayAsync());
    }

    [Fact]
    public async Task A_name_that_does_not_exist_may_not()
    {
        _dns.Records[Reverse] = ["laser.printers.example"];
        Assert.StartsWith("550 ", await RelayAsync());
    }

    [Fact]
    public async Task A_client_without_a_name_may_not() => Assert.StartsWith("550 ", await RelayAsync());

    [Fact]
    public async Task A_name_server_that_fails_defers_and_local_mail_passes_all_the_same()
    {
        _dns.Fails = true;
        Assert.StartsWith("451 ", await RelayAsync());
        Assert.StartsWith("250 ", await RelayAsync(to: "r@example.com"));
    }

    [Fact]
    public async Task A_name_server_that_does_not_answer_defers_when_the_deadline_is_over()
    {
        _dns.IsSilent = true;
        Assert.StartsWith("451 ", await RelayAsync());
    }

    [Fact]
    public async Task It_is_asked_once_for_a_client_that_comes_again()
    {
        _dns.Records[Reverse] = ["laser.printers.example"];
        _dns.Records["laser.printers.example"] = ["127.0.0.3"];
        await using RunningServer server = await StartAsync(ByName);
        for (int i = 0; i < 3; i++)
        {
            using RawClient client = await RawClient.GreetAsync(server.Smtp, from: "127.0.0.3");
            await client.SayAsync("QUIT");
        }

        Assert.Equal([Reverse, "laser.printers.example"], _dns.Questions);
    }

    [Fact]
    public async Task It_is_not_asked_at_all_if_no_rule_looks_at_names()
    {
        await using RunningServer server = await StartAsync(RunningServer.Policy);
        using RawClient client = await RawClient.GreetAsync(server.Smtp, from: "127.0.0.3");
        Assert.StartsWith("250 ", await client.SendAsync("\r\nhello", "r@example.com"));
        Assert.Empty(_dns.Questions);
    }

    private async Task<RunningServer> StartAsync(string policy)
    {
        var folder = new ServerFolder(settings => settings["Dns"] = new JsonObject { ["Servers"] = new JsonArray(_dns.Address), ["Deadline"] = "00:00:02" }, policy);
        _folders.Add(folder);
        return await RunningServer.StartAsync(folder);
    }

    private async Task<string> RelayAsync(string to = "r@far.example")
    {
        await using RunningServer server = await StartAsync(ByName);
        using RawClient client = await RawClient.GreetAsync(server.Smtp, from: "127.0.0.3");
        await client.SayAsync("MAIL FROM:<a@client.example>");
        return await client.SayAsync($"RCPT TO:<{to}>");
    }
}
#endif
