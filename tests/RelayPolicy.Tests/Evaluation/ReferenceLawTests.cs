using System.Globalization;
using RelayPolicy.Tests.Reference;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Law 4: the evaluator of the library gives the answers of the reference evaluator.</summary>
public class ReferenceLawTests
{
    private const int RequestsPerRuleSet = 10;
    private const int Requests = 1 << 20;

    /// <summary>Pairs of a rule set and a request for each of the laws.</summary>
    private static readonly long Cases = long.Parse(Environment.GetEnvironmentVariable("RELAYPOLICY_LAW_CASES") ?? "40000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(RelayStage.Connect, 8)]
    [InlineData(RelayStage.Sender, 8)]
    [InlineData(RelayStage.Recipient, 1)]
    public void Every_verdict_is_the_reference_evaluators(RelayStage through, int share) => Check(PolicyWorld.RuleSet(maxRules: 6, depth: 3), through, Cases / share);

    [Fact]
    public void Every_verdict_of_long_rule_sets_is_the_reference_evaluators() => Check(PolicyWorld.RuleSet(maxRules: 60, depth: 2), RelayStage.Recipient, Cases / 8);

    [Fact]
    public void The_generated_world_meets_every_kind_of_verdict()
    {
        var met = new System.Collections.Concurrent.ConcurrentDictionary<(RelayAction, RelayReason), bool>();
        var audited = 0;
        Gen.Select(PolicyWorld.RuleSet(maxRules: 6, depth: 3), PolicyWorld.Request).Sample(
            (rules, request) =>
            {
                RelayVerdict verdict = rules.Evaluate(request);
                met.TryAdd((verdict.Action, verdict.Reason), true);
                if (verdict.AuditRule is not null) Interlocked.Increment(ref audited);
            },
            iter: 20_000);
        (RelayAction, RelayReason)[] all =
        [
            (RelayAction.Reject, RelayReason.Rule), (RelayAction.Reject, RelayReason.NoRuleMatched), (RelayAction.Reject, RelayReason.RoutedRecipient),
            (RelayAction.Reject, RelayReason.AddressLiteral), (RelayAction.Reject, RelayReason.ClientAddressUnknown), (RelayAction.Defer, RelayReason.Rule),
            (RelayAction.Defer, RelayReason.UnknownFact), (RelayAction.Defer, RelayReason.ClientAddressUnknown), (RelayAction.Deliver, RelayReason.Rule), (RelayAction.Relay, RelayReason.Rule),
        ];
        Assert.Equal(all.Order(), met.Keys.Order());
        Assert.True(audited > 0);
    }

    [Fact]
    public void An_explanation_has_the_verdict_and_names_every_rule_once() =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 6, depth: 2), PolicyWorld.Request).Sample(
            (rules, request) =>
            {
                RelayExplanation why = rules.Explain(request);
                return Essence.Of(why.Verdict) == Essence.Of(rules.Evaluate(request))
                    && why.Rules.Select(rule => rule.Rule.Name).Order().SequenceEqual(rules.Rules.Select(rule => rule.Name).Order())
                    && why.ToString().Contains(why.Verdict.Reply.ToString(), StringComparison.Ordinal);
            },
            iter: 5_000);

    // Of the requests of a rule set, every other one is moved to the borders of its networks and domains.
    private static void Check(Gen<RelayRuleSet> ruleSets, RelayStage through, long cases) =>
        Gen.Select(ruleSets, PolicyWorld.Request.Array[RequestsPerRuleSet], Gen.Int[0, Requests].Array[RequestsPerRuleSet]).Sample(
            (rules, drawn, choices) =>
            {
                var borders = new PolicyBorders(rules);
                for (int i = 0; i < drawn.Length; i++)
                {
                    RelayRequest request = i % 2 == 0 ? drawn[i] : borders.Move(drawn[i], choices[i]);
                    if (Breaks(rules, request, through)) Assert.Fail(Print(Counterexample.Minimise(rules, request, (fewer, simpler) => Breaks(fewer, simpler, through)), through));
                }
            },
            iter: Math.Max(1, cases / RequestsPerRuleSet));

    private static bool Breaks(RelayRuleSet rules, RelayRequest request, RelayStage through) =>
        ReferenceEvaluator.Decide(rules, request, through) != Essence.Of(rules.Evaluate(request, through));

    private static string Print(Counterexample found, RelayStage through) => string.Join(
        Environment.NewLine,
        $"Through {through}, the reference says {ReferenceEvaluator.Decide(found.Rules, found.Request, through)}, the library {Essence.Of(found.Rules.Evaluate(found.Request, through))}.",
        found);
}
