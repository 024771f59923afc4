namespace RelayPolicy;

/// <summary>One way in which a stage, or the whole evaluation, can end.</summary>
/// <param name="action">The action; <see cref="RelayAction.Continue"/> when the stage lets the request pass.</param>
/// <param name="stage">The stage that ends so.</param>
/// <param name="reason">On what it rests.</param>
/// <param name="rule">The rule, or null.</param>
internal readonly struct Outcome(RelayAction action, RelayStage stage, RelayReason reason, CompiledRule? rule)
{
    // Bytes, because outcomes are copied often.
    private readonly byte _action = (byte)action;
    private readonly byte _stage = (byte)stage;
    private readonly byte _reason = (byte)reason;

    public RelayAction Action
    {
        get => (RelayAction)_action;
        init => _action = (byte)value;
    }

    public RelayStage Stage => (RelayStage)_stage;

    public RelayReason Reason
    {
        get => (RelayReason)_reason;
        init => _reason = (byte)value;
    }

    public CompiledRule? Rule { get; } = rule;

    public static Outcome Of(CompiledRule rule, RelayAction action) => new(action, rule.Rule.Stage, RelayReason.Rule, rule);
}
