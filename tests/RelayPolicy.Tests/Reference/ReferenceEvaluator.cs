using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace RelayPolicy.Tests.Reference;

/// <summary>What the reference evaluator says: the parts of a verdict that the meaning of a policy fixes.</summary>
internal sealed record ReferenceVerdict(RelayAction Action, RelayStage Stage, RelayReason Reason, string? Rule, string? AuditRule);

/// <summary>
/// The oracle: slow and obvious, written from the definition of a decision and not from the library's code. It shares the vocabulary
/// and the conditions as data, nothing else: conditions are written out in disjunctive normal form, networks are compared bit by bit
/// from their printed entries, domains label by label.
/// </summary>
internal static class ReferenceEvaluator
{
    private sealed record Literal(Atom Atom, bool Negated);

    private sealed record End(RelayAction Action, RelayStage Stage, RelayReason Reason, RelayRule? Rule);

    public static ReferenceVerdict Decide(RelayRuleSet ruleSet, RelayRequest request, RelayStage through)
    {
        var facts = new ReferenceFacts(request, ruleSet.Options);
        var ends = new List<End>();
        var unknownClient = false;
        var temporary = false;
        RelayRule? audit = null;

        foreach (var stage in Enum.GetValues<RelayStage>().Where(stage => stage <= through))
        {
            var stageEnds = new List<End>();
            var watched = new List<RelayRule>();
            var refusedAsRouted = stage == RelayStage.Recipient && facts.IsRouted && ruleSet.Options.RoutedRecipients == RoutedRecipients.Refuse;
            if (refusedAsRouted) stageEnds.Add(new End(RelayAction.Reject, stage, RelayReason.RoutedRecipient, null));

            var decided = refusedAsRouted;
            foreach (var rule in ruleSet.Rules.Where(rule => rule.Stage == stage))
            {
                if (decided) break;
                if (rule.NotBefore > request.Instant || rule.NotAfter < request.Instant) continue;
                bool? value = Holds(rule, facts);
                if (rule.AuditOnly)
                {
                    if (value == true) watched.Add(rule);
                    continue;
                }

                if (value == false) continue;
                if (value is null)
                {
                    unknownClient |= facts.LooksAtUnknownClient(rule.Condition);
                    temporary |= !facts.LooksAtUnknownClient(rule.Condition);
                }

                stageEnds.AddRange(EndsOf(rule, facts));
                decided = value == true;
            }

            if (!decided) stageEnds.Add(EndOfList(stage, facts));
            audit ??= watched.FirstOrDefault(rule => stageEnds.Any(end => !SameDecision(rule, end)));
            if (stage == through) ends.AddRange(stageEnds);
            else ends.AddRange(stageEnds.Where(end => end.Action is RelayAction.Reject or RelayAction.Defer));
            if (stageEnds.All(end => end.Action != RelayAction.Continue)) break;
        }

        return Conclude(ends, unknownClient, through) with { AuditRule = audit?.Name };
    }

    private static ReferenceVerdict Conclude(List<End> ends, bool unknownClient, RelayStage through)
    {
        var actions = ends.Select(end => end.Action).Distinct().ToList();
        if (actions.Count == 1) return Verdict(ends[0]);
        var reason = unknownClient ? RelayReason.ClientAddressUnknown : RelayReason.UnknownFact;
        if (through != RelayStage.Recipient) return new ReferenceVerdict(RelayAction.Continue, through, reason, null, null);
        var refusals = actions.Where(action => action is RelayAction.Reject or RelayAction.Defer).ToList();
        if (unknownClient && refusals.Count > 0) return Verdict(ends.First(end => end.Action == refusals.Min())) with { Reason = reason };
        return Verdict(ends[0]) with { Action = RelayAction.Defer, Reason = RelayReason.UnknownFact };
    }

    private static ReferenceVerdict Verdict(End end) => new(end.Action, end.Stage, end.Reason, end.Rule?.Name, null);

    private static IEnumerable<End> EndsOf(RelayRule rule, ReferenceFacts facts)
    {
        End Make(RelayAction action) => new(action, rule.Stage, RelayReason.Rule, rule);
        if (rule.Action == RuleAction.Reject) return [Make(RelayAction.Reject)];
        if (rule.Action == RuleAction.Defer) return [Make(RelayAction.Defer)];
        if (rule.Stage != RelayStage.Recipient) return [Make(RelayAction.Continue)];
        return facts.RecipientIsLocal switch
        {
            true => [Make(RelayAction.Deliver)],
            false => [Make(RelayAction.Relay)],
            null => [Make(RelayAction.Deliver), Make(RelayAction.Relay)],
        };
    }

    private static End EndOfList(RelayStage stage, ReferenceFacts facts)
    {
        if (stage != RelayStage.Recipient) return new End(RelayAction.Continue, stage, RelayReason.NoRuleMatched, null);
        var foreignLiteral = facts.RecipientIsLiteral && facts.RecipientIsLocal == false;
        var reason = facts.IsRouted ? RelayReason.RoutedRecipient : foreignLiteral ? RelayReason.AddressLiteral : RelayReason.NoRuleMatched;
        return new End(RelayAction.Reject, stage, reason, null);
    }

    private static bool SameDecision(RelayRule rule, End end) => rule.Action switch
    {
        RuleAction.Reject => end.Action == RelayAction.Reject,
        RuleAction.Defer => end.Action == RelayAction.Defer,
        _ => end.Action is RelayAction.Continue or RelayAction.Deliver or RelayAction.Relay,
    };

    private static bool? Holds(RelayRule rule, ReferenceFacts facts)
    {
        var grants = rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept };
        bool? value = false;
        foreach (var conjunction in NormalForm(rule.Condition, negated: false))
        {
            bool? holds = true;
            foreach (var literal in conjunction)
            {
                var atom = facts.Value(literal.Atom);
                holds &= literal.Negated ? !atom : atom;
            }

            var hasDestination = conjunction.Any(literal => !literal.Negated && literal.Atom is RecipientIsLocal or RecipientIn or RecipientIs && !literal.Negated);
            if (grants && facts.IsRouted && hasDestination) holds = false;
            var namesLiterals = conjunction.Any(literal => literal is { Negated: false, Atom: RecipientIsAddressLiteral });
            if (grants && facts.RecipientIsLiteral && !namesLiterals) holds &= facts.RecipientIsLocal;
            value |= holds;
        }

        return value;
    }

    private static List<List<Literal>> NormalForm(Condition condition, bool negated)
    {
        switch (condition)
        {
            case AnyCondition:
                return negated ? [] : [[]];
            case NotCondition not:
                return NormalForm(not.Operand, !negated);
            case Atom atom:
                return [[new Literal(atom, negated)]];
            case JoinedCondition joined:
                var parts = joined.Parts.Select(part => NormalForm(part, negated)).ToList();
                if (joined is AllCondition == negated) return [.. parts.SelectMany(part => part)];
                List<List<Literal>> product = [[]];
                foreach (var part in parts) product = [.. product.SelectMany(left => part.Select(right => new List<Literal>([.. left, .. right])))];
                return product;
            default:
                throw new NotSupportedException(condition.GetType().Name);
        }
    }
}
