namespace RelayPolicy;

/// <summary>
/// Walks the rules stage by stage and gathers how the evaluation can end. Within a stage the first rule that holds decides; a rule
/// that is unknown is one possible end, and the walk goes on.
/// </summary>
internal ref struct PolicyWalk(ConditionEvaluator evaluator, ExplanationRecorder? recorder)
{
    private readonly ExplanationRecorder? _recorder = recorder;
    private ConditionEvaluator _evaluator = evaluator;
    private PossibleOutcomes _outcomes;
    private UnknownKinds _unknown;
    private RelayRule? _auditRule;

    public RelayVerdict Run(StagedRules rules, RelayStage through)
    {
        bool mayPass = true;
        for (RelayStage stage = RelayStage.Connect; stage <= through; stage++)
        {
            if (!mayPass)
            {
                _recorder?.SkipAll(rules.At(stage).Rules);
                continue;
            }

            PossibleOutcomes ends = WalkStage(rules.At(stage), stage);
            _outcomes.AddStage(ends, refusalsOnly: stage != through);
            mayPass = ends.Get(RelayAction.Continue) is not null;
        }

        return Conclude(through);
    }

    private PossibleOutcomes WalkStage(StageRules staged, RelayStage stage)
    {
        ReadOnlySpan<StagedRule> rules = staged.Rules;
        var ends = new PossibleOutcomes();
        if (stage == RelayStage.Recipient && IsRefusedAsRouted)
        {
            ends.Add(new Outcome(RelayAction.Reject, stage, RelayReason.RoutedRecipient, Rule: null));
            _recorder?.SkipAll(rules);
            return ends;
        }

        if (rules.IsEmpty) ends.Add(EndOfList(stage));
        else WalkRules(staged, stage, ref ends);
        return ends;
    }

    private void WalkRules(StageRules staged, RelayStage stage, ref PossibleOutcomes ends)
    {
        ReadOnlySpan<StagedRule> rules = staged.Rules;
        var watched = new WatchedRules();
        Span<(int Place, int End)> ranges = stackalloc (int, int)[CandidateRules.MaxLists];

        // An explanation names every rule, even those that could not hold.
        CandidateRules candidates = _recorder is null ? staged.Index.Find(_evaluator.View, ranges) : staged.Index.All(ranges);
        bool decided = false;
        int next = 0;
        while (!decided && candidates.TryNext(out int number))
        {
            StagedRule rule = rules[number];
            next = number + 1;
            if (!rule.Rule.IsInForce(_evaluator.View.Request.Instant))
            {
                _recorder?.NotInForce(rule.Rule);
                continue;
            }

            Kleene value = _evaluator.Evaluate(rule);
            _recorder?.Reached(rule.Rule, value, ref _evaluator);
            if (rule.Rule.AuditOnly)
            {
                if (value.IsTrue) watched.Add(rule.Rule);
                continue;
            }

            if (value.IsFalse) continue;
            if (value.IsUnknown) _unknown |= _evaluator.View.UnknownAmong(rule.Reads);
            AddEnd(rule, ref ends);
            decided = value.IsTrue;
        }

        if (!decided) ends.Add(EndOfList(stage));
        _recorder?.SkipAll(rules[next..]);
        _auditRule ??= watched.FirstThatDiffers(ends);
    }

    private readonly bool IsRefusedAsRouted =>
        _evaluator.View.Options.RoutedRecipients != RoutedRecipients.TrustedOnly && _evaluator.View.IsRouted;

    private void AddEnd(StagedRule rule, ref PossibleOutcomes ends)
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

        Kleene local = _evaluator.View.IsRecipientLocal;
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

    private readonly RelayVerdict Conclude(RelayStage through)
    {
        Outcome first = _outcomes.First;
        if (_outcomes.AreAlike) return Verdict(first, ReplyOf(first));
        bool clientUnknown = (_unknown & UnknownKinds.ClientAddress) != 0;
        RelayReason reason = clientUnknown ? RelayReason.ClientAddressUnknown : RelayReason.UnknownFact;
        if (through != RelayStage.Recipient)
        {
            return Verdict(new Outcome(RelayAction.Continue, through, reason, Rule: null), DefaultReplies.For(RelayAction.Continue));
        }

        if (clientUnknown && _outcomes.StrictestRefusal is { } strictest)
        {
            bool rejects = strictest.Action == RelayAction.Reject;
            return Verdict(strictest with { Reason = reason }, rejects ? DefaultReplies.ClientAddressUnknown : ReplyOf(strictest));
        }

        SmtpReply reply = (_unknown & UnknownKinds.Dns) != 0 ? DefaultReplies.DnsFailure : DefaultReplies.TemporaryFailure;
        return Verdict(first with { Action = RelayAction.Defer, Reason = RelayReason.UnknownFact }, reply);
    }

    private readonly SmtpReply ReplyOf(in Outcome outcome) => outcome switch
    {
        { Rule: { } rule } => rule.Reply,
        { Action: RelayAction.Continue } => DefaultReplies.For(RelayAction.Continue),
        { Reason: RelayReason.RoutedRecipient } when IsRefusedAsRouted => DefaultReplies.RoutedRecipient,
        _ => _evaluator.View.Options.RefusalReply,
    };

    private readonly RelayVerdict Verdict(in Outcome outcome, in SmtpReply reply) => new()
    {
        Action = outcome.Action,
        Stage = outcome.Stage,
        Reason = outcome.Reason,
        Rule = outcome.Rule?.Rule,
        AuditRule = _auditRule,
        Fault = _evaluator.Fault,
        Reply = ReplyTemplate.Fill(reply, _evaluator.View.Request),
    };
}
