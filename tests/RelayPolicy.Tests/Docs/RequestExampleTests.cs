using System.Net;
using MyMailServer.Submission;

namespace RelayPolicy.Tests;

/// <summary>What the pages on concepts and conditions say of their examples.</summary>
public class RequestExampleTests
{
    [Theory]
    [InlineData("203.0.113.9", true, "alice", RelayAction.Relay, "users")]
    [InlineData("203.0.113.9", false, "alice", RelayAction.Reject, "TLS first")]
    [InlineData("203.0.113.9", true, null, RelayAction.Reject, null)]
    [InlineData("192.0.2.7", true, null, RelayAction.Relay, "office")]
    [InlineData("192.0.2.1", true, null, RelayAction.Reject, null)] // behind the gateway nobody is "office"
    [InlineData("192.0.2.1", true, "alice", RelayAction.Relay, "office")] // whoever it is, alice may
    public void The_example_decides_by_listener_TLS_and_gateway(string client, bool isUnderTls, string? user, RelayAction action, string? rule)
    {
        RelayVerdict verdict = SubmissionPort.Ask(new IPEndPoint(IPAddress.Parse(client), 40_000), isUnderTls, user, SmtpPath.Null, SmtpPath.ParseMailbox("bob@elsewhere.example"));
        Assert.Equal((action, rule), (verdict.Action, verdict.Rule?.Name));
    }

    [Theory]
    [InlineData(HostNameStatus.NotAsked, "bob@elsewhere.example", "451 4.4.3")]
    [InlineData(HostNameStatus.NotAsked, "bob@example.com", "250 2.1.5")]
    [InlineData(HostNameStatus.None, "bob@elsewhere.example", "550 5.7.1")]
    public void Where_no_host_names_are_told_a_stranger_who_wants_to_relay_is_deferred(HostNameStatus status, string recipient, string reply)
    {
        RelayRuleSet policy = RelayRuleSet.Create(
        [
            new("printers", RelayStage.Recipient, Condition.Client.HostIn(DomainSet.Parse("*.printers.example")), RuleAction.Accept),
            new("local", RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept),
        ], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("example.com") });
        ClientEndpoint stranger = new ClientEndpoint(IPAddress.Parse("203.0.113.9")).WithHostNames(status);
        Assert.StartsWith(reply, policy.Evaluate(new RelayRequest(stranger, null, SmtpPath.Null, SmtpPath.ParseMailbox(recipient))).Reply.ToString(), StringComparison.Ordinal);
    }
}
