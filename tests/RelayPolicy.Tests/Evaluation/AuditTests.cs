using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Audit-only rules are watched and never decide.</summary>
public class AuditTests
{
    private static readonly RelayRule Local = AtRecipient("local", Recipient.IsLocal);

    private static RelayRule Watched(RelayRule rule) => rule with { AuditOnly = true };

    [Fact]
    public void An_audit_only_rule_that_would_have_refused_is_named_and_changes_nothing()
    {
        RelayVerdict verdict = Decide(Request(to: "<r@local.example>"), Watched(AtRecipient("new", Sender.In(DomainSet.Parse("b.example")), RuleAction.Reject)), Local);
        Assert.Equal((RelayAction.Deliver, "local", "new"), (verdict.Action, verdict.Rule?.Name, verdict.AuditRule?.Name));
    }

    [Fact]
    public void An_audit_only_rule_that_would_have_accepted_is_named_and_grants_nothing()
    {
        RelayVerdict verdict = Decide(Request(), Watched(AtRecipient("new", Recipient.In(DomainSet.Parse("far.example")))), Local);
        Assert.Equal((RelayAction.Reject, "new"), (verdict.Action, verdict.AuditRule?.Name));
    }

    [Fact]
    public void An_audit_only_rule_that_agrees_is_not_named() =>
        Assert.Null(Decide(Request(to: "<r@local.example>"), Watched(AtRecipient("new", Recipient.IsLocal)), Local).AuditRule);

    [Fact]
    public void An_audit_only_rule_behind_the_deciding_one_is_not_named() =>
        Assert.Null(Decide(Request(to: "<r@local.example>"), Local, Watched(AtRecipient("new", Any, RuleAction.Reject))).AuditRule);

    [Fact]
    public void The_first_audit_only_rule_that_differs_is_named()
    {
        RelayVerdict verdict = Decide(
            Request(to: "<r@local.example>"),
            Watched(AtRecipient("agrees", Recipient.IsLocal)),
            Watched(AtRecipient("first", Any, RuleAction.Defer)),
            Watched(AtRecipient("second", Any, RuleAction.Reject)),
            Local);
        Assert.Equal("first", verdict.AuditRule?.Name);
    }

    [Fact]
    public void An_audit_only_rule_at_connect_is_named_by_the_whole_evaluation() =>
        Assert.Equal("new", Decide(Request(to: "<r@local.example>"), Watched(AtConnect("new", Client.IsIPv4)), Local).AuditRule?.Name);

    [Fact]
    public void An_audit_only_rule_that_would_have_spared_a_refusal_is_named() =>
        Assert.Equal("new", Decide(Request(to: "<r@local.example>"), Watched(AtConnect("new", Client.IsIPv4, RuleAction.Accept)), AtConnect("no", Any), Local).AuditRule?.Name);

    [Fact]
    public void An_unknown_audit_only_rule_is_not_named_and_does_not_make_the_verdict_unknown()
    {
        RelayVerdict verdict = Decide(Request(null, to: "<r@local.example>"), Watched(AtConnect("new", Client.IsIPv4)), Local);
        Assert.Equal((RelayAction.Deliver, null), (verdict.Action, verdict.AuditRule));
    }

    [Fact]
    public void An_audit_only_rule_must_pass_the_lint_too() =>
        Assert.NotEmpty(ErrorsOf(Watched(AtRecipient("new", Any))));
}
