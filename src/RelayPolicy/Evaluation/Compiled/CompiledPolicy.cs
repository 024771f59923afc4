namespace RelayPolicy;

/// <summary>
/// The compiled form of a rule set. In each dimension the sets of all rules divide the values into classes; the condition of a rule is a
/// disjunction of boxes over classes and facts; and the index of each stage says which rules can hold for a class. All of it is data:
/// what evaluates it is <see cref="PolicyWalk"/>.
/// </summary>
internal sealed class CompiledPolicy(Dimension[] dimensions, BoxTable boxes, CompiledStage[] stages, CustomCondition[] customs)
{
    /// <summary>How many kinds of atoms over sets there are.</summary>
    public const int MaxDimensions = 11;

    /// <summary>The dimensions that some rule looks at and that have classes.</summary>
    public ReadOnlySpan<Dimension> Dimensions => dimensions;

    public BoxTable Boxes => boxes;

    /// <summary>The custom conditions of all rules, each once.</summary>
    public ReadOnlySpan<CustomCondition> Customs => customs;

    public CompiledStage At(RelayStage stage) => stages[(int)stage];
}

/// <summary>The rules of a stage in their order, and their index.</summary>
internal sealed class CompiledStage(CompiledRule[] rules, RuleIndex index)
{
    public ReadOnlySpan<CompiledRule> Rules => rules;

    public RuleIndex Index => index;

    /// <summary>Whether its result rests on the facts of the request alone: neither on the instant nor on user code.</summary>
    public bool IsLasting { get; } = !rules.Any(rule => rule.HasPeriod || rule.HasCustoms);
}
