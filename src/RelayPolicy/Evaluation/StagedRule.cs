namespace RelayPolicy;

/// <summary>A rule with what the evaluation needs to know of it, worked out once.</summary>
internal sealed class StagedRule(RelayRule rule)
{
    public RelayRule Rule { get; } = rule;

    /// <summary>Whether it can grant: an accepting rule at Recipient.</summary>
    public bool Grants { get; } = rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept };

    public RelayFacts Reads { get; } = rule.Condition.Reads;

    public bool HasCustoms { get; } = CustomsOf(rule).Any();

    public SmtpReply Reply { get; } = rule.Reply ?? RuleReplies.For(rule);

    public static IEnumerable<CustomCondition> CustomsOf(RelayRule rule) => rule.Condition.Atoms().Select(part => part.Atom).OfType<CustomCondition>();
}

/// <summary>The rules of a stage in their order, and their index.</summary>
internal sealed class StageRules
{
    private readonly StagedRule[] _rules;

    public StageRules(IEnumerable<RelayRule> rules, IEqualityComparer<string> names)
    {
        _rules = [.. rules.Select(rule => new StagedRule(rule))];
        Index = new RuleIndex([.. _rules.Select(rule => rule.Rule.Condition)], names);
    }

    public RuleIndex Index { get; }

    public ReadOnlySpan<StagedRule> Rules => _rules;
}

/// <summary>The rules of a rule set, sorted into their stages.</summary>
internal sealed class StagedRules(IReadOnlyList<RelayRule> rules, IEqualityComparer<string> names)
{
    private readonly StageRules[] _byStage = [.. Enum.GetValues<RelayStage>().Select(stage => new StageRules(rules.Where(rule => rule.Stage == stage), names))];

    public StageRules At(RelayStage stage) => _byStage[(int)stage];
}
