// <request>
using System.Net;
using RelayPolicy;
using static RelayPolicy.Condition;

namespace MyMailServer.Submission;

public static class SubmissionPort
{
    private static readonly RelayRuleSet Policy = RelayRuleSet.Create(
    [
        new("TLS first", RelayStage.Sender, Client.Listener("submission") & !Tls.IsOn, RuleAction.Reject),
        new("office", RelayStage.Recipient, Client.In(NetworkSet.Parse("192.0.2.0/24")), RuleAction.Accept),
        new("users", RelayStage.Recipient, Identity.IsAuthenticated & Tls.IsOn, RuleAction.Accept),
        new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept),
    ], new RelayRuleSetOptions
    {
        LocalDomains = DomainSet.Parse("example.com"),
        Gateways = NetworkSet.Parse("192.0.2.1"), // a NAT box: who comes from there is not "office", but somebody unknown
    });

    public static RelayVerdict Ask(EndPoint client, bool isUnderTls, string? user, SmtpPath sender, SmtpPath recipient) =>
        Policy.Evaluate(new RelayRequest(ClientEndpoint.FromEndPoint(client) with { Listener = "submission" }, new AuthIdentity(user), sender, recipient)
        {
            Tls = isUnderTls ? TlsState.On() : TlsState.Off,
        });
}
// </request>
