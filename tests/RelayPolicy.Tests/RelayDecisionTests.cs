using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>Composition of whole decisions.</summary>
public class RelayDecisionTests
{
    private sealed class Says(RelayAction action) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient) => new() { Action = action };
    }

    private sealed class Throws : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient) => throw new InvalidOperationException("broken");
    }

    private static IRelayDecision Deliver => new Says(RelayAction.Deliver);

    [Theory]
    [InlineData(RelayAction.Deliver, RelayAction.Deliver, RelayAction.Deliver)]
    [InlineData(RelayAction.Relay, RelayAction.Relay, RelayAction.Relay)]
    [InlineData(RelayAction.Deliver, RelayAction.Relay, RelayAction.Reject)]
    [InlineData(RelayAction.Deliver, RelayAction.Defer, RelayAction.Defer)]
    [InlineData(RelayAction.Deliver, RelayAction.Reject, RelayAction.Reject)]
    [InlineData(RelayAction.Defer, RelayAction.Reject, RelayAction.Reject)]
    [InlineData(RelayAction.Defer, RelayAction.Relay, RelayAction.Defer)]
    [InlineData(RelayAction.Deliver, RelayAction.Continue, RelayAction.Reject)]
    [InlineData(RelayAction.Deliver, (RelayAction)9, RelayAction.Reject)]
    public void All_accept_only_what_every_member_accepts_and_the_strictest_wins(RelayAction first, RelayAction second, RelayAction expected)
    {
        Assert.Equal(expected, RelayDecision.All(new Says(first), new Says(second)).Evaluate(Request()).Action);
        Assert.Equal(expected, RelayDecision.All(new Says(second), new Says(first)).Evaluate(Request()).Action);
    }

    [Theory]
    [InlineData(RelayAction.Continue, RelayAction.Continue, RelayAction.Continue)]
    [InlineData(RelayAction.Continue, RelayAction.Defer, RelayAction.Defer)]
    [InlineData(RelayAction.Continue, RelayAction.Reject, RelayAction.Reject)]
    [InlineData(RelayAction.Continue, RelayAction.Deliver, RelayAction.Reject)]
    public void Through_an_earlier_stage_all_continue_only_if_every_member_does(RelayAction first, RelayAction second, RelayAction expected) =>
        Assert.Equal(expected, RelayDecision.All(new Says(first), new Says(second)).Evaluate(Request(), RelayStage.Sender).Action);

    [Fact]
    public void The_strictest_member_s_verdict_is_the_answer_as_it_is()
    {
        RelayVerdict verdict = RelayDecision.All(Deliver, RelayRuleSet.Create([AtRecipient("no", Condition.Any, RuleAction.Reject)])).Evaluate(Request());
        Assert.Equal("no", verdict.Rule?.Name);
    }

    [Theory]
    [InlineData(RelayAction.Deliver, RelayAction.Defer, RelayAction.Relay)]
    [InlineData(RelayAction.Deliver, RelayAction.Relay, RelayAction.Defer)]
    [InlineData(RelayAction.Defer, RelayAction.Relay, RelayAction.Deliver)]
    public void Members_that_accept_differently_reject_whatever_the_order(RelayAction first, RelayAction second, RelayAction third) =>
        Assert.Equal(RelayAction.Reject, RelayDecision.All(new Says(first), new Says(second), new Says(third)).Evaluate(Request()).Action);

    private sealed class Contradicts(RelayAction action, string reply) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient) => new() { Action = action, Reply = SmtpReply.Parse(reply) };
    }

    [Theory]
    [InlineData(RelayAction.Reject, "250 2.1.5 OK")]
    [InlineData(RelayAction.Defer, "550 5.7.1 No")]
    [InlineData(RelayAction.Relay, "451 4.3.0 Later")]
    public void A_member_whose_reply_contradicts_its_action_refuses(RelayAction action, string reply)
    {
        RelayVerdict verdict = RelayDecision.All(new Contradicts(action, reply)).Evaluate(Request());
        Assert.Equal((RelayAction.Reject, RelayReason.Fault, 550), (verdict.Action, verdict.Reason, verdict.Reply.Code));
    }

    [Fact]
    public void A_member_that_throws_refuses()
    {
        RelayVerdict verdict = RelayDecision.All(Deliver, new Throws()).Evaluate(Request());
        Assert.Equal((RelayAction.Reject, RelayReason.Fault, "broken"), (verdict.Action, verdict.Reason, verdict.Fault?.Message));
    }

    [Fact]
    public void A_decision_of_no_member_or_of_null_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => RelayDecision.All());
        Assert.Throws<ArgumentException>(() => RelayDecision.All(Deliver, null!));
    }

    [Fact]
    public void A_shadowed_decision_answers_with_the_live_one_and_reports_the_difference()
    {
        var reported = new List<(RelayAction, RelayAction)>();
        IRelayDecision shadow = RelayDecision.Shadow(Deliver, new Says(RelayAction.Defer), (in RelayRequest _, RelayVerdict live, RelayVerdict candidate) => reported.Add((live.Action, candidate.Action)));
        Assert.Equal(RelayAction.Deliver, shadow.Evaluate(Request()).Action);
        Assert.Equal([(RelayAction.Deliver, RelayAction.Defer)], reported);
    }

    [Fact]
    public void A_shadowed_decision_reports_nothing_where_both_agree()
    {
        var reported = 0;
        RelayDecision.Shadow(Deliver, Deliver, (in RelayRequest _, RelayVerdict _, RelayVerdict _) => reported++).Evaluate(Request());
        Assert.Equal(0, reported);
    }

    [Fact]
    public void A_shadowed_decision_reports_another_reply_code_too()
    {
        var reported = 0;
        RelayRuleSet With(string reply) => RelayRuleSet.Create([AtRecipient("no", Condition.Any, RuleAction.Reject) with { Reply = SmtpReply.Parse(reply) }]);
        RelayDecision.Shadow(With("550 5.7.1 no"), With("550 5.1.1 no"), (in RelayRequest _, RelayVerdict _, RelayVerdict _) => reported++).Evaluate(Request());
        Assert.Equal(1, reported);
    }

    [Fact]
    public void A_shadowed_decision_reports_that_one_delivers_what_the_other_relays()
    {
        var reported = 0;
        RelayDecision.Shadow(Deliver, new Says(RelayAction.Relay), (in RelayRequest _, RelayVerdict _, RelayVerdict _) => reported++).Evaluate(Request());
        Assert.Equal(1, reported);
    }

    [Fact]
    public void The_verdict_of_the_first_of_equally_strict_members_is_the_answer()
    {
        RelayRuleSet Deferring(string name) => RelayRuleSet.Create([AtRecipient(name, Condition.Any, RuleAction.Defer)]);
        Assert.Equal("first", RelayDecision.All(Deferring("first"), Deferring("second")).Evaluate(Request()).Rule?.Name);
    }

    [Fact]
    public void Null_members_are_errors_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>("members", () => RelayDecision.All(null!));
        Assert.Throws<ArgumentNullException>("live", () => RelayDecision.Shadow(null!, Deliver, (in RelayRequest _, RelayVerdict _, RelayVerdict _) => { }));
        Assert.Throws<ArgumentNullException>("candidate", () => RelayDecision.Shadow(Deliver, null!, (in RelayRequest _, RelayVerdict _, RelayVerdict _) => { }));
        Assert.Throws<ArgumentNullException>("onDifference", () => RelayDecision.Shadow(Deliver, Deliver, null!));
    }

    [Fact]
    public void Neither_a_broken_candidate_nor_a_broken_observer_touches_the_live_answer()
    {
        Exception? fault = null;
        IRelayDecision shadow = RelayDecision.Shadow(Deliver, new Throws(), (in RelayRequest _, RelayVerdict _, RelayVerdict candidate) =>
        {
            fault = candidate.Fault;
            throw new InvalidOperationException("observer");
        });
        Assert.Equal(RelayAction.Deliver, shadow.Evaluate(Request()).Action);
        Assert.Equal("broken", fault?.Message);
    }

    [Fact]
    public void A_broken_live_decision_refuses() =>
        Assert.Equal((RelayAction.Reject, RelayReason.Fault), (RelayDecision.Shadow(new Throws(), Deliver, (in RelayRequest _, RelayVerdict _, RelayVerdict _) => { }).Evaluate(Request()) is { } v ? (v.Action, v.Reason) : default));
}
