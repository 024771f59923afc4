using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>What an atom lends to an accepting rule when it stands there without a negation.</summary>
internal enum AtomSupport
{
    /// <summary>Nothing: the fact can be forged, or says nothing about who the client is.</summary>
    None = 0,

    /// <summary>It names who the client is.</summary>
    Trust,

    /// <summary>It names where the message goes.</summary>
    Destination,
}

/// <summary>One statement about one fact. The name of an atom is the same in C#, in policy files and in explanations.</summary>
internal abstract record Atom : Condition
{
    /// <summary>The name, for example <c>Client.In</c>.</summary>
    public abstract string Name { get; }

    public virtual AtomSupport Support => AtomSupport.None;

    /// <summary>Whether the atom is over a set without members, which it never matches.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>What stands in parentheses behind the name, or null for an atom without argument.</summary>
    private protected virtual string? Argument => null;

    internal sealed override IEnumerable<(Atom Atom, bool Negated)> Atoms(bool negated) => [(this, negated)];

    internal sealed override string Print(bool nested) => Argument is null ? Name : $"{Name}({Argument})";
}

/// <summary>A list of values that is equal to another when it holds the same values in the same order.</summary>
internal sealed class ValueList<T>(IEnumerable<T> values) : IEquatable<ValueList<T>>
{
    public ImmutableArray<T> Values { get; } = [.. values];

    public bool Equals(ValueList<T>? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);

    public override string ToString() => EntryList.Print(name: null, Values.Select(value => $"{value}"));
}

/// <summary><see cref="Condition.Custom"/>.</summary>
internal sealed record CustomCondition : Atom
{
    private const RelayFacts TrustFacts = RelayFacts.ClientAddress | RelayFacts.HostName | RelayFacts.Tls | RelayFacts.Identity;
    private const RelayFacts AllFacts = (RelayFacts)(((int)RelayFacts.Recipient << 1) - 1);

    public CustomCondition(string name, RelayFacts reads, RelayPredicate predicate)
    {
        NameText.Check(name, nameof(name));
        ArgumentNullException.ThrowIfNull(predicate);
        if ((reads & ~AllFacts) != 0) throw new ArgumentException($"{(int)reads} holds undefined facts.", nameof(reads));
        CustomName = name;
        Reads = reads;
        Predicate = predicate;
    }

    public override string Name => nameof(Custom);

    public string CustomName { get; }

    public RelayPredicate Predicate { get; }

    public override AtomSupport Support => (Reads & TrustFacts) != 0 ? AtomSupport.Trust : AtomSupport.None;

    internal override RelayFacts Reads { get; }

    internal override bool HoldsCustoms => true;

    private protected override string Argument => CustomName;
}
