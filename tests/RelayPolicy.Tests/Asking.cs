using System.Net;

namespace RelayPolicy.Tests;

/// <summary>Short ways to write requests and rules down.</summary>
internal static class Asking
{
    public static readonly DomainSet Local = DomainSet.Parse("local.example");
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static RelayRequest Request(
        string? client = "203.0.113.9", string? user = null, string from = "<a@b.example>", string to = "<r@far.example>", DomainSet? local = null, SmtpPath? path = null) => new(
        new ClientEndpoint(client is null ? null : IPAddress.Parse(client)),
        new AuthIdentity(user, "PLAIN", ["staff"]),
        SmtpPath.ParseReversePath(from, AddressOptions.SmtpUtf8),
        path ?? SmtpPath.ParseForwardPath(to, AddressOptions.SmtpUtf8),
        local ?? Local,
        Noon);

    public static RelayRule AtConnect(string name, Condition condition, RuleAction action = RuleAction.Reject) => new(name, RelayStage.Connect, condition, action);

    public static RelayRule AtSender(string name, Condition condition, RuleAction action = RuleAction.Reject) => new(name, RelayStage.Sender, condition, action);

    public static RelayRule AtRecipient(string name, Condition condition, RuleAction action = RuleAction.Accept) => new(name, RelayStage.Recipient, condition, action);

    public static RelayVerdict Decide(RelayRequest request, params RelayRule[] rules) => RelayRuleSet.Create(rules).Evaluate(request);

    public static IReadOnlyList<PolicyDiagnostic> ErrorsOf(params RelayRule[] rules) =>
        RelayRuleSet.TryCreate(rules, null, out _, out IReadOnlyList<PolicyDiagnostic> errors) ? [] : errors;
}
