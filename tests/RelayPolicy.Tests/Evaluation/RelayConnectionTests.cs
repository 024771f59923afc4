using RelayPolicy.Tests.Reference;
using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>A connection remembers, and answers as the rule set answers.</summary>
public sealed class RelayConnectionTests
{
    private static readonly RelayRuleSet Office = RelayRuleSet.Create([AtConnect("blocked", Client.In(NetworkSet.Parse("192.0.2.9"))), AtRecipient("office", Client.In(NetworkSet.Parse("192.0.2.0/24")))]);

    [Fact]
    public void Every_answer_in_any_sequence_of_requests_is_the_rule_sets() =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 8, depth: 2), PolicyWorld.Request.Array[4], Gen.Int[0, int.MaxValue].Array[24]).Sample(
            (rules, drawn, choices) =>
            {
                RelayConnection connection = rules.ForConnection(drawn[0].Client);
                foreach (int choice in choices)
                {
                    RelayRequest request = Mix(drawn, choice);
                    var through = (RelayStage)(choice % 7 == 0 ? 0 : choice % 7 == 1 ? 1 : 2);
                    AssertSame(rules.Evaluate(request, through), connection.Evaluate(request, through));
                }
            },
            iter: 4_000);

    [Fact]
    public void Another_client_is_decided_as_itself()
    {
        RelayConnection connection = Office.ForConnection(Request(client: "192.0.2.1").Client);
        Assert.Equal(RelayAction.Relay, connection.Evaluate(Request(client: "192.0.2.1")).Action);
        Assert.Equal(RelayAction.Reject, connection.Evaluate(Request(client: "203.0.113.9")).Action);
        Assert.Equal(RelayStage.Connect, connection.Evaluate(Request(client: "192.0.2.9")).Stage);
        Assert.Equal(RelayAction.Relay, connection.Evaluate(Request(client: "192.0.2.1")).Action);
    }

    [Fact]
    public void A_client_whose_host_name_was_confirmed_meanwhile_is_decided_anew()
    {
        RelayRuleSet rules = RelayRuleSet.Create([AtRecipient("partner", Client.HostIn(DomainSet.Parse("*.partner.example")))]);
        RelayRequest request = Request();
        RelayConnection connection = rules.ForConnection(request.Client);
        Assert.Equal(RelayAction.Defer, connection.Evaluate(request).Action);
        Assert.Equal(RelayAction.Relay, connection.Evaluate(request with { Client = request.Client.WithHostNames(HostNameStatus.Confirmed, "mx.partner.example") }).Action);
        Assert.Equal(RelayAction.Reject, connection.Evaluate(request with { Client = request.Client.WithHostNames(HostNameStatus.None) }).Action);
    }

    [Fact]
    public void What_was_granted_to_a_user_is_not_granted_when_the_identity_is_gone()
    {
        RelayRuleSet rules = RelayRuleSet.Create([AtSender("no spammer", Identity.User("mallory")), AtRecipient("users", Identity.IsAuthenticated & Tls.IsOn)]);
        RelayConnection connection = rules.ForConnection(Request().Client);
        RelayRequest asAlice = Request(user: "alice") with { Tls = TlsState.On() };
        Assert.Equal(RelayAction.Relay, connection.Evaluate(asAlice).Action);
        Assert.Equal(RelayAction.Reject, connection.Evaluate(asAlice with { Tls = TlsState.Off }).Action);
        Assert.Equal(RelayAction.Defer, connection.Evaluate(asAlice with { UnknownFacts = RelayFacts.Identity }).Action);
        Assert.Equal(RelayAction.Reject, connection.Evaluate(Request()).Action);
        Assert.Equal(RelayStage.Sender, connection.Evaluate(Request(user: "mallory")).Stage);
    }

    [Fact]
    public void A_rule_whose_period_begins_is_in_force_for_the_next_recipient()
    {
        RelayRuleSet rules = RelayRuleSet.Create([AtConnect("from one o'clock", Client.In(NetworkSet.Parse("203.0.113.0/24"))) with { NotBefore = Noon.AddHours(1) }, AtRecipient("local", Recipient.IsLocal)]);
        RelayRequest request = Request(to: "<r@local.example>");
        RelayConnection connection = rules.ForConnection(request.Client);
        Assert.Equal(RelayAction.Deliver, connection.Evaluate(request).Action);
        Assert.Equal(RelayAction.Reject, connection.Evaluate(request with { Instant = Noon.AddHours(1) }).Action);
    }

    [Fact]
    public void User_code_is_asked_for_every_recipient()
    {
        int asked = 0;
        RelayRuleSet rules = RelayRuleSet.Create([AtConnect("custom", Custom("count", RelayFacts.ClientAddress, (in RelayRequest _) => ++asked < 0)), AtRecipient("local", Recipient.IsLocal)]);
        RelayConnection connection = rules.ForConnection(Request().Client);
        asked = 0;
        connection.Evaluate(Request());
        connection.Evaluate(Request());
        Assert.Equal(2, asked);
    }

    [Fact]
    public void A_refused_request_leaves_the_memory_as_it_was()
    {
        RelayRequest request = Request(client: "192.0.2.1");
        RelayConnection connection = Office.ForConnection(request.Client);
        Assert.Equal(RelayReason.InvalidRequest, connection.Evaluate(default).Reason);
        Assert.Equal(RelayReason.InvalidRequest, connection.Evaluate(request with { Recipient = default }).Reason);
        Assert.Equal(RelayAction.Relay, connection.Evaluate(request).Action);
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_answered_each_for_itself()
    {
        RelayRequest[] requests = [Request(client: "192.0.2.1"), Request(client: "192.0.2.9"), Request(client: "203.0.113.9")];
        RelayVerdict[] expected = [.. requests.Select(request => Office.Evaluate(request))];
        RelayConnection connection = Office.ForConnection(requests[0].Client);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                int which = (i + reader) % requests.Length;
                Assert.Equal(expected[which].Action, connection.Evaluate(requests[which]).Action);
            }
        })));
    }

    [Fact]
    public void A_predicate_may_ask_its_own_connection()
    {
        RelayConnection? connection = null;
        RelayRequest request = Request(client: "192.0.2.1");
        RelayRuleSet rules = RelayRuleSet.Create(
            [AtConnect("custom", Custom("asks", RelayFacts.ClientAddress, (in RelayRequest _) => connection?.Evaluate(request, RelayStage.Connect).Action == RelayAction.Reject)), AtRecipient("office", Client.In(NetworkSet.Parse("192.0.2.0/24")))]);
        int depth = 0;
        RelayRuleSet recursive = RelayRuleSet.Create(
            [AtConnect("custom", Custom("asks", RelayFacts.ClientAddress, (in RelayRequest _) => depth++ < 3 && connection!.Evaluate(request).Action == RelayAction.Reject)), AtRecipient("office", Client.In(NetworkSet.Parse("192.0.2.0/24")))]);
        connection = recursive.ForConnection(request.Client);
        depth = 0;
        Assert.Equal(RelayAction.Relay, connection.Evaluate(request).Action);
        Assert.Equal(RelayAction.Relay, rules.Evaluate(request).Action);
    }

    [Fact]
    public void A_recipient_costs_no_allocation()
    {
        RelayConnection connection = Office.ForConnection(Request(client: "192.0.2.1").Client);
        RelayRequest[] requests = [Request(client: "192.0.2.1"), Request(client: "192.0.2.1", to: "<r@elsewhere.example>")];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (RelayRequest request in requests) connection.Evaluate(request);
        }));
    }

    // The parts of one request come from several, so that each part is now the same as before and now another.
    private static RelayRequest Mix(RelayRequest[] drawn, int choice)
    {
        RelayRequest client = drawn[choice >> 3 & 3];
        RelayRequest sender = drawn[choice >> 5 & 3];
        RelayRequest recipient = drawn[choice >> 7 & 3];
        RelayRequest rest = drawn[choice >> 9 & 3];
        return new RelayRequest(client.Client, sender.Identity, sender.Sender, recipient.Recipient, rest.LocalDomains, recipient.Instant) { Tls = sender.Tls, UnknownFacts = rest.UnknownFacts };
    }

    private static void AssertSame(RelayVerdict expected, RelayVerdict actual) => Assert.Equal(
        (Essence.Of(expected), expected.Reply, expected.Fault?.Message),
        (Essence.Of(actual), actual.Reply, actual.Fault?.Message));
}
