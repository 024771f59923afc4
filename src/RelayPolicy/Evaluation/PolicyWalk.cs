namespace RelayPolicy;

/// <summary>
/// Walks the rules stage by stage and gathers how the evaluation can end. Within a stage the first rule that holds decides; a rule
/// that is unknown is one possible end, and the walk goes on.
/// </summary>
internal ref struct PolicyWalk(CompiledPolicy policy, RuleEvaluator evaluator)
{
    private readonly CompiledPolicy _policy = policy;
    private RuleEvaluator _evaluator = evaluator;

    /// <summary>Writes down what the walk meets, if anybody wants to know.</summary>
    public ExplanationRecorder? Recorder { get; init; }

    /// <summary>What is known of the connection, if anybody remembers.</summary>
    public ConnectionMemory? Memory { get; init; }

    public RelayVerdict Run(RelayStage through)
    {
        var outcomes = new PossibleOutcomes();
        UnknownKinds unknown = UnknownKinds.None;
        RelayRule? auditRule = null;
        bool mayPass = true;
        for (RelayStage stage = RelayStage.Connect; stage <= through; stage++)
        {
            if (!mayPass)
            {
                Recorder?.SkipAll(_policy.At(stage).Rules);
                continue;
            }

            if (Memory is null || !Memory.TryRecall(stage, out StageResult result))
            {
                WalkStage(stage, out result);
                Memory?.Keep(stage, result);
            }

            outcomes.AddStage(result.Ends, refusalsOnly: stage != through);
            unknown |= result.Unknown;
            auditRule ??= result.AuditRule;
            mayPass = result.Ends.Has(RelayAction.Continue);
        }

        Memory?.Keep(_evaluator.Known);
        return Conclude(through, outcomes, unknown, auditRule);
    }

    private void WalkStage(RelayStage stage, out StageResult result)
    {
        result = default;
        CompiledStage compiled = _policy.At(stage);
        if (stage == RelayStage.Recipient && IsRefusedAsRouted)
        {
            result.Ends.Add(new Outcome(RelayAction.Reject, stage, RelayReason.RoutedRecipient, Rule: null));
            Recorder?.SkipAll(compiled.Rules);
            return;
        }

        var watched = new WatchedRules();
        bool isDecided = !compiled.Rules.IsEmpty && WalkRules(compiled, ref result, ref watched);
        if (!isDecided) result.Ends.Add(EndOfList(stage));
        result.AuditRule = watched.FirstThatDiffers(result.Ends);
    }

    // Whether one of the rules decides the stage.
    private bool WalkRules(CompiledStage stage, ref StageResult result, ref WatchedRules watched)
    {
        // An explanation names every rule, even those that could not hold.
        CandidateRules candidates = Recorder is null ? _evaluator.Candidates(stage.Index) : _evaluator.AllRules(stage.Index);
        bool isDecided = false;
        int next = 0;
        while (!isDecided && candidates.TryNext(out int number))
        {
            next = number + 1;
            isDecided = Meet(stage.Rules[number], ref result, ref watched);
        }

        Recorder?.SkipAll(stage.Rules[next..]);
        return isDecided;
    }

    private bool Meet(CompiledRule rule, ref StageResult result, ref WatchedRules watched)
    {
        if (!rule.IsInForce(_evaluator.View.Request.Instant))
        {
            Recorder?.NotInForce(rule.Rule);
            return false;
        }

        Kleene value = _evaluator.Evaluate(rule);
        Recorder?.Reached(rule.Rule, value, ref _evaluator);
        if (rule.IsAuditOnly)
        {
            if (value.IsTrue) watched.Add(rule.Rule);
            return false;
        }

        if (value.IsFalse) return false;
        if (value.IsUnknown) result.Unknown |= _evaluator.View.UnknownAmong(rule.Reads);
        AddEnd(rule, ref result.Ends);
        return value.IsTrue;
    }

    private readonly bool IsRefusedAsRouted =>
        _evaluator.View.Options.RoutedRecipients != RoutedRecipients.TrustedOnly && _evaluator.View.IsRouted;

    private void AddEnd(CompiledRule rule, ref PossibleOutcomes ends)
    {
        if (!rule.Grants)
        {
            RelayAction action = rule.Rule.Action switch
            {
                RuleAction.Accept => RelayAction.Continue,
                RuleAction.Defer => RelayAction.Defer,
                _ => RelayAction.Reject,
            };
            ends.Add(Outcome.Of(rule, action));
            return;
        }

        Kleene local = _evaluator.IsRecipientLocal();
        if (!local.IsFalse) ends.Add(Outcome.Of(rule, RelayAction.Deliver));
        if (!local.IsTrue) ends.Add(Outcome.Of(rule, RelayAction.Relay));
    }

    private readonly Outcome EndOfList(RelayStage stage)
    {
        if (stage != RelayStage.Recipient)
        {
            return new Outcome(RelayAction.Continue, stage, RelayReason.NoRuleMatched, Rule: null);
        }

        RelayReason reason = _evaluator.View.IsRouted ? RelayReason.RoutedRecipient
            : _evaluator.View.IsForeignLiteral.IsTrue ? RelayReason.AddressLiteral
            : RelayReason.NoRuleMatched;
        return new Outcome(RelayAction.Reject, stage, reason, Rule: null);
    }

    private readonly RelayVerdict Conclude(RelayStage through, in PossibleOutcomes outcomes, UnknownKinds unknown, RelayRule? auditRule)
    {
        Outcome first = outcomes.First;
        if (outcomes.AreAlike) return Verdict(first, ReplyOf(first), auditRule);
        bool clientUnknown = (unknown & UnknownKinds.ClientAddress) != 0;
        RelayReason reason = clientUnknown ? RelayReason.ClientAddressUnknown : RelayReason.UnknownFact;
        if (through != RelayStage.Recipient)
        {
            return Verdict(new Outcome(RelayAction.Continue, through, reason, Rule: null), DefaultReplies.For(RelayAction.Continue), auditRule);
        }

        if (clientUnknown && outcomes.StrictestRefusal is { } strictest)
        {
            bool rejects = strictest.Action == RelayAction.Reject;
            return Verdict(strictest with { Reason = reason }, rejects ? DefaultReplies.ClientAddressUnknown : ReplyOf(strictest), auditRule);
        }

        SmtpReply reply = (unknown & UnknownKinds.Dns) != 0 ? DefaultReplies.DnsFailure : DefaultReplies.TemporaryFailure;
        return Verdict(first with { Action = RelayAction.Defer, Reason = RelayReason.UnknownFact }, reply, auditRule);
    }

    private readonly SmtpReply ReplyOf(in Outcome outcome) => outcome switch
    {
        { Rule: { } rule } => rule.Reply,
        { Action: RelayAction.Continue } => DefaultReplies.For(RelayAction.Continue),
        { Reason: RelayReason.RoutedRecipient } when IsRefusedAsRouted => DefaultReplies.RoutedRecipient,
        _ => _evaluator.View.Options.RefusalReply,
    };

    private readonly RelayVerdict Verdict(in Outcome outcome, in SmtpReply reply, RelayRule? auditRule) => new()
    {
        Action = outcome.Action,
        Stage = outcome.Stage,
        Reason = outcome.Reason,
        Rule = outcome.Rule?.Rule,
        AuditRule = auditRule,
        Fault = _evaluator.Fault,
        Reply = ReplyTemplate.Fill(reply, _evaluator.View.Request),
    };
}
