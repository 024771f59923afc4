namespace RelayPolicy;

/// <summary>The ways in which a stage, or the whole evaluation, can end, given what is unknown: of each action the first one in rule order.</summary>
internal struct PossibleOutcomes
{
    private Slots _byAction;
    private int _count;
    private RelayAction _firstAction;

    /// <summary>Whether every possible end has the same action.</summary>
    public readonly bool AreAlike => _count == 1;

    /// <summary>The first possible end in rule order.</summary>
    public readonly Outcome First => Get(_firstAction) ?? throw new InvalidOperationException("The evaluation has no end.");

    /// <summary>The strictest possible end, or null if all of them accept, but differently.</summary>
    public readonly Outcome? Strictest =>
        Get(RelayAction.Reject) ?? Get(RelayAction.Defer) ?? (AreAlike ? First : null);

    public readonly Outcome? Get(RelayAction action) => _byAction[(int)action];

    /// <summary>Whether some possible end has another action than this one.</summary>
    public readonly bool CanDifferFrom(RelayAction action) => _count > (Get(action) is null ? 0 : 1);

    public void Add(in Outcome outcome)
    {
        ref Outcome? slot = ref _byAction[(int)outcome.Action];
        if (slot is not null) return;
        slot = outcome;
        if (_count++ == 0) _firstAction = outcome.Action;
    }

    /// <summary>Adds the ends of a stage, or of its ends only the refusals when the evaluation goes on behind it.</summary>
    public void AddStage(in PossibleOutcomes stage, bool refusalsOnly)
    {
        // The first end of the stage goes first, so that this keeps the order in which the ends were met.
        AddFrom(stage, stage._firstAction, refusalsOnly);
        for (RelayAction action = RelayAction.Reject; action <= RelayAction.Continue; action++) AddFrom(stage, action, refusalsOnly);
    }

    private void AddFrom(in PossibleOutcomes stage, RelayAction action, bool refusalsOnly)
    {
        if (refusalsOnly && action is not (RelayAction.Reject or RelayAction.Defer)) return;
        if (stage.Get(action) is { } outcome) Add(outcome);
    }

    [System.Runtime.CompilerServices.InlineArray((int)RelayAction.Continue + 1)]
    private struct Slots
    {
        private Outcome? _first;
    }
}
