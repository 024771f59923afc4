using RelayPolicy.Tests.Reference;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>The index is a filter: it may offer too many rules, and never too few.</summary>
public sealed class RuleIndexTests
{
    private static readonly DomainSet Customer = DomainSet.Parse("customer.example");

    [Fact]
    public void Every_rule_that_is_not_false_is_a_candidate() =>
        Gen.Select(PolicyWorld.Conditions(RelayStage.Recipient, depth: 3).Array[0, 40], PolicyWorld.Options, PolicyWorld.Request).Sample(
            (conditions, options, request) =>
            {
                int[] candidates = Candidates(conditions, options, request);
                for (int rule = 0; rule < conditions.Length; rule++)
                {
                    if (!Value(conditions[rule], options, request).IsFalse) Assert.Contains(rule, candidates);
                }
            });

    [Fact]
    public void Candidates_come_in_rule_order_and_each_once() =>
        Gen.Select(PolicyWorld.Conditions(RelayStage.Recipient, depth: 3).Array[0, 40], PolicyWorld.Options, PolicyWorld.Request).Sample(
            (conditions, options, request) =>
            {
                int[] candidates = Candidates(conditions, options, request);
                Assert.Equal(candidates.Distinct().Order(), candidates);
            });

    public static TheoryData<string, Condition> Anchored => new()
    {
        { "client", Client.In(NetworkSet.Parse("198.51.100.0/24")) },
        { "host", Client.HostIn(Customer) },
        { "sender domain", Sender.In(Customer) },
        { "sender", Sender.Is(AddressSet.Parse("a@customer.example")) },
        { "recipient domain", Recipient.In(Customer) },
        { "recipient", Recipient.Is(AddressSet.Parse("a@customer.example")) },
        { "user", Identity.User("nobody") },
        { "group", Identity.Group("nobody") },
        { "mechanism", Identity.Mechanism("SCRAM-SHA-256") },
        { "listener", Client.Listener("submission") },
        { "certificate", Tls.Certificate(CertificateFingerprint.Parse(new string('c', 64))) },
        { "literal", Recipient.In(DomainSet.Parse("[192.0.2.1]")) },
        { "either", Client.In(NetworkSet.Parse("198.51.100.0/24")) | Sender.In(Customer) },
        { "part", Identity.IsAuthenticated & (Recipient.In(Customer) | Identity.User("nobody")) & !Sender.IsNull },
        { "De Morgan", !(!Recipient.In(Customer) | Sender.IsNull) },
        { "never", !Any },
    };

    [Theory]
    [MemberData(nameof(Anchored))]
    public void A_rule_is_passed_over_where_nothing_that_it_rests_on_holds(string what, Condition condition)
    {
        RelayRequest request = Asking.Request(client: "192.0.2.1", user: "alice") with
        {
            Client = new ClientEndpoint(System.Net.IPAddress.Parse("192.0.2.1")).WithHostNames(HostNameStatus.Confirmed, "mx.other.example"),
        };
        Assert.True(Candidates([condition], new RelayRuleSetOptions(), request).Length == 0, what);
    }

    [Fact]
    public void A_rule_whose_fact_is_unknown_is_a_candidate() => Assert.Equal(
        [0, 1, 2],
        Candidates(
            [Client.In(NetworkSet.Parse("198.51.100.0/24")), Client.HostIn(Customer), Identity.User("nobody"), Recipient.In(Customer)],
            new RelayRuleSetOptions(),
            Asking.Request(client: null) with { UnknownFacts = RelayFacts.Identity }));

    [Fact]
    public void Names_under_a_comparer_of_the_users_own_are_looked_at_for_every_request() => Assert.Equal(
        [0],
        Candidates([Identity.User("nobody")], new RelayRuleSetOptions { NameComparer = new CarelessComparer() }, Asking.Request(user: "alice")));

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Of_many_customers_a_request_meets_its_own_rules_only(int customers)
    {
        Condition[] rules = [.. Enumerable.Range(0, customers).Select(i => (i % 4) switch
        {
            0 => Client.In(NetworkSet.Parse($"10.{i / 256}.{i % 256}.0/24")) & Identity.IsAuthenticated,
            1 => Sender.In(DomainSet.Parse($"*.c{i}.example")) & Client.In(NetworkSet.Parse("10.0.0.0/8")),
            2 => Recipient.In(DomainSet.Parse($"c{i}.example", $"*.c{i}.example")) | Recipient.Is(AddressSet.Parse($"postmaster@c{i}.test")),
            _ => Identity.User($"c{i}") & Client.In(NetworkSet.Parse("10.0.0.0/8")),
        })];
        RelayRequest request = Asking.Request(client: "10.0.4.9", user: "c3", from: "<a@x.c5.example>", to: "<b@mail.c6.example>");
        Assert.Equal([3, 4, 5, 6], Candidates(rules, new RelayRuleSetOptions(), request));
    }

