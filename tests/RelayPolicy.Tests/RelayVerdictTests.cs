using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>Verdicts and their replies.</summary>
public class RelayVerdictTests
{
    [Fact]
    public void The_default_verdict_refuses_with_550_5_7_1()
    {
        RelayVerdict verdict = default;
        Assert.Equal((RelayAction.Reject, "550 5.7.1 Relaying denied"), (verdict.Action, verdict.Reply.ToString()));
        Assert.True(verdict.IsRefused);
    }

    [Theory]
    [InlineData(RelayAction.Reject, "550 5.7.1 Relaying denied")]
    [InlineData(RelayAction.Defer, "451 4.3.0 Temporary failure, try again later")]
    [InlineData(RelayAction.Deliver, "250 2.1.5 Recipient OK")]
    [InlineData(RelayAction.Relay, "250 2.1.5 Recipient OK")]
    [InlineData(RelayAction.Continue, "250 2.0.0 OK")]
    [InlineData((RelayAction)99, "550 5.7.1 Relaying denied")]
    public void A_verdict_without_a_reply_has_one_that_fits(RelayAction action, string reply) =>
        Assert.Equal(reply, new RelayVerdict { Action = action }.Reply.ToString());

    [Fact]
    public void An_undefined_action_refuses() => Assert.True(new RelayVerdict { Action = (RelayAction)99 }.IsRefused);

    [Fact]
    public void The_zero_of_every_enumeration_refuses()
    {
        Assert.Equal(RelayAction.Reject, default);
        Assert.Equal(RuleAction.Reject, default);
        Assert.Equal(RoutedRecipients.Refuse, default);
    }

    public static TheoryData<RelayStage, RuleAction, string> RuleReplies => new()
    {
        { RelayStage.Connect, RuleAction.Reject, "554 5.7.1 Connection refused" },
        { RelayStage.Connect, RuleAction.Defer, "421 4.7.1 Connection refused for now, try again later" },
        { RelayStage.Connect, RuleAction.Accept, "250 2.0.0 OK" },
        { RelayStage.Sender, RuleAction.Reject, "550 5.7.1 Sender refused" },
        { RelayStage.Sender, RuleAction.Defer, "451 4.7.1 Sender refused for now, try again later" },
        { RelayStage.Sender, RuleAction.Accept, "250 2.1.0 Sender OK" },
        { RelayStage.Recipient, RuleAction.Reject, "550 5.7.1 Relaying denied" },
        { RelayStage.Recipient, RuleAction.Defer, "451 4.7.1 Recipient refused for now, try again later" },
        { RelayStage.Recipient, RuleAction.Accept, "250 2.1.5 Recipient OK" },
    };

    [Theory]
    [MemberData(nameof(RuleReplies))]
    public void A_rule_without_a_reply_has_the_usual_one_of_its_stage(RelayStage stage, RuleAction action, string reply)
    {
        var rules = RelayRuleSet.Create([new RelayRule("r", stage, Client.In(NetworkSet.Parse("203.0.113.9")), action)]);
        Assert.Equal(reply, rules.Evaluate(Request(), stage).Reply.ToString());
    }

    [Fact]
    public void Missing_authentication_is_530_5_7_0() =>
        Assert.Equal("530 5.7.0 Authentication required", Decide(Request(), AtSender("auth", !Identity.IsAuthenticated)).Reply.ToString());

    [Fact]
    public void Missing_TLS_is_530_5_7_0() =>
        Assert.Equal("530 5.7.0 Must issue a STARTTLS command first", Decide(Request(), AtSender("tls", !Tls.IsOn)).Reply.ToString());

    [Fact]
    public void Placeholders_are_filled_from_the_parsed_values()
    {
        RelayRule rule = AtRecipient("no", Any, RuleAction.Reject) with { Reply = SmtpReply.Parse("550 5.7.1 {client}: {sender} to {recipient}, {recipient}") };
        Assert.Equal(
            "550 5.7.1 203.0.113.9: <a@b.example> to \"odd one\"@far.example, \"odd one\"@far.example",
            Decide(Request(to: "<@route.example:\"odd\\ one\"@FAR.example>"), rule).Reply.ToString());
    }

    [Fact]
    public void A_null_sender_and_an_unknown_client_have_a_text_too()
    {
        RelayRule rule = AtRecipient("no", Any, RuleAction.Reject) with { Reply = SmtpReply.Parse("550 5.7.1 {client} {sender}") };
        Assert.Equal("unknown <>", Decide(Request(null, from: "<>"), rule).Reply.Text);
    }

