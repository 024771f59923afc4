// <decide>
using System.Net;
using RelayPolicy;
using RelayPolicy.Smtp;
using static RelayPolicy.Condition;

namespace MyMailServer;

public sealed class RelayControl
{
    private readonly RelayRuleSet _policy = RelayRuleSet.Create(
    [
        new("blocked", RelayStage.Connect, Client.In(NetworkSet.Parse("198.51.100.0/24")), RuleAction.Reject),
        new("office", RelayStage.Recipient, Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8:1::/48")), RuleAction.Accept),
        new("users", RelayStage.Recipient, Identity.IsAuthenticated, RuleAction.Accept),
        new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept),
    ], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("example.com", "*.example.com") });

    // The argument is what stands behind RCPT TO: and may hold parameters.
    public SmtpReply AnswerRcptTo(EndPoint client, string? user, SmtpPath sender, string argument)
    {
        if (!RcptCommand.TryParse(argument, smtpUtf8: false, out RcptCommand command, out SmtpReply refusal)) return refusal;
        var request = new RelayRequest(ClientEndpoint.FromEndPoint(client), new AuthIdentity(user), sender, command.ForwardPath);
        return _policy.Evaluate(request).Reply;
    }
}
// </decide>
