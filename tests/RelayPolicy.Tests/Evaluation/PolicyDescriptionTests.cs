using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>A rule set tells its rules in words, and what it takes.</summary>
public sealed class PolicyDescriptionTests
{
    private static readonly RelayRuleSet Rules = RelayRuleSet.Create(
        [
            AtConnect("blocked", Client.In(NetworkSet.Parse("198.51.100.0/24"))),
            AtRecipient("office", Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8:1::/48"))) with { NotAfter = Noon },
            AtRecipient("users", Identity.IsAuthenticated | (Tls.IsOn & Identity.User("bob"))),
            AtRecipient("tickets", Custom("has ticket", RelayFacts.ClientAddress, (in RelayRequest _) => false)),
        ],
        new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("example.com"), RoutedRecipients = RoutedRecipients.TrustedOnly, Gateways = NetworkSet.Parse("10.88.0.1") });

    [Fact]
    public void The_rules_are_told_stage_by_stage_with_what_happens_else() => Assert.StartsWith(
        """
        At Connect, the first that holds:
            1. "blocked": reject when Client.In(198.51.100.0/24)
               else go on
        At Sender, go on
        At Recipient, the first that holds:
            1. "office": accept when Client.In(192.0.2.0/24, 2001:db8:1::/48) (until 2026-11-24T12:00:00Z)
            2. "users": accept when Identity.IsAuthenticated | (Tls.IsOn & Identity.User(bob))
            3. "tickets": accept when Custom(has ticket)
               else reject: 550 5.7.1 Relaying denied
        Local domains: example.com
        A recipient whose local-part names another destination is never accepted for its domain.
        Clients at these gateways have no known address: 10.88.0.1

        """.ReplaceLineEndings(),
        Rules.Describe().ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void The_figures_are_those_of_the_compiled_form()
    {
        PolicyDescription description = Rules.Describe();
        Assert.Equal((4, 4, 1, 2), (description.Rules, description.Boxes, description.RulesWithoutBoxes, description.RulesForEveryRequest));
        Assert.Equal([("Client.In", 2, 3), ("Identity.User", 1, 1)], description.Dimensions.Select(dimension => (dimension.Name, dimension.Lists, dimension.Classes)));
        Assert.All(description.Dimensions, dimension => Assert.True(dimension.Bytes > 0));
        Assert.True(description.Bytes > description.Dimensions.Sum(dimension => dimension.Bytes));
    }

    [Fact]
    public void A_list_is_counted_once_for_all_rules_that_hold_it()
    {
        var office = NetworkSet.Parse("192.0.2.0/24");
        RelayRuleSet rules = RelayRuleSet.Create([AtConnect("a", !Client.In(office)), AtRecipient("b", Client.In(office)), AtRecipient("c", Client.In(office) & Tls.IsOn)]);
        Assert.Equal((1, 1), (Assert.Single(rules.Describe().Dimensions).Lists, Assert.Single(rules.Describe().Dimensions).Classes));
    }

    [Fact]
    public void A_policy_without_rules_is_described_too() => Assert.Contains("Compiled: 0 rules, 0 boxes,", RelayRuleSet.Create([]).Describe().ToString(), StringComparison.Ordinal);

    [Fact]
    public void Twice_the_rules_take_twice_the_bytes()
    {
        double fewer = Bytes(4_000);
        Assert.InRange(Bytes(8_000) / fewer, 1.5, 2.5);
        Assert.InRange(fewer / 4_000, 50, 500);

        static long Bytes(int rules) => RelayRuleSet.Create(
            [.. Enumerable.Range(0, rules).Select(i => AtRecipient($"{i}", Client.In(NetworkSet.Parse($"10.{i / 256}.{i % 256}.0/24")) & Sender.In(DomainSet.Parse($"c{i}.example"))))]).Describe().Bytes;
    }
}