    [Fact]
    public void Rules_that_share_a_network_rest_on_what_they_do_not_share()
    {
        var shared = NetworkSet.Parse("10.0.0.0/8");
        Condition[] rules = [.. Enumerable.Range(0, 5_000).Select(i => Client.In(shared) & Recipient.In(DomainSet.Parse($"c{i}.example")))];
        Assert.Equal([7], Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "10.1.1.1", to: "<a@c7.example>")));
    }

    [Fact]
    public void Networks_nested_deeper_than_lists_can_be_merged_make_every_rule_a_candidate()
    {
        Condition[] rules = [.. Enumerable.Range(20, 108).Select(length => Client.In(NetworkSet.Parse($"2001:db8::/{Math.Max(length, 32)}")))];
        Assert.Equal(Enumerable.Range(0, rules.Length), Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "2001:db8::")));
        Assert.Equal(Enumerable.Range(0, 14), Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "2001:db8:4000::")));
    }

    [Fact]
    public void A_long_list_that_many_rules_share_is_held_once()
    {
        var shared = NetworkSet.Parse(Enumerable.Range(0, 20_000).Select(i => $"10.{i / 128}.{i % 128 * 2}.0/24"));
        Condition[] rules = [.. Enumerable.Range(0, 1_000).Select(i => Client.In(shared) & !Sender.IsNull)];
        CompiledPolicy policy = Compile(rules, new RelayRuleSetOptions());
        Assert.InRange(policy.At(RelayStage.Recipient).Index.Bytes, 1, 20_000);
        Assert.InRange(policy.Dimensions[0].Classes.Bytes, 1, 350_000);
        Assert.Equal(1_000, Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "10.0.2.9")).Length);
        Assert.Empty(Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "10.0.1.9")));
    }

    [Fact]
    public void Classes_with_the_same_many_sets_share_a_list()
    {
        string[] networks = [.. Enumerable.Range(0, 1_000).Select(i => $"10.{i / 128}.{i % 128 * 2}.0/24")];
        Condition[] rules = [.. Enumerable.Range(0, 50).Select(i => Client.In(NetworkSet.Parse(networks)) & !Sender.IsNull)];
        Assert.InRange(Compile(rules, new RelayRuleSetOptions()).At(RelayStage.Recipient).Index.Bytes, 1, 30_000);
        Assert.Equal(Enumerable.Range(0, 50), Candidates(rules, new RelayRuleSetOptions(), Asking.Request(client: "10.0.2.9")));
    }

    [Fact]
    public void Lists_that_cannot_be_shared_are_bounded()
    {
        // Every network is in another half of the sets, and every set in a thousand rules.
        var random = new Random(1);
        NetworkSet[] sets = [.. Enumerable.Range(0, 10).Select(_ => NetworkSet.Parse(Enumerable.Range(0, 1_000).Where(_ => random.Next(2) == 0).Select(i => $"10.{i / 128}.{i % 128 * 2}.0/24")))];
        Condition[] rules = [.. Enumerable.Range(0, 10_000).Select(i => Client.In(sets[i % 10]) & !Sender.IsNull)];
        RelayRequest request = Asking.Request(client: "10.0.2.9");
        Assert.InRange(Compile(rules, new RelayRuleSetOptions()).At(RelayStage.Recipient).Index.Bytes, 1, 500_000);
        Assert.Empty(Enumerable.Range(0, 10_000).Where(i => sets[i % 10].Contains(request.Client.Address!)).Except(Candidates(rules, new RelayRuleSetOptions(), request)));
    }

    private static CompiledPolicy Compile(Condition[] conditions, RelayRuleSetOptions options) => PolicyCompiler.Compile(
        [.. conditions.Select((condition, i) => new RelayRule($"{i}", RelayStage.Recipient, condition, RuleAction.Accept))],
        options.NameComparer);

    private static int[] Candidates(Condition[] conditions, RelayRuleSetOptions options, RelayRequest request)
    {
        var found = new List<int>();
        CompiledPolicy policy = Compile(conditions, options);
        Exception? fault = null;
        var evaluation = new RelayPolicy.Evaluation(request, options, policy, recorder: null, memory: null, new (int, int)[CandidateRules.MaxLists], new CustomAnswer[policy.Customs.Length], ref fault);
        CandidateRules candidates = evaluation.Candidates(policy.At(RelayStage.Recipient).Index);
        while (candidates.TryNext(out int rule)) found.Add(rule);
        return [.. found];
    }

    // Custom conditions are asked by nobody here, so they are unknown.
    private static Kleene Value(Condition condition, RelayRuleSetOptions options, RelayRequest request)
    {
        CustomCondition[] customs = [.. condition.Atoms().Select(part => part.Atom).OfType<CustomCondition>().Distinct()];
        Exception? fault = null;
        return new ConditionEvaluator(new RequestView(request, options), new CustomAnswers(customs, new CustomAnswer[customs.Length], ref fault)).Peek(condition);
    }

    /// <summary>Says that names are equal whose hashes differ.</summary>
    private sealed class CarelessComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x?.Length == y?.Length;

        public int GetHashCode(string obj) => obj.GetHashCode(StringComparison.Ordinal);
    }
}
