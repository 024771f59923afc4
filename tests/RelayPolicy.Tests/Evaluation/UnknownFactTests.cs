using System.Net;
using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Unknown facts never grant.</summary>
public class UnknownFactTests
{
    private static readonly NetworkSet Office = NetworkSet.Parse("192.0.2.0/24");
    private static readonly DomainSet Partners = DomainSet.Parse("*.partner.example");

    private static RelayRequest Named(HostNameStatus status, string to = "<r@far.example>", params string[] names) =>
        Request(to: to) with { Client = new ClientEndpoint(IPAddress.Parse("203.0.113.9")).WithHostNames(status, names) };

    [Theory]
    [InlineData(HostNameStatus.NotAsked)]
    [InlineData(HostNameStatus.TemporaryFailure)]
    public void A_verdict_that_depends_on_the_DNS_is_deferred_while_it_does_not_answer(HostNameStatus status)
    {
        RelayVerdict verdict = Decide(Named(status), AtRecipient("partner", Client.HostIn(Partners)));
        Assert.Equal((RelayAction.Defer, RelayReason.UnknownFact, "451 4.4.3", "partner"), (verdict.Action, verdict.Reason, verdict.Reply.ToString()[..9], verdict.Rule?.Name));
    }

    [Theory]
    [InlineData(HostNameStatus.None)]
    [InlineData(HostNameStatus.Unconfirmed)]
    public void A_name_that_is_not_confirmed_is_no_name(HostNameStatus status) =>
        Assert.Equal(RelayAction.Reject, Decide(Named(status, names: "mx.partner.example"), AtRecipient("partner", Client.HostIn(Partners))).Action);

    [Fact]
    public void A_confirmed_name_counts() =>
        Assert.Equal(RelayAction.Relay, Decide(Named(HostNameStatus.Confirmed, names: ["x.example", "mx.partner.example"]), AtRecipient("partner", Client.HostIn(Partners))).Action);

    [Fact]
    public void A_silent_DNS_does_not_matter_where_every_possible_end_is_the_same()
    {
        var rules = new[] { AtRecipient("partner", Client.HostIn(Partners)), AtRecipient("local", Recipient.IsLocal) };
        RelayVerdict verdict = Decide(Named(HostNameStatus.TemporaryFailure, "<r@local.example>"), rules);
        Assert.Equal((RelayAction.Deliver, "partner"), (verdict.Action, verdict.Rule?.Name));
    }

    [Fact]
    public void A_silent_DNS_does_not_matter_to_a_conjunction_that_is_false_anyway() =>
        Assert.Equal(RelayReason.NoRuleMatched, Decide(Named(HostNameStatus.TemporaryFailure), AtRecipient("partner", Client.HostIn(Partners) & Tls.IsOn)).Reason);

    [Fact]
    public void A_silent_DNS_does_not_matter_to_a_disjunction_that_is_true_anyway() =>
        Assert.Equal(RelayAction.Relay, Decide(Request("192.0.2.7"), AtRecipient("office", Client.HostIn(Partners) | Client.In(Office))).Action);

    [Fact]
    public void What_might_be_refused_at_connect_is_deferred()
    {
        RelayRule[] rules = [AtConnect("nameless", !Client.HasConfirmedName), AtRecipient("local", Recipient.IsLocal)];
        Assert.Equal(RelayAction.Defer, Decide(Named(HostNameStatus.TemporaryFailure, "<r@local.example>"), rules).Action);
    }

