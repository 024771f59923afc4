using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>
/// When a rule applies: a closed algebra of atoms over the facts of a request, joined by <c>&amp;</c>, <c>|</c> and <c>!</c>.
/// Conditions are data, not code: a rule set can be printed, written to a file, compared and reasoned about.
/// <see cref="Custom"/> is the one hole for user code. Two conditions are equal when they are written alike.
/// </summary>
/// <remarks>
/// The value of a condition is true, false or unknown in Kleene's logic: an atom on an unknown fact is unknown,
/// <c>false &amp; unknown</c> is false, <c>true | unknown</c> is true. Bring the atoms into scope with
/// <c>using static RelayPolicy.Condition;</c>.
/// </remarks>
public abstract partial record Condition
{
    /// <summary>How many operators may stand inside each other: so many that a policy file can hold them (see <see cref="Depth"/>).</summary>
    internal const int MaxDepth = 24;

    private protected Condition()
    {
    }

    /// <summary>Holds for every request. There is no rule without a condition, so this must be spelled out.</summary>
    public static Condition Any { get; } = new AnyCondition();

    /// <summary>The facts that the condition can look at.</summary>
    internal abstract RelayFacts Reads { get; }

    /// <summary>Whether user code is part of it.</summary>
    internal virtual bool HoldsCustoms => false;

    /// <summary>How many operators stand inside each other: 0 for an atom. Known without walking the condition.</summary>
    internal virtual int Depth => 0;

    /// <summary>The atoms of the condition from left to right, each with whether an odd number of negations stands before it.</summary>
    internal abstract IEnumerable<(Atom Atom, bool Negated)> Atoms(bool negated = false);

    /// <summary>User code over the named facts.</summary>
    /// <param name="name">Names the condition in explanations and policy files; not blank.</param>
    /// <param name="reads">The facts that the predicate looks at. It sees a request that holds nothing else. If one of them is
    /// unknown, the condition is unknown and the predicate is not asked.</param>
    /// <param name="predicate">True, false, or null for unknown. Synchronous, and the same for the same request; asked last within a
    /// condition and at most once per request. What it throws makes the condition unknown for now.</param>
    /// <exception cref="ArgumentException">The name is blank, or the facts are undefined.</exception>
    public static Condition Custom(string name, RelayFacts reads, RelayPredicate predicate) => new CustomCondition(name, reads, predicate);

    /// <summary>Both hold.</summary>
    public static Condition operator &(Condition left, Condition right) => new AllCondition([.. AllCondition.Operands(left), .. AllCondition.Operands(right)]);

    /// <summary>One or both hold.</summary>
    public static Condition operator |(Condition left, Condition right) => new EitherCondition([.. EitherCondition.Operands(left), .. EitherCondition.Operands(right)]);

    /// <summary>It does not hold; unknown stays unknown.</summary>
    public static Condition operator !(Condition condition) => new NotCondition(condition);

    /// <summary>The condition as it is written in C#, for example <c>Client.In(office) &amp; !Recipient.IsRouted</c>.</summary>
    public sealed override string ToString() => Print(nested: false);

    internal abstract string Print(bool nested);
}

/// <summary>User code in a condition: true, false, or null for unknown.</summary>
/// <param name="request">The request, in which only the declared facts are filled in.</param>
public delegate bool? RelayPredicate(in RelayRequest request);

/// <summary><see cref="Condition.Any"/>.</summary>
internal sealed record AnyCondition : Condition
{
    internal override RelayFacts Reads => RelayFacts.None;

    internal override IEnumerable<(Atom Atom, bool Negated)> Atoms(bool negated) => [];

    internal override string Print(bool nested) => nameof(Any);
}

/// <summary><c>!</c>.</summary>
internal sealed record NotCondition(Condition Operand) : Condition
{
    internal override RelayFacts Reads => Operand.Reads;

    internal override bool HoldsCustoms => Operand.HoldsCustoms;

    internal override int Depth { get; } = Operand.Depth + 1;

    internal override IEnumerable<(Atom Atom, bool Negated)> Atoms(bool negated) => Operand.Atoms(!negated);

    internal override string Print(bool nested) => "!" + Operand.Print(nested: true);
}

/// <summary>Several conditions joined by one operator; at least two, none of the same kind as the whole.</summary>
internal abstract record JoinedCondition(ImmutableArray<Condition> Parts) : Condition
{
    private protected abstract string Operator { get; }

    internal override int Depth { get; } = Parts.Max(part => part.Depth) + 1;

    internal override RelayFacts Reads => Parts.Aggregate(RelayFacts.None, (facts, part) => facts | part.Reads);

    internal override bool HoldsCustoms => Parts.Any(part => part.HoldsCustoms);

    internal override IEnumerable<(Atom Atom, bool Negated)> Atoms(bool negated) => Parts.SelectMany(part => part.Atoms(negated));

    public virtual bool Equals(JoinedCondition? other) => other is not null && EqualityContract == other.EqualityContract && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(EqualityContract.GetHashCode(), HashCode.Combine);

    internal override string Print(bool nested)
    {
        string text = string.Join($" {Operator} ", Parts.Select(part => part.Print(nested: true)));
        return nested ? $"({text})" : text;
    }
}

/// <summary><c>&amp;</c>.</summary>
internal sealed record AllCondition(ImmutableArray<Condition> Parts) : JoinedCondition(Parts)
{
    private protected override string Operator => "&";

    public static ImmutableArray<Condition> Operands(Condition condition) => condition is AllCondition all ? all.Parts : [condition];

    /// <summary>The one condition itself, or all of them joined.</summary>
    public static Condition Join(ImmutableArray<Condition> parts) => parts is [var only] ? only : new AllCondition([.. parts.SelectMany(part => Operands(part))]);
}

/// <summary><c>|</c>.</summary>
internal sealed record EitherCondition(ImmutableArray<Condition> Parts) : JoinedCondition(Parts)
{
    private protected override string Operator => "|";

    public static ImmutableArray<Condition> Operands(Condition condition) => condition is EitherCondition either ? either.Parts : [condition];

    /// <summary>The one condition itself, or all of them joined.</summary>
    public static Condition Join(ImmutableArray<Condition> parts) => parts is [var only] ? only : new EitherCondition([.. parts.SelectMany(part => Operands(part))]);
}
