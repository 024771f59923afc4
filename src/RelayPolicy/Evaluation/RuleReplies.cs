namespace RelayPolicy;

/// <summary>The replies of rules that hold none.</summary>
internal static class RuleReplies
{
    private static readonly SmtpReply AuthenticationRequired = new(530, new(5, 7, 0), "Authentication required");
    private static readonly SmtpReply TlsRequired = new(530, new(5, 7, 0), "Must issue a STARTTLS command first");
    private static readonly SmtpReply ConnectionRefused = new(554, new(5, 7, 1), "Connection refused");
    private static readonly SmtpReply ConnectionDeferred = new(421, new(4, 7, 1), "Connection refused for now, try again later");
    private static readonly SmtpReply SenderRefused = new(550, new(5, 7, 1), "Sender refused");
    private static readonly SmtpReply SenderDeferred = new(451, new(4, 7, 1), "Sender refused for now, try again later");
    private static readonly SmtpReply RecipientDeferred = new(451, new(4, 7, 1), "Recipient refused for now, try again later");
    private static readonly SmtpReply SenderAccepted = new(250, new(2, 1, 0), "Sender OK");

    /// <summary>The reply of a rule that holds none. A refusal at connect is 554 or 421 (RFC 5321 §3.1, §4.2.1); what a client can
    /// mend by authenticating or by starting TLS is 530 (RFC 4954 §6, RFC 3207 §4).</summary>
    public static SmtpReply For(RelayRule rule) => (rule.Stage, rule.Action) switch
    {
        (RelayStage.Connect, RuleAction.Accept) => DefaultReplies.SessionContinues,
        (RelayStage.Connect, RuleAction.Defer) => ConnectionDeferred,
        (RelayStage.Connect, _) => ConnectionRefused,
        (RelayStage.Sender, RuleAction.Accept) => SenderAccepted,
        (RelayStage.Sender, RuleAction.Defer) => SenderDeferred,
        (RelayStage.Sender, _) when rule.Condition == !Condition.Identity.IsAuthenticated => AuthenticationRequired,
        (RelayStage.Sender, _) when rule.Condition == !Condition.Tls.IsOn => TlsRequired,
        (RelayStage.Sender, _) => SenderRefused,
        (_, RuleAction.Accept) => DefaultReplies.RecipientAccepted,
        (_, RuleAction.Defer) => RecipientDeferred,
        _ => DefaultReplies.RelayingDenied,
    };
}
