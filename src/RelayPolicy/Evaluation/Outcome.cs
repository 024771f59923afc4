namespace RelayPolicy;

/// <summary>One way in which a stage, or the whole evaluation, can end.</summary>
/// <param name="Action">The action; <see cref="RelayAction.Continue"/> when the stage lets the request pass.</param>
/// <param name="Stage">The stage that ends so.</param>
/// <param name="Reason">On what it rests.</param>
/// <param name="Rule">The rule, or null.</param>
internal readonly record struct Outcome(RelayAction Action, RelayStage Stage, RelayReason Reason, CompiledRule? Rule)
{
    public static Outcome Of(CompiledRule rule, RelayAction action) => new(action, rule.Rule.Stage, RelayReason.Rule, rule);
}
