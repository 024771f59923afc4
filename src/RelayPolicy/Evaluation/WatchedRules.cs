namespace RelayPolicy;

/// <summary>The audit-only rules of a stage that held before it ended: the first one, and the first one with another action.</summary>
internal struct WatchedRules
{
    private RelayRule? _first;
    private RelayRule? _other;

    public void Add(RelayRule rule)
    {
        if (_first is null) _first = rule;
        else if (rule.Action != _first.Action) _other ??= rule;
    }

    /// <summary>The first of the rules that would have ended the stage in another way than it can end now, or null.</summary>
    public readonly RelayRule? FirstThatDiffers(in PossibleOutcomes ends)
    {
        // If the first rule differs from no end, all ends have its action, and a rule with another action differs.
        return _first is not null && !Differs(_first, ends) ? _other : _first;
    }

    private static bool Differs(RelayRule rule, in PossibleOutcomes ends) => rule.Action switch
    {
        RuleAction.Accept => ends.Has(RelayAction.Reject) || ends.Has(RelayAction.Defer),
        RuleAction.Defer => ends.CanDifferFrom(RelayAction.Defer),
        _ => ends.CanDifferFrom(RelayAction.Reject),
    };
}
