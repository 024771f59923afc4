using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>User code in conditions.</summary>
public class CustomConditionTests
{
    private readonly List<string> _asked = [];

    private Condition Asked(string name, bool? answer, RelayFacts reads = RelayFacts.Identity) => Custom(name, reads, (in RelayRequest _) =>
    {
        _asked.Add(name);
        return answer;
    });

    [Theory]
    [InlineData(true, RelayAction.Relay)]
    [InlineData(false, RelayAction.Reject)]
    [InlineData(null, RelayAction.Defer)]
    public void It_says_true_false_or_unknown(bool? answer, RelayAction expected) =>
        Assert.Equal(expected, Decide(Request(), AtRecipient("custom", Asked("c", answer))).Action);

    [Fact]
    public void What_it_throws_makes_it_unknown_for_now_and_is_handed_on()
    {
        var fault = new TimeoutException("no answer");
        RelayVerdict verdict = Decide(Request(), AtRecipient("custom", Custom("c", RelayFacts.Identity, (in RelayRequest _) => throw fault)));
        Assert.Equal((RelayAction.Defer, RelayReason.UnknownFact, "451 4.3.0"), (verdict.Action, verdict.Reason, verdict.Reply.ToString()[..9]));
        Assert.Same(fault, verdict.Fault);
    }

    [Fact]
    public void A_negated_one_that_throws_grants_nothing_either() =>
        Assert.Equal(RelayAction.Defer, Decide(Request("192.0.2.7"), AtRecipient("x", Client.IsIPv4 & Client.In(NetworkSet.EveryIPv4) & !Custom("c", RelayFacts.Identity, (in RelayRequest _) => throw new InvalidOperationException())) with { AcceptsFromAnyone = true }).Action);

    [Fact]
    public void It_is_asked_once_for_a_request_however_many_rules_hold_it()
    {
        Condition custom = Asked("c", null);
        Decide(Request(), AtSender("1", custom), AtRecipient("2", custom & Tls.IsOn), AtRecipient("3", custom | custom));
        Assert.Equal(["c"], _asked);
    }

    [Fact]
    public void It_is_asked_last_and_only_if_the_facts_leave_the_condition_open()
    {
        Decide(
            Request(),
            AtRecipient("false without it", Asked("1", true) & Tls.IsOn, RuleAction.Reject),
            AtRecipient("nested", (Asked("2", true) & Tls.IsOn) | (Asked("3", false) & Client.IsIPv4), RuleAction.Reject),
            AtRecipient("true without it", Asked("4", false) | Client.IsIPv4, RuleAction.Reject),
            AtRecipient("behind", Asked("5", true)));
        Assert.Equal(["3"], _asked);
    }

    [Fact]
    public void Several_are_asked_in_order_until_one_decides()
    {
        Decide(Request(), AtRecipient("1", Asked("a", true) & Asked("b", false) & Asked("c", true)), AtRecipient("2", Asked("d", true)));
        Assert.Equal(["a", "b", "d"], _asked);
    }

    [Fact]
    public void It_is_not_asked_while_a_fact_that_it_reads_is_unknown()
    {
        RelayVerdict verdict = Decide(Request(null), AtRecipient("c", Asked("c", true, RelayFacts.ClientAddress)));
        Assert.Empty(_asked);
        Assert.Equal((RelayAction.Reject, RelayReason.ClientAddressUnknown), (verdict.Action, verdict.Reason));
    }

    [Fact]
    public void It_is_not_asked_where_its_rule_is_out_of_force() =>
        Assert.False(Decide(Request(), AtRecipient("c", Asked("c", true)) with { NotAfter = Noon.AddHours(-1) }).IsAccepted || _asked.Count > 0);

    public static TheoryData<RelayFacts> EveryFact => [.. Enum.GetValues<RelayFacts>().Where(fact => fact != RelayFacts.None)];

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void It_sees_the_facts_that_it_reads_and_no_others(RelayFacts fact)
    {
        RelayRequest seen = default;
        RelayRequest full = Request(user: "alice") with
        {
            Client = new ClientEndpoint(System.Net.IPAddress.Parse("203.0.113.9"), 25) { Listener = "smtp", Provenance = ClientProvenance.Proxied }.WithHostNames(HostNameStatus.Confirmed, "mx.example"),
            Tls = TlsState.On(),
            Ownership = SenderOwnership.Create([KeyValuePair.Create("alice", (IReadOnlyList<string>)["*"])]),
        };
        Decide(full, AtRecipient("c", Custom("c", fact, (in RelayRequest request) =>
        {
            seen = request;
            return false;
        }) & Client.In(NetworkSet.EveryIPv4), RuleAction.Reject));
        var visible = new Dictionary<RelayFacts, bool>
        {
            [RelayFacts.ClientAddress] = seen.Client.Address is not null,
            [RelayFacts.HostName] = seen.Client.HostNames.Length > 0,
            [RelayFacts.Listener] = seen.Client.Listener is not null,
            [RelayFacts.Provenance] = seen.Client.Provenance == ClientProvenance.Proxied,
            [RelayFacts.Tls] = seen.Tls.IsOn,
            [RelayFacts.Identity] = seen.Identity.IsAuthenticated,
            [RelayFacts.Sender] = !seen.Sender.IsDefault,
            [RelayFacts.Ownership] = seen.Ownership!.Entries.Any(),
            [RelayFacts.Locality] = !seen.LocalDomains!.IsEmpty,
            [RelayFacts.Recipient] = !seen.Recipient.IsDefault,
        };
        Assert.Equal([fact], visible.Where(pair => pair.Value).Select(pair => pair.Key));
        Assert.Equal(Noon, seen.Instant);
    }

    [Fact]
    public void It_sees_the_local_domains_and_owners_of_the_options_where_the_request_brings_none()
    {
        RelayRequest seen = default;
        Condition custom = Custom("c", RelayFacts.Locality | RelayFacts.Ownership, (in RelayRequest request) => (seen = request).IsLocalAsked());
        var options = new RelayRuleSetOptions { LocalDomains = Local };
        RelayRuleSet.Create([AtRecipient("c", custom, RuleAction.Reject)], options).Evaluate(Request() with { LocalDomains = null });
        Assert.Equal(Local, seen.LocalDomains);
        Assert.Same(options.SenderOwnership, seen.Ownership);
    }

    [Fact]
    public void An_explanation_asks_nothing_that_the_verdict_did_not_need()
    {
        RelayRuleSet.Create([AtRecipient("c", (Asked("needed", true) & Client.IsIPv4) | (Asked("not needed", true) & Client.IsIPv4), RuleAction.Reject), AtRecipient("d", Tls.IsOn & Asked("neither", true) & Identity.IsAuthenticated)]).Explain(Request());
        Assert.Equal(["needed"], _asked);
    }

    [Theory]
    [InlineData(" ", RelayFacts.Identity)]
    [InlineData("c", (RelayFacts)(1 << 10))]
    public void A_blank_name_or_an_undefined_fact_is_an_error(string name, RelayFacts reads) =>
        Assert.Throws<ArgumentException>(() => Custom(name, reads, (in RelayRequest _) => true));

    [Fact]
    public void Many_of_them_in_one_rule_set_are_each_asked_once()
    {
        Condition all = Enumerable.Range(0, 40).Select(i => Asked($"c{i}", false)).Aggregate((x, y) => x | y);
        Decide(Request(), AtRecipient("all", all), AtRecipient("again", all));
        Assert.Equal(40, _asked.Count);
    }
}

internal static class RequestAnswers
{
    public static bool? IsLocalAsked(this RelayRequest request) => request.LocalDomains is null;
}