    [Fact]
    public void What_is_filled_in_is_printable_ASCII_and_cut_to_fit()
    {
        RelayRule rule = AtRecipient("no", Any, RuleAction.Reject) with { Reply = SmtpReply.Parse("550 5.7.1 {recipient}" + string.Concat(Enumerable.Repeat("{sender}", 40))) };
        RelayVerdict verdict = Decide(Request(from: "<ä\U0001F600@b.example>", to: "<{sender}é@far.example>"), rule);
        Assert.StartsWith("{sender}?@far.example<???@b.example>", verdict.Reply.Text, StringComparison.Ordinal);
        Assert.Equal(SmtpReply.MaxTextLength, verdict.Reply.Text.Length);
    }

    [Fact]
    public void A_verdict_prints_on_one_line() =>
        Assert.Equal(
            ["Relay at Recipient by rule \"user\": 250 2.1.5 Recipient OK", "Reject at Recipient by NoRuleMatched: 550 5.7.1 Relaying denied", "Reject at Recipient by rule \"odd\\u00e4name\" (ClientAddressUnknown): 550 5.7.1 Relaying denied: the client address is unknown"],
            [
                Decide(Request(user: "alice"), AtRecipient("user", Identity.IsAuthenticated)).ToString(),
                Decide(Request()).ToString(),
                Decide(Request(null), AtRecipient("odd\u00e4name", Client.IsIPv4, RuleAction.Reject), AtRecipient("far", Recipient.In(DomainSet.Parse("far.example")))).ToString(),
            ]);

    [Fact]
    public void An_explanation_shows_every_rule_and_atom()
    {
        var rules = RelayRuleSet.Create(
            [
                AtConnect("blocked", Client.In(NetworkSet.Parse("198.51.100.0/24").Named("blocklist"))),
                AtRecipient("old", Identity.IsAuthenticated) with { NotAfter = Noon.AddHours(-1) },
                AtRecipient("literal", Identity.IsAuthenticated | Client.In(NetworkSet.Parse("203.0.113.0/24"))),
                AtRecipient("custom", Custom("slow", RelayFacts.Identity, (in RelayRequest _) => true) & Tls.IsOn & !Recipient.IsLocal, RuleAction.Reject),
                AtRecipient("partner", Client.HostIn(DomainSet.Parse("*.partner.example")) & Recipient.IsAddressLiteral),
                AtRecipient("all", Any, RuleAction.Reject),
                AtRecipient("behind", Recipient.IsLocal),
            ]);
        string expected = """
            false        "blocked": at Connect, reject when Client.In(blocklist)
            not in force "old": at Recipient, accept when Identity.IsAuthenticated (until 2026-11-24T11:00:00Z)
            false        "literal": at Recipient, accept when Identity.IsAuthenticated | Client.In(203.0.113.0/24)
                          it does not name Recipient.IsAddressLiteral, and the recipient is at a foreign address literal
                          true         Identity.IsAuthenticated
                          true         Client.In(203.0.113.0/24)
            false        "custom": at Recipient, reject when Custom(slow) & Tls.IsOn & !Recipient.IsLocal
                          not reached  Custom(slow)
                          false        Tls.IsOn
                          true         !Recipient.IsLocal
                            false        Recipient.IsLocal
            unknown      "partner": at Recipient, accept when Client.HostIn(*.partner.example) & Recipient.IsAddressLiteral
                          unknown      Client.HostIn(*.partner.example)
                          true         Recipient.IsAddressLiteral
            true         "all": at Recipient, reject when Any
            not reached  "behind": at Recipient, accept when Recipient.IsLocal
            Defer at Recipient by rule "partner" (UnknownFact): 451 4.4.3 Temporary DNS failure, try again later

            """;
        Assert.Equal(expected.ReplaceLineEndings(), rules.Explain(Request(user: "alice", to: "<r@[203.0.113.1]>")).ToString().ReplaceLineEndings());
    }

    [Fact]
    public void An_explanation_of_a_routed_recipient_says_why_its_destination_does_not_count()
    {
        var rules = RelayRuleSet.Create([AtRecipient("local", Recipient.IsLocal)], new RelayRuleSetOptions { RoutedRecipients = RoutedRecipients.TrustedOnly });
        RuleExplanation rule = Assert.Single(rules.Explain(Request(to: "<r%x@local.example>")).Rules);
        Assert.Equal((ConditionState.False, ConditionState.True, "its destination counts for nothing: the recipient is routed"), (rule.State, rule.Condition?.State, rule.Remark));
    }

    [Fact]
    public void A_refused_connection_explains_the_later_rules_as_not_reached()
    {
        var rules = RelayRuleSet.Create([AtConnect("all", Any), AtRecipient("local", Recipient.IsLocal)]);
        Assert.Equal([ConditionState.True, ConditionState.NotReached], rules.Explain(Request()).Rules.Select(rule => rule.State));
    }
}
