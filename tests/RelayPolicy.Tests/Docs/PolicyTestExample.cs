// <policytests>
using System.Net;
using RelayPolicy;
using RelayPolicy.Configuration;
using Xunit;

namespace MyMailServer.Tests;

public class PolicyFileTests
{
    private static readonly RelayRuleSet Policy = PolicyFile.Parse("""
        {
          "LocalDomains": ["example.com"],
          "Rules": [
            { "Name": "office", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": ["192.0.2.0/24"] } },
            { "Name": "users", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.IsAuthenticated": true, "Tls.IsOn": true } },
            { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } }
          ]
        }
        """).RuleSet;

    [Theory]
    [InlineData("203.0.113.9", null, "bob@example.com", RelayAction.Deliver, "local")]
    [InlineData("203.0.113.9", null, "bob@elsewhere.example", RelayAction.Reject, null)]
    [InlineData("203.0.113.9", "alice", "bob@elsewhere.example", RelayAction.Reject, null)] // not under TLS
    [InlineData("192.0.2.7", null, "bob@elsewhere.example", RelayAction.Relay, "office")]
    [InlineData("192.0.3.7", null, "bob@elsewhere.example", RelayAction.Reject, null)]
    public void The_policy_decides_as_we_mean_it(string client, string? user, string recipient, RelayAction action, string? rule)
    {
        var request = new RelayRequest(new ClientEndpoint(IPAddress.Parse(client)), new AuthIdentity(user), SmtpPath.Null, SmtpPath.ParseMailbox(recipient));
        RelayVerdict verdict = Policy.Evaluate(request);
        Assert.True((action, rule) == (verdict.Action, verdict.Rule?.Name), Policy.Explain(request).ToString());
    }

    [Fact]
    public void The_policy_has_nothing_to_warn_of() => Assert.Empty(Policy.Warnings);
}
// </policytests>
