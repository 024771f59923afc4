using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>
/// Walks the rules stage by stage and gathers how the evaluation can end. Within a stage the first rule that holds decides; a rule
/// that is unknown is one possible end, and the walk goes on.
/// </summary>
internal static class PolicyWalk
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static RelayVerdict Run(CompiledPolicy policy, scoped ref Evaluation evaluation, RelayStage through)
    {
        var outcomes = new PossibleOutcomes();
        UnknownKinds unknown = UnknownKinds.None;
        RelayRule? auditRule = null;
        bool mayPass = true;
        for (RelayStage stage = RelayStage.Connect; stage <= through; stage++)
        {
            if (!mayPass)
            {
                evaluation.Recorder?.SkipAll(policy.At(stage).Rules);
                continue;
            }

            // A stage without rules lets everything pass.
            if (stage != through && policy.At(stage).Rules.IsEmpty) continue;

            StageResult walked = default;
            ref readonly StageResult result = ref walked;
            bool isKnown = false;
            if (evaluation.Memory is { } memory) result = ref memory.Recall(stage, out isKnown);
            if (!isKnown)
            {
                WalkStage(policy, stage, ref evaluation, ref walked);
                evaluation.Memory?.Keep(stage, walked);
                result = ref walked;
            }

            if (stage != through && result.JustPasses) continue;
            outcomes.AddStage(result.Ends, refusalsOnly: stage != through);
            unknown |= result.Unknown;
            auditRule ??= result.AuditRule;
            mayPass = result.Ends.Has(RelayAction.Continue);
        }

        evaluation.Memory?.Keep(evaluation.Known);
        return Conclude(evaluation, through, outcomes, unknown, auditRule);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WalkStage(CompiledPolicy policy, RelayStage stage, scoped ref Evaluation evaluation, ref StageResult result)
    {
        CompiledStage compiled = policy.At(stage);
        if (stage == RelayStage.Recipient && IsRefusedAsRouted(evaluation.View))
        {
            result.Ends.Add(new Outcome(RelayAction.Reject, stage, RelayReason.RoutedRecipient, rule: null));
            evaluation.Recorder?.SkipAll(compiled.Rules);
            return;
        }

        var watched = new WatchedRules();
        bool isDecided = !compiled.Rules.IsEmpty && WalkRules(policy.Boxes, compiled, ref evaluation, ref result, ref watched);
        if (!isDecided) result.Ends.Add(EndOfList(stage, evaluation.View));
        result.AuditRule = watched.FirstThatDiffers(result.Ends);
    }

    // Whether one of the rules decides the stage.
    private static bool WalkRules(BoxTable boxes, CompiledStage stage, scoped ref Evaluation evaluation, ref StageResult result, ref WatchedRules watched)
    {
        CandidateRules candidates = evaluation.Candidates(stage.Index);
        bool isDecided = false;
        int next = 0;
        while (!isDecided && candidates.TryNext(out int number))
        {
            next = number + 1;
            isDecided = Meet(stage.Rules[number], boxes, ref evaluation, ref result, ref watched);
        }

        evaluation.Recorder?.SkipAll(stage.Rules[next..]);
        return isDecided;
    }

    private static bool Meet(CompiledRule rule, BoxTable boxes, scoped ref Evaluation evaluation, ref StageResult result, ref WatchedRules watched)
    {
        if (!rule.IsInForce(evaluation.View.Request.Instant))
        {
            evaluation.Recorder?.NotInForce(rule.Rule);
            return false;
        }

        Kleene value = RuleEvaluator.Evaluate(rule, boxes, ref evaluation);
        evaluation.Recorder?.Reached(rule.Rule, value, evaluation);
        if (rule.IsAuditOnly)
        {
            if (value.IsTrue) watched.Add(rule.Rule);
            return false;
        }

        if (value.IsFalse) return false;
        if (value.IsUnknown) result.Unknown |= evaluation.View.UnknownAmong(rule.Reads);
        AddEnd(rule, ref evaluation, ref result.Ends);
        return value.IsTrue;
    }

    private static bool IsRefusedAsRouted(in RequestView view) => view.IsRouted && view.Options.RoutedRecipients != RoutedRecipients.TrustedOnly;

    private static void AddEnd(CompiledRule rule, scoped ref Evaluation evaluation, ref PossibleOutcomes ends)
    {
        if (!rule.Grants)
        {
            ends.Add(Outcome.Of(rule, rule.Rule.Action switch
            {
                RuleAction.Accept => RelayAction.Continue,
                RuleAction.Defer => RelayAction.Defer,
                _ => RelayAction.Reject,
            }));
            return;
        }

        Kleene local = evaluation.ValueOf(Fact.RecipientIsLocal);
        if (!local.IsFalse) ends.Add(Outcome.Of(rule, RelayAction.Deliver));
        if (!local.IsTrue) ends.Add(Outcome.Of(rule, RelayAction.Relay));
    }

    private static Outcome EndOfList(RelayStage stage, in RequestView view)
    {
        if (stage != RelayStage.Recipient) return new Outcome(RelayAction.Continue, stage, RelayReason.NoRuleMatched, rule: null);
        RelayReason reason = view.IsRouted ? RelayReason.RoutedRecipient
            : view.IsForeignLiteral.IsTrue ? RelayReason.AddressLiteral
            : RelayReason.NoRuleMatched;
        return new Outcome(RelayAction.Reject, stage, reason, rule: null);
    }

    private static RelayVerdict Conclude(scoped in Evaluation evaluation, RelayStage through, in PossibleOutcomes outcomes, UnknownKinds unknown, RelayRule? auditRule)
    {
        Outcome first = outcomes.First;
        if (outcomes.AreAlike) return Verdict(evaluation, first, ReplyOf(first, evaluation.View), auditRule);
        bool clientUnknown = (unknown & UnknownKinds.ClientAddress) != 0;
        RelayReason reason = clientUnknown ? RelayReason.ClientAddressUnknown : RelayReason.UnknownFact;
        if (through != RelayStage.Recipient)
        {
            return Verdict(evaluation, new Outcome(RelayAction.Continue, through, reason, rule: null), DefaultReplies.For(RelayAction.Continue), auditRule);
        }

        if (clientUnknown && outcomes.StrictestRefusal is { } strictest)
        {
            bool rejects = strictest.Action == RelayAction.Reject;
            return Verdict(evaluation, strictest with { Reason = reason }, rejects ? DefaultReplies.ClientAddressUnknown : ReplyOf(strictest, evaluation.View), auditRule);
        }

        SmtpReply reply = (unknown & UnknownKinds.Dns) != 0 ? DefaultReplies.DnsFailure : DefaultReplies.TemporaryFailure;
        return Verdict(evaluation, first with { Action = RelayAction.Defer, Reason = RelayReason.UnknownFact }, reply, auditRule);
    }

    private static SmtpReply ReplyOf(in Outcome outcome, in RequestView view) => outcome switch
    {
        { Rule: { } rule } => rule.Reply,
        { Action: RelayAction.Continue } => DefaultReplies.For(RelayAction.Continue),
        { Reason: RelayReason.RoutedRecipient } when IsRefusedAsRouted(view) => DefaultReplies.RoutedRecipient,
        _ => view.Options.RefusalReply,
    };

    private static RelayVerdict Verdict(scoped in Evaluation evaluation, in Outcome outcome, in SmtpReply reply, RelayRule? auditRule) => new()
    {
        Action = outcome.Action,
        Stage = outcome.Stage,
        Reason = outcome.Reason,
        Rule = outcome.Rule?.Rule,
        AuditRule = auditRule,
        Fault = evaluation.Fault,
        Reply = ReplyTemplate.Fill(reply, evaluation.View.Request),
    };
}
