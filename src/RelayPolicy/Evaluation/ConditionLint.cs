namespace RelayPolicy;

/// <summary>
/// Statements about all conjunctions of a condition in disjunctive normal form, found without writing that form down.
/// </summary>
internal static class ConditionLint
{
    /// <summary>
    /// Whether every conjunction rests on who the client is or on where the message goes. A conjunction of <c>a &amp; b</c> joins one of
    /// <c>a</c> and one of <c>b</c>, so it is enough that all of <c>a</c> or all of <c>b</c> do; of <c>a | b</c>, both must.
    /// </summary>
    public static bool IsSupported(Condition condition) => IsSupported(condition, negated: false);

    private static bool IsSupported(Condition condition, bool negated) => condition switch
    {
        AnyCondition => negated, // never holds, and so has no conjunction
        NotCondition not => IsSupported(not.Operand, !negated),
        JoinedCondition joined when joined is AllCondition != negated => joined.Parts.Any(part => IsSupported(part, negated)),
        JoinedCondition joined => joined.Parts.All(part => IsSupported(part, negated)),
        Atom atom => !negated && atom.Support != AtomSupport.None,
        _ => false,
    };
}
