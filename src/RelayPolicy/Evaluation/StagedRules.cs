namespace RelayPolicy;

/// <summary>The rules of a rule set, sorted into their stages, in their order.</summary>
internal sealed class StagedRules(IEnumerable<RelayRule> rules)
{
    private readonly RelayRule[][] _byStage =
        [.. new[] { RelayStage.Connect, RelayStage.Sender, RelayStage.Recipient }.Select(stage => rules.Where(rule => rule.Stage == stage).ToArray())];

    public ReadOnlySpan<RelayRule> At(RelayStage stage) => _byStage[(int)stage];
}
