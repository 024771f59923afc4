using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Recipients that name another destination, in the local-part or by an address.</summary>
public class RoutedAndLiteralTests
{
    private static readonly NetworkSet Office = NetworkSet.Parse("192.0.2.0/24");
    private static readonly RelayRule[] Usual = [AtRecipient("office", Client.In(Office)), AtRecipient("user", Identity.IsAuthenticated), AtRecipient("local", Recipient.IsLocal)];

    [Theory]
    [InlineData("<r%far.example@local.example>")]
    [InlineData("<far.example!r@local.example>")]
    [InlineData("<\"r@far.example\"@local.example>")]
    [InlineData("<\"\\\"@far.example\"@local.example>")]
    [InlineData("</etc/passwd@local.example>")]
    [InlineData("<|program@local.example>")]
    [InlineData("<@a.example:r%far.example@local.example>")]
    public void A_routed_recipient_is_refused_for_everybody(string to)
    {
        RelayVerdict verdict = Decide(Request("192.0.2.7", user: "alice", to: to), Usual);
        Assert.Equal((RelayAction.Reject, RelayReason.RoutedRecipient, 550), (verdict.Action, verdict.Reason, verdict.Reply.Code));
    }

    [Fact]
    public void A_routed_recipient_is_refused_even_where_a_rule_names_it() =>
        Assert.Equal(RelayReason.RoutedRecipient, Decide(Request("192.0.2.7", to: "<r%far.example@local.example>"), AtRecipient("routed", Recipient.IsRouted & Client.In(Office))).Reason);

    [Fact]
    public void A_refusal_at_an_earlier_stage_comes_before_that_of_a_routed_recipient() =>
        Assert.Equal("blocked", Decide(Request(to: "<r%far.example@local.example>"), AtConnect("blocked", Any)).Rule?.Name);

    [Theory]
    [InlineData("203.0.113.9", null, RelayAction.Reject, RelayReason.RoutedRecipient)]
    [InlineData("192.0.2.7", null, RelayAction.Deliver, RelayReason.Rule)]
    [InlineData("203.0.113.9", "alice", RelayAction.Deliver, RelayReason.Rule)]
    public void Where_the_trusted_may_route_only_client_or_identity_lets_a_routed_recipient_pass(string client, string? user, RelayAction action, RelayReason reason)
    {
        var rules = RelayRuleSet.Create(Usual, new RelayRuleSetOptions { RoutedRecipients = RoutedRecipients.TrustedOnly });
        RelayVerdict verdict = rules.Evaluate(Request(client, user, to: "<r%far.example@local.example>"));
        Assert.Equal((action, reason), (verdict.Action, verdict.Reason));
    }

    public static TheoryData<string> Destinations => new("IsLocal", "In", "Is");

    [Theory]
    [MemberData(nameof(Destinations))]
    public void Where_the_trusted_may_route_no_destination_counts_for_a_routed_recipient(string atom)
    {
        Condition destination = atom switch
        {
            "IsLocal" => Recipient.IsLocal,
            "In" => Recipient.In(Local),
            _ => Recipient.Is(AddressSet.Parse("r%far.example@local.example")),
        };
        var options = new RelayRuleSetOptions { RoutedRecipients = RoutedRecipients.TrustedOnly };
        var request = Request(to: "<r%far.example@local.example>");
        Assert.Equal(RelayAction.Reject, RelayRuleSet.Create([AtRecipient("in", destination)], options).Evaluate(request).Action);
        Assert.Equal("in", RelayRuleSet.Create([AtRecipient("in", destination, RuleAction.Reject)], options).Evaluate(request).Rule?.Name);
    }

    [Fact]
    public void Where_the_trusted_may_route_a_negated_destination_keeps_its_meaning()
    {
        var options = new RelayRuleSetOptions { RoutedRecipients = RoutedRecipients.TrustedOnly };
        var rules = RelayRuleSet.Create([AtRecipient("office", Client.In(Office) & !Recipient.In(Local))], options);
        Assert.Equal(RelayAction.Reject, rules.Evaluate(Request("192.0.2.7", to: "<r%x@local.example>")).Action);
        Assert.Equal(RelayAction.Relay, rules.Evaluate(Request("192.0.2.7", to: "<r%x@far.example>")).Action);
    }

    [Theory]
    [InlineData("<r@[169.254.169.254]>")]
    [InlineData("<r@[IPv6:2001:db8::1]>")]
    public void A_foreign_address_literal_is_refused_to_the_trusted_too(string to)
    {
        RelayVerdict verdict = Decide(Request("192.0.2.7", user: "alice", to: to), Usual);
        Assert.Equal((RelayAction.Reject, RelayReason.AddressLiteral), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void A_local_address_literal_is_a_local_recipient() =>
        Assert.Equal(RelayAction.Deliver, Decide(Request(to: "<r@[192.0.2.1]>", local: DomainSet.Parse("[192.0.2.1]")), Usual).Action);

    public static TheoryData<string, bool> Conjunctions => new()
    {
        { "trust & literal", true },
        { "trust & (literal | tls)", true },
        { "(trust & tls) | (trust & literal)", true },
        { "trust & !!literal", true },
        { "trust & (tls | !tls)", false },
        { "(trust & !tls) | (trust & literal & tls)", false },
        { "trust & !(!literal & tls)", true },
        { "trust & !(literal & tls)", false },
        { "trust & (!literal | !tls)", false },
    };

    [Theory]
    [MemberData(nameof(Conjunctions))]
    public void A_foreign_address_literal_is_accepted_only_by_a_conjunction_that_names_literals(string condition, bool accepted)
    {
        Condition trust = Client.In(Office), literal = Recipient.IsAddressLiteral, tls = Tls.IsOn;
        Condition parsed = condition switch
        {
            "trust & literal" => trust & literal,
            "trust & (literal | tls)" => trust & (literal | tls),
            "(trust & tls) | (trust & literal)" => (trust & tls) | (trust & literal),
            "trust & !!literal" => trust & !!literal,
            "trust & (tls | !tls)" => trust & (tls | !tls),
            "(trust & !tls) | (trust & literal & tls)" => (trust & !tls) | (trust & literal & tls),
            "trust & !(!literal & tls)" => trust & !(!literal & tls),
            "trust & !(literal & tls)" => trust & !(literal & tls),
            _ => trust & (!literal | !tls),
        };
        Assert.Equal(accepted, Decide(Request("192.0.2.7", to: "<r@[203.0.113.1]>"), AtRecipient("office", parsed)).IsAccepted);
    }

    [Fact]
    public void Naming_literals_is_no_support_of_its_own() =>
        Assert.NotEmpty(ErrorsOf(AtRecipient("literals", Recipient.IsAddressLiteral)));
}
