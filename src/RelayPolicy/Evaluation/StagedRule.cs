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

/// <summary>The rules of a rule set, sorted into their stages, in their order.</summary>
internal sealed class StagedRules(IEnumerable<RelayRule> rules)
{
    private readonly StagedRule[][] _byStage =
        [.. Enum.GetValues<RelayStage>().Select(stage => rules.Where(rule => rule.Stage == stage).Select(rule => new StagedRule(rule)).ToArray())];

    public ReadOnlySpan<StagedRule> At(RelayStage stage) => _byStage[(int)stage];
}
