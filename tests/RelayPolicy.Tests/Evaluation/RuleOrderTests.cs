using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Which rule decides: stages, order, ends of lists.</summary>
public class RuleOrderTests
{
    private static readonly NetworkSet Office = NetworkSet.Parse("192.0.2.0/24");

    [Fact]
    public void An_empty_rule_set_rejects() =>
        Assert.Equal((RelayAction.Reject, RelayReason.NoRuleMatched, "550 5.7.1 Relaying denied"), Essence(Decide(Request(to: "<r@local.example>"))));

    [Fact]
    public void What_no_rule_accepts_is_rejected() =>
        Assert.Equal(
            (RelayAction.Reject, RelayReason.NoRuleMatched, "550 5.7.1 Relaying denied"),
            Essence(Decide(Request(), AtRecipient("local", Recipient.IsLocal))));

    [Fact]
    public void An_accepted_local_recipient_is_delivered() =>
        Assert.Equal(RelayAction.Deliver, Decide(Request(to: "<r@local.example>"), AtRecipient("local", Recipient.IsLocal)).Action);

    [Fact]
    public void An_accepted_recipient_elsewhere_is_relayed() =>
        Assert.Equal(RelayAction.Relay, Decide(Request("192.0.2.7"), AtRecipient("office", Client.In(Office))).Action);

    [Fact]
    public void The_first_rule_that_holds_decides_its_stage()
    {
        RelayVerdict verdict = Decide(
            Request("192.0.2.7"),
            AtRecipient("other", Client.In(NetworkSet.Parse("192.0.2.8"))),
            AtRecipient("no", Client.In(Office), RuleAction.Reject),
            AtRecipient("yes", Client.In(Office)));
        Assert.Equal("no", verdict.Rule?.Name);
        Assert.Equal(RelayAction.Reject, verdict.Action);
    }

    [Fact]
    public void Stages_are_asked_in_their_order_whatever_the_order_of_the_rules() =>
        Assert.Equal("connect", Decide(Request("192.0.2.7"), AtRecipient("office", Client.In(Office)), AtSender("sender", Any), AtConnect("connect", Any)).Rule?.Name);

    [Fact]
    public void An_accepting_rule_at_connect_ends_its_stage_and_grants_nothing()
    {
        RelayVerdict verdict = Decide(Request(), AtConnect("friend", Client.In(NetworkSet.EveryIPv4), RuleAction.Accept), AtConnect("all", Any));
        Assert.Equal((RelayAction.Reject, RelayReason.NoRuleMatched), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void An_accepting_rule_at_sender_ends_its_stage_and_grants_nothing()
    {
        RelayVerdict verdict = Decide(Request(), AtSender("mine", Sender.In(DomainSet.Parse("b.example")), RuleAction.Accept), AtSender("all", Any));
        Assert.Equal((RelayAction.Reject, RelayReason.NoRuleMatched), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void A_defer_rule_defers() =>
        Assert.Equal((RelayAction.Defer, RelayReason.Rule, "451 4.7.1 Recipient refused for now, try again later"), Essence(Decide(Request(), AtRecipient("later", Any, RuleAction.Defer))));

    [Theory]
    [InlineData(RelayStage.Connect, RelayAction.Continue)]
    [InlineData(RelayStage.Sender, RelayAction.Reject)]
    public void An_evaluation_through_a_stage_asks_no_later_one(RelayStage through, RelayAction expected) =>
        Assert.Equal(expected, RelayRuleSet.Create([AtSender("all", Any)]).Evaluate(Request(), through).Action);

    [Fact]
    public void Nothing_against_it_through_an_earlier_stage_is_no_permission()
    {
        RelayVerdict verdict = RelayRuleSet.Create([AtRecipient("office", Client.In(Office))]).Evaluate(Request("192.0.2.7"), RelayStage.Sender);
        Assert.Equal(RelayAction.Continue, verdict.Action);
        Assert.False(verdict.IsAccepted);
        Assert.False(verdict.IsRefused);
    }

    [Fact]
    public void Through_connect_sender_and_recipient_may_be_missing()
    {
        var request = new RelayRequest(new ClientEndpoint(System.Net.IPAddress.Parse("192.0.2.7")), null, default, default);
        Assert.Equal(RelayAction.Continue, RelayRuleSet.Create([AtConnect("blocked", !Client.In(Office))]).Evaluate(request, RelayStage.Connect).Action);
    }

    [Fact]
    public void The_request_s_local_domains_take_the_place_of_the_options_ones()
    {
        var rules = RelayRuleSet.Create([AtRecipient("local", Recipient.IsLocal)], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("far.example") });
        Assert.Equal(RelayAction.Reject, rules.Evaluate(Request()).Action);
        Assert.Equal(RelayAction.Deliver, rules.Evaluate(Request() with { LocalDomains = null }).Action);
    }

    [Fact]
    public void The_bare_postmaster_is_local_whatever_the_local_domains() =>
        Assert.Equal(RelayAction.Deliver, Decide(Request(to: "<PostMaster>", local: DomainSet.Empty), AtRecipient("local", Recipient.IsLocal)).Action);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_rule_is_there_from_its_first_to_its_last_instant(int hour, bool isThere)
    {
        var rule = AtRecipient("office", Client.In(Office)) with { NotBefore = Noon, NotAfter = Noon.AddHours(3) };
        Assert.Equal(isThere, Decide(Request("192.0.2.7") with { Instant = Noon.AddHours(hour) }, rule).IsAccepted);
    }

    [Fact]
    public void A_request_without_an_instant_is_of_now()
    {
        var before = DateTimeOffset.UtcNow;
        var request = new RelayRequest(default, null, SmtpPath.Null, SmtpPath.ParseForwardPath("<postmaster>"));
        Assert.InRange(request.Instant, before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public void The_secure_default_takes_local_mail_and_relays_for_the_authenticated_only()
    {
        var rules = RelayRuleSet.SecureDefault(Local);
        Assert.Equal(RelayAction.Deliver, rules.Evaluate(Request(to: "<r@local.example>")).Action);
        Assert.Equal(RelayAction.Relay, rules.Evaluate(Request(user: "alice")).Action);
        Assert.Equal(RelayAction.Reject, rules.Evaluate(Request(from: "<me@local.example>")).Action);
        Assert.Empty(rules.Warnings);
    }

    private static (RelayAction Action, RelayReason Reason, string Reply) Essence(RelayVerdict verdict) => (verdict.Action, verdict.Reason, verdict.Reply.ToString());
}
