using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>
/// The anchors of a condition: atoms of which at least one is not false whenever the condition is not false. So a rule need not be
/// looked at for a request at which all its anchors are false. A conjunction rests on the anchors of one of its parts, a disjunction
/// on those of all of them; negations are carried down to the atoms, and a negated atom anchors nothing.
/// </summary>
internal static class Anchors
{
    /// <summary>The anchors that cost least, or null when nothing anchors the condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="cost">What an atom costs as an anchor: how many rules share the worst of its keys; null for an atom that anchors nothing.</param>
    public static ImmutableArray<Atom>? Of(Condition condition, Func<Atom, int?> cost) => Of(condition, negated: false, cost)?.Atoms;

    private static Choice? Of(Condition condition, bool negated, Func<Atom, int?> cost) => condition switch
    {
        AnyCondition => negated ? Choice.Never : null,
        NotCondition not => Of(not.Operand, !negated, cost),
        JoinedCondition joined when joined is AllCondition != negated => Cheapest(joined.Parts, negated, cost),
        JoinedCondition joined => Together(joined.Parts, negated, cost),
        Atom atom when !negated && cost(atom) is { } price => new Choice([atom], price),
        _ => null,
    };

    private static Choice? Cheapest(ImmutableArray<Condition> parts, bool negated, Func<Atom, int?> cost)
    {
        Choice? best = null;
        foreach (Condition part in parts)
        {
            if (Of(part, negated, cost) is { } choice && (best is not { } other || choice.Cost < other.Cost)) best = choice;
        }

        return best;
    }

    private static Choice? Together(ImmutableArray<Condition> parts, bool negated, Func<Atom, int?> cost)
    {
        Choice all = Choice.Never;
        foreach (Condition part in parts)
        {
            if (Of(part, negated, cost) is not { } choice) return null;
            all = new Choice(all.Atoms.AddRange(choice.Atoms), Math.Max(all.Cost, choice.Cost));
        }

        return all;
    }

    private readonly record struct Choice(ImmutableArray<Atom> Atoms, int Cost)
    {
        public static Choice Never => new([], 0);
    }
}
