using RelayPolicy.Tests.Reference;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Law 4: the evaluator of the library gives the answers of the reference evaluator.</summary>
public class ReferenceLawTests
{
    private static readonly long Cases = long.Parse(Environment.GetEnvironmentVariable("RELAYPOLICY_LAW_CASES") ?? "20000", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(RelayStage.Connect)]
    [InlineData(RelayStage.Sender)]
    [InlineData(RelayStage.Recipient)]
    public void Every_verdict_is_the_reference_evaluators(RelayStage through) =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 6, depth: 3), PolicyWorld.Request).Sample(
            (rules, request) => ReferenceEvaluator.Decide(rules, request, through) == Essence(rules.Evaluate(request, through)),
            iter: Cases,
            print: pair => Print(pair.Item1, pair.Item2, through));

    [Fact]
    public void Every_verdict_of_long_rule_sets_is_the_reference_evaluators() =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 60, depth: 2), PolicyWorld.Request.Array[8]).Sample(
            (rules, requests) => requests.All(request => ReferenceEvaluator.Decide(rules, request, RelayStage.Recipient) == Essence(rules.Evaluate(request))),
            iter: Cases / 20);

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
            iter: Cases);
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
                return Essence(why.Verdict) == Essence(rules.Evaluate(request))
                    && why.Rules.Select(rule => rule.Rule.Name).Order().SequenceEqual(rules.Rules.Select(rule => rule.Name).Order())
                    && why.ToString().Contains(why.Verdict.Reply.ToString(), StringComparison.Ordinal);
            },
            iter: Cases / 4);

    private static ReferenceVerdict Essence(RelayVerdict verdict) => new(verdict.Action, verdict.Stage, verdict.Reason, verdict.Rule?.Name, verdict.AuditRule?.Name);

    private static string Print(RelayRuleSet rules, RelayRequest request, RelayStage through) => string.Join(
        Environment.NewLine,
        [
            .. rules.Rules.Select(rule => rule.ToString()),
            $"local {rules.Options.LocalDomains}, tenant {request.LocalDomains}, {rules.Options.RoutedRecipients}, gateways {rules.Options.Gateways}",
            $"{request.Client.Address} {request.Client.HostNameStatus} {string.Join(' ', request.Client.HostNames)}, {request.Identity}, {request.Tls}, unknown {request.UnknownFacts}, at {request.Instant:O}",
            $"{request.Sender} -> {request.Recipient}, through {through}",
            $"reference {ReferenceEvaluator.Decide(rules, request, through)}",
            $"library   {Essence(rules.Evaluate(request, through))}",
        ]);
}
