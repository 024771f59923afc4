namespace RelayPolicy;

/// <summary>
/// One part of a box: an atom or its negation. An atom over a set is named by its dimension and its number there, one
/// without a set by its <see cref="Fact"/>.
/// </summary>
/// <param name="Dimension">The number of the dimension, or <see cref="Facts"/>.</param>
/// <param name="Atom">The number of the atom in its dimension, or the fact.</param>
/// <param name="IsNegated">Whether the atom must not hold.</param>
internal readonly record struct Literal(byte Dimension, int Atom, bool IsNegated) : IComparable<Literal>
{
    /// <summary>Stands for the facts.</summary>
    public const byte Facts = byte.MaxValue;

    public bool IsFact => Dimension == Facts;

    public static Literal Of(Fact fact, bool isNegated) => new(Facts, (int)fact, isNegated);

    /// <summary>Whether it is the positive literal of the fact.</summary>
    public bool Names(Fact fact) => IsFact && Atom == (int)fact && !IsNegated;

    /// <summary>
    /// The order in which a box is evaluated: facts first, then the later dimensions. Rules are found by their earlier dimensions, so the later
    /// ones are those that can still fail.
    /// </summary>
    public int CompareTo(Literal other)
    {
        int order = other.Dimension.CompareTo(Dimension);
        if (order == 0) order = Atom.CompareTo(other.Atom);
        return order != 0 ? order : IsNegated.CompareTo(other.IsNegated);
    }
}

/// <summary>
/// A conjunction of literals; the condition of a rule is the disjunction of its boxes. Kleene's logic is distributive and
/// takes <c>a | (a &amp; b)</c> as <c>a</c>, so boxes have the value of the condition that they were made of. A literal and its negation in one
/// box are kept: where the fact is unknown, so is the box.
/// </summary>
/// <param name="Start">Where its literals begin.</param>
/// <param name="End">Where they end.</param>
/// <param name="NamesAddressLiterals">Whether it holds <c>Recipient.IsAddressLiteral</c>.</param>
/// <param name="NamesDestination">Whether it holds a positive destination atom.</param>
internal readonly record struct Box(int Start, int End, bool NamesAddressLiterals, bool NamesDestination);

/// <summary>The boxes of all rules.</summary>
internal sealed class BoxTable(Box[] boxes, Literal[] literals)
{
    public int Count => boxes.Length;

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => ((long)boxes.Length * 12) + ((long)literals.Length * 8);

    public ReadOnlySpan<Box> this[Range range] => boxes.AsSpan(range);

    public ReadOnlySpan<Literal> LiteralsOf(Box box) => literals.AsSpan(box.Start..box.End);
}

/// <summary>Collects boxes.</summary>
internal sealed class BoxTableBuilder
{
    private readonly List<Box> _boxes = [];
    private readonly List<Literal> _literals = [];

    /// <summary>Adds the boxes of a rule, and says where they are.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="isDestination">Whether a literal is a positive destination atom.</param>
    public Range Add(IReadOnlyList<Literal[]> boxes, Func<Literal, bool> isDestination)
    {
        int first = _boxes.Count;
        foreach (Literal[] box in boxes)
        {
            int start = _literals.Count;
            _literals.AddRange(box);
            _boxes.Add(new Box(start, _literals.Count, box.Any(literal => literal.Names(Fact.RecipientIsAddressLiteral)), box.Any(isDestination)));
        }

        return first.._boxes.Count;
    }

    public BoxTable Build() => new([.. _boxes], [.. _literals]);
}
