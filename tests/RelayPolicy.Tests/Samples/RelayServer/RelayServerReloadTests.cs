#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;
using MailKit.Net.Smtp;
using MailKit.Security;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests.Samples;

/// <summary>Policy and users change while mail flows; what is wrong is left out.</summary>
public sealed class RelayServerReloadTests : IAsyncLifetime
{
    private const string Closed = """{ "LocalDomains": ["example.com"], "Rules": [ { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } } ] }""";
    private const string Bad = """{ "Rules": [ { "Name": "everybody", "Stage": "Recipient", "Action": "Accept", "When": {} } ] }""";

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
    public async Task Under_load_every_answer_is_that_of_one_policy_or_the_other_and_no_connection_is_lost()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<HashSet<string>>[] clients = [.. Enumerable.Range(0, 4).Select(_ => AskAsync(stop.Token))];
        for (int i = 0; i < 6; i++)
        {
            int before = Swaps();
            _folder.Write("policy.json", i % 2 == 0 ? Closed : RunningServer.Policy);
            while (Swaps() == before) await Task.Delay(20, Stop);
        }

        await stop.CancelAsync();
        string[] answers = [.. (await Task.WhenAll(clients)).SelectMany(seen => seen).Distinct().Order()];
        Assert.Equal(["250 2.1.5 Recipient OK", "550 5.7.1 Relaying denied"], answers);
    }

    [Fact]
    public async Task A_bad_policy_is_left_out_with_its_reason()
    {
        _folder.Write("policy.json", Bad);
        await _server.LoggedAsync("Policy rejected");
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        await client.SayAsync("MAIL FROM:<a@client.example>");
        Assert.StartsWith("250 ", await client.SayAsync("RCPT TO:<r@far.example>"));
    }

    [Fact]
    public async Task A_user_that_is_added_may_authenticate_and_one_that_is_taken_out_may_not()
    {
        _folder.Change(settings => settings["Users"] = new JsonObject { ["bob"] = new JsonObject { ["Verifier"] = ScramVerifier.Create("builder").ToString() } });
        await _server.LoggedAsync("1 users");
        using SmtpClient client = await MailClients.ConnectAsync(new SmtpClient(), _server.Submission.Port, SecureSocketOptions.StartTls, RunningServer.HostName);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(RunningServer.User, RunningServer.Password, Stop));
        await client.AuthenticateAsync("bob", "builder", Stop);
    }

    [Fact]
    public async Task The_last_user_can_be_taken_out()
    {
        _folder.Change(settings => settings.Remove("Users"));
        await _server.LoggedAsync("0 users");
        using SmtpClient client = await MailClients.ConnectAsync(new SmtpClient(), _server.Submission.Port, SecureSocketOptions.StartTls, RunningServer.HostName);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(RunningServer.User, RunningServer.Password, Stop));
    }

    [Fact]
    public async Task A_setting_that_takes_effect_at_a_start_alone_is_named_when_it_changes()
    {
        _folder.Change(settings => settings["HostName"] = "other.example.com");
        await _server.LoggedAsync("take effect at the next start");
    }

    [Theory]
    [InlineData("{ no JSON")]
    [InlineData("""{ "Server": { "HostName": "" } }""")]
    public async Task Settings_that_are_wrong_leave_users_and_policy_as_they_were(string settings)
    {
        _folder.Write("relayserver.json", settings);
        await _server.LoggedAsync("not taken");
        using SmtpClient client = await MailClients.ConnectAsync(new SmtpClient(), _server.Submission.Port, SecureSocketOptions.StartTls, RunningServer.HostName);
        await client.AuthenticateAsync(RunningServer.User, RunningServer.Password, Stop);
        await client.SendAsync(MailClients.Message("r@far.example"), Stop);
    }

    private int Swaps() => _server.Log.Count(line => line.Contains("RelayPolicy.Policy[2002]", StringComparison.Ordinal));

    private async Task<HashSet<string>> AskAsync(CancellationToken stop)
    {
        var seen = new HashSet<string>();
        while (!stop.IsCancellationRequested)
        {
            using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
            for (int i = 0; i < 50 && !stop.IsCancellationRequested; i++)
            {
                Assert.StartsWith("250 ", await client.SayAsync("MAIL FROM:<a@client.example>"));
                seen.Add(await client.SayAsync("RCPT TO:<r@far.example>"));
                Assert.StartsWith("250 ", await client.SayAsync("RSET"));
            }
        }

        return seen;
    }
}
#endif
