using System.Net;
using RelayPolicy.Tests.Reference;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Law 4 without chance: every rule set over a small alphabet, up to a size, and every request of a small world.</summary>
public sealed class SmallWorldTests
{
    /// <summary>How many rules over the whole alphabet: 1, or 2 in a long run.</summary>
    private static readonly int MaxRules = int.Parse(Environment.GetEnvironmentVariable("RELAYPOLICY_SMALL_WORLD") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly DomainSet Here = DomainSet.Parse("here.example");
    private static readonly Condition ClientInOffice = Client.In(NetworkSet.Parse("192.0.2.0/24"));
    private static readonly Condition Ticket = Custom("ticket", RelayFacts.ClientAddress, (in RelayRequest request) => request.Client.Port switch
    {
        1 => true,
        2 => false,
        3 => null,
        _ => throw new InvalidOperationException("port 4"),
    });

    private static readonly Condition[] Alphabet = [ClientInOffice, Identity.IsAuthenticated, Sender.In(Here), Recipient.IsLocal, Recipient.IsAddressLiteral, Ticket];

    private static readonly RelayRequest[] World =
    [
        .. from address in new[] { "192.0.2.1", "203.0.113.9", null }
           from port in new[] { 1, 2, 3, 4 }
           from user in new[] { "alice", null }
           from sender in new[] { "<a@here.example>", "<>" }
           from recipient in new[] { "<r@here.example>", "<r@far.example>", "<r@[192.0.2.1]>", "<r%far.example@here.example>" }
           from unknown in new[] { RelayFacts.None, RelayFacts.Locality, RelayFacts.Identity }
           select new RelayRequest(
               new ClientEndpoint(address is null ? null : IPAddress.Parse(address), port), new AuthIdentity(user), SmtpPath.ParseReversePath(sender), SmtpPath.ParseForwardPath(recipient), null, PolicyWorld.Now)
           {
               UnknownFacts = unknown,
           },
    ];

    [Fact]
    public void Every_policy_over_the_whole_alphabet_gives_the_reference_verdict() => Check(Policies(Alphabet, MaxRules), World);

    [Fact]
    public void Every_policy_of_two_rules_over_three_atoms_gives_the_reference_verdict() => Check(
        Policies([ClientInOffice, Recipient.IsLocal, Recipient.IsAddressLiteral], rules: 2),
        [.. World.Where(request => request.Client.Port == 1 && request.Identity.IsAuthenticated && request.Sender.IsNull && request.UnknownFacts != RelayFacts.Identity)]);

    [Fact]
    public void The_worlds_are_as_large_as_they_should_be()
    {
        Assert.Equal(3 * 4 * 2 * 2 * 4 * 3, World.Length);
        Assert.Equal(2 + 12 + (2 * 66), Conditions(Alphabet).Length);
        Assert.Equal(438, Policies(Alphabet, 1).Count());
    }

    // How routed recipients are treated makes a difference to them only.
    private static void Check(IEnumerable<RelayRule[]> policies, RelayRequest[] requests) =>
        Parallel.ForEach(policies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, policy =>
        {
            RelayRuleSet[] byRouted = [.. Enum.GetValues<RoutedRecipients>().Select(routed => RelayRuleSet.Create(policy, new RelayRuleSetOptions { LocalDomains = Here, RoutedRecipients = routed }))];
            foreach (RelayRequest request in requests)
            {
                foreach (RelayRuleSet rules in request.Recipient.IsRouted ? byRouted : byRouted[..1])
                {
                    if (Breaks(rules, request)) Assert.Fail(Counterexample.Minimise(rules, request, Breaks).ToString());
                }
            }
        });

    private static bool Breaks(RelayRuleSet rules, RelayRequest request) => ReferenceEvaluator.Decide(rules, request, RelayStage.Recipient) != Essence.Of(rules.Evaluate(request));

    private static IEnumerable<RelayRule[]> Policies(Condition[] alphabet, int rules)
    {
        RelayRule[] every =
        [
            .. from condition in Conditions(alphabet)
               from action in rules == 1 ? Enum.GetValues<RuleAction>() : [RuleAction.Accept, RuleAction.Reject]
               select new RelayRule("?", RelayStage.Recipient, condition, action) { AcceptsFromAnyone = action == RuleAction.Accept && !ConditionLint.IsSupported(condition) },
        ];
        return rules == 1
            ? every.Select(rule => new[] { rule with { Name = "only" } })
            : every.SelectMany(first => every, (first, second) => new[] { first with { Name = "first" }, second with { Name = "second" } });
    }

    // Atoms, negations, and every join of two of these.
    private static Condition[] Conditions(Condition[] alphabet)
    {
        Condition[] literals = [.. alphabet, .. alphabet.Select(atom => !atom)];
        return
        [
            Any, !Any, .. literals,
            .. from i in Enumerable.Range(0, literals.Length)
               from j in Enumerable.Range(i + 1, literals.Length - i - 1)
               from joined in new[] { literals[i] & literals[j], literals[i] | literals[j] }
               select joined,
        ];
    }
}