    [Fact]
    public void Through_an_earlier_stage_an_unknown_fact_refuses_nobody()
    {
        RelayVerdict verdict = RelayRuleSet.Create([AtConnect("nameless", !Client.HasConfirmedName)]).Evaluate(Named(HostNameStatus.TemporaryFailure), RelayStage.Connect);
        Assert.Equal((RelayAction.Continue, RelayReason.UnknownFact), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void Something_or_its_contrary_is_unknown_while_the_fact_is()
    {
        RelayVerdict verdict = Decide(Named(HostNameStatus.TemporaryFailure), AtRecipient("all", (Client.HasConfirmedName | !Client.HasConfirmedName) & Client.IsIPv4) with { AcceptsFromAnyone = true });
        Assert.Equal(RelayAction.Defer, verdict.Action);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("10.88.0.1")]
    [InlineData("::ffff:10.88.0.1")]
    public void A_client_without_a_known_address_passes_neither_a_block_list_nor_an_all_except_list(string? client)
    {
        var options = new RelayRuleSetOptions { Gateways = NetworkSet.Parse("10.88.0.0/16") };
        var blocking = RelayRuleSet.Create([AtConnect("blocked", Client.In(Office)), AtRecipient("local", Recipient.IsLocal)], options);
        var exempting = RelayRuleSet.Create([AtRecipient("all except", !Client.In(Office)) with { AcceptsFromAnyone = true }], options);
        foreach (var rules in new[] { blocking, exempting })
        {
            RelayVerdict verdict = rules.Evaluate(Request(client, to: "<r@local.example>"));
            Assert.Equal((RelayAction.Reject, RelayReason.ClientAddressUnknown), (verdict.Action, verdict.Reason));
            Assert.Equal((550, new EnhancedStatusCode(5, 7, 1)), (verdict.Reply.Code, verdict.Reply.Enhanced));
        }
    }

    [Fact]
    public void A_client_without_a_known_address_still_sends_local_mail_where_its_address_does_not_matter() =>
        Assert.Equal(RelayAction.Deliver, Decide(Request(null, to: "<r@local.example>"), AtRecipient("office", Client.In(Office)), AtRecipient("local", Recipient.IsLocal)).Action);

    [Fact]
    public void The_host_names_of_a_client_behind_a_gateway_are_unknown_with_its_address()
    {
        var rules = RelayRuleSet.Create([AtRecipient("partner", Client.HostIn(Partners))], new RelayRuleSetOptions { Gateways = NetworkSet.Parse("203.0.113.9") });
        RelayVerdict verdict = rules.Evaluate(Named(HostNameStatus.Confirmed, names: "mx.partner.example"));
        Assert.Equal((RelayAction.Reject, RelayReason.ClientAddressUnknown), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void Of_a_temporary_and_a_permanent_unknown_the_strictest_end_is_taken()
    {
        RelayRule[] rules = [AtRecipient("office", Client.In(Office)), AtRecipient("user", Identity.IsAuthenticated)];
        Assert.Equal(RelayAction.Reject, Decide(Request(null) with { UnknownFacts = RelayFacts.Identity }, rules).Action);
        Assert.Equal(RelayAction.Defer, Decide(Request() with { UnknownFacts = RelayFacts.Identity }, rules).Action);
    }

    [Fact]
    public void The_rule_that_is_named_is_the_first_possible_one_in_rule_order_whatever_its_action()
    {
        RelayVerdict verdict = Decide(
            Named(HostNameStatus.TemporaryFailure),
            AtConnect("may pass", Client.HostIn(Partners), RuleAction.Accept),
            AtConnect("may be deferred", Client.HasConfirmedName, RuleAction.Defer),
            AtConnect("is refused", Any));
        Assert.Equal((RelayAction.Defer, "may be deferred"), (verdict.Action, verdict.Rule?.Name));
    }

    [Fact]
    public void The_strictest_end_can_be_a_deferral()
    {
        RelayVerdict verdict = Decide(Request(null), AtRecipient("later", Client.In(Office), RuleAction.Defer), AtRecipient("user", Identity.IsAuthenticated | Recipient.In(DomainSet.Parse("far.example"))));
        Assert.Equal((RelayAction.Defer, RelayReason.ClientAddressUnknown, "later", 451), (verdict.Action, verdict.Reason, verdict.Rule?.Name, verdict.Reply.Code));
    }

    [Fact]
    public void Where_locality_is_unknown_even_the_trusted_are_deferred_because_deliver_and_relay_differ()
    {
        RelayVerdict verdict = Decide(Request("192.0.2.7") with { UnknownFacts = RelayFacts.Locality }, AtRecipient("office", Client.In(Office)));
        Assert.Equal((RelayAction.Defer, RelayReason.UnknownFact, "451 4.3.0"), (verdict.Action, verdict.Reason, verdict.Reply.ToString()[..9]));
    }

    [Fact]
    public void Where_locality_is_unknown_the_bare_postmaster_is_local_still() =>
        Assert.Equal(RelayAction.Deliver, Decide(Request(to: "<postmaster>") with { UnknownFacts = RelayFacts.Locality }, AtRecipient("local", Recipient.IsLocal)).Action);

    [Fact]
    public void Where_locality_is_unknown_an_address_literal_is_deferred() =>
        Assert.Equal(RelayAction.Defer, Decide(Request("192.0.2.7", to: "<r@[192.0.2.1]>") with { UnknownFacts = RelayFacts.Locality }, AtRecipient("office", Client.In(Office))).Action);

    [Fact]
    public void Where_ownership_is_unknown_nobody_owns_and_nobody_is_refused_for_good() =>
        Assert.Equal(RelayAction.Defer, Decide(Request(user: "alice") with { UnknownFacts = RelayFacts.Ownership }, AtRecipient("own", Identity.OwnsSender)).Action);

    public static TheoryData<string> InvalidRequests => new(
        "default", "null recipient", "default recipient", "default sender", "postmaster as sender", "confirmed without address", "confirmed without names",
        "undefined status", "undefined provenance", "port", "unknown client marked", "undefined fact marked", "undefined stage");

    [Theory]
    [MemberData(nameof(InvalidRequests))]
    public void An_invalid_request_is_refused_with_its_reason(string kind)
    {
        var rules = RelayRuleSet.Create([AtRecipient("all", Any) with { AcceptsFromAnyone = true }]);
        RelayRequest good = Request(user: "alice");
        Assert.True(rules.Evaluate(good).IsAccepted);
        RelayRequest request = kind switch
        {
            "default" => default,
            "null recipient" => Request(user: "alice", path: SmtpPath.Null),
            "default recipient" => good with { Recipient = default },
            "default sender" => good with { Sender = default },
            "postmaster as sender" => good with { Sender = SmtpPath.ParseForwardPath("<postmaster>") },
            "confirmed without address" => good with { Client = default(ClientEndpoint).WithHostNames(HostNameStatus.Confirmed, "mx.example") },
            "confirmed without names" => good with { Client = good.Client.WithHostNames(HostNameStatus.Confirmed) },
            "undefined status" => good with { Client = good.Client.WithHostNames((HostNameStatus)9) },
            "undefined provenance" => good with { Client = good.Client with { Provenance = (ClientProvenance)2 } },
            "port" => good with { Client = new ClientEndpoint(IPAddress.Loopback, 65_536) },
            "unknown client marked" => good with { UnknownFacts = RelayFacts.ClientAddress },
            "undefined fact marked" => good with { UnknownFacts = (RelayFacts)(1 << 20) },
            _ => good,
        };
        RelayVerdict verdict = rules.Evaluate(request, kind == "undefined stage" ? (RelayStage)3 : RelayStage.Recipient);
        Assert.Equal((RelayAction.Reject, RelayReason.InvalidRequest), (verdict.Action, verdict.Reason));
        Assert.StartsWith("The request is refused: ", verdict.Fault?.Message, StringComparison.Ordinal);
    }
}
