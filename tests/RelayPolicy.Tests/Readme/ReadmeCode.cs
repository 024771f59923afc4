// <decide>
using System.Net;
using RelayPolicy;
using static RelayPolicy.Condition;

namespace MyMailServer;

public sealed class RelayControl
{
    private readonly IRelayDecision _policy = RelayRuleSet.Create(
    [
        new("blocked", RelayStage.Connect, Client.In(NetworkSet.Parse("198.51.100.0/24")), RuleAction.Reject),
        new("office", RelayStage.Recipient, Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8:1::/48")), RuleAction.Accept),
        new("users", RelayStage.Recipient, Identity.IsAuthenticated, RuleAction.Accept),
        new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept),
    ], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("example.com", "*.example.com") });

    public string AnswerRcptTo(EndPoint client, string? user, SmtpPath sender, string argument) =>
        SmtpPath.TryParseForwardPath(argument, AddressOptions.None, out SmtpPath recipient, out AddressError error)
            ? _policy.Evaluate(new RelayRequest(ClientEndpoint.FromEndPoint(client), new AuthIdentity(user), sender, recipient)).Reply.ToString()
            : $"501 5.1.3 {error}";
}
// </decide>
