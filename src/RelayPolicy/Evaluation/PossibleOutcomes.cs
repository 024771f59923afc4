using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>
/// The ways in which a stage, or the whole evaluation, can end, given what is unknown: of each action the first one, in the order in
/// which they were met, which is rule order.
/// </summary>
internal struct PossibleOutcomes
{
    private const int Actions = (int)RelayAction.Continue + 1;

    private Ends _ends;
    private int _count;

    /// <summary>Whether every possible end has the same action.</summary>
    public readonly bool AreAlike => _count == 1;

    /// <summary>The first possible end in rule order. Every evaluation has one; were there none, this would be a rejection.</summary>
    public readonly Outcome First => _ends[0];

    /// <summary>The strictest possible refusal, or null if none is possible.</summary>
    public readonly Outcome? StrictestRefusal => Get(RelayAction.Reject) ?? Get(RelayAction.Defer);

    /// <summary>Whether some possible end has the action.</summary>
    public readonly bool Has(RelayAction action)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_ends[i].Action == action) return true;
        }

        return false;
    }

    /// <summary>The first possible end with the action, or null.</summary>
    public readonly Outcome? Get(RelayAction action)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_ends[i].Action == action) return _ends[i];
        }

        return null;
    }

    /// <summary>Whether some possible end has another action than this one.</summary>
    public readonly bool CanDifferFrom(RelayAction action) => _count > (Has(action) ? 1 : 0);

    public void Add(in Outcome outcome)
    {
        if (!Has(outcome.Action)) _ends[_count++] = outcome;
    }

    /// <summary>Adds the ends of a stage, or of its ends only the refusals when the evaluation goes on behind it.</summary>
    public void AddStage(in PossibleOutcomes stage, bool refusalsOnly)
    {
        for (int i = 0; i < stage._count; i++)
        {
            if (!refusalsOnly || stage._ends[i].Action is RelayAction.Reject or RelayAction.Defer) Add(stage._ends[i]);
        }
    }

    [InlineArray(Actions)]
    private struct Ends
    {
        private Outcome _first;
    }
}
