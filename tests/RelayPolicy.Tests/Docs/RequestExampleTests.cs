using System.Net;
using MyMailServer.Submission;

namespace RelayPolicy.Tests;

/// <summary>What the page on concepts says of its example.</summary>
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
}
