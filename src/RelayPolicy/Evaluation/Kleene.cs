namespace RelayPolicy;

/// <summary>
/// A value of Kleene's three-valued logic. Conjunction is the lesser of two values and disjunction the greater, in the order false,
/// unknown, true. <c>default</c> is unknown.
/// </summary>
internal readonly record struct Kleene
{
    private readonly sbyte _rank;

    private Kleene(sbyte rank) => _rank = rank;

    public static Kleene False => new(-1);

    public static Kleene Unknown => default;

    public static Kleene True => new(1);

    public bool IsFalse => _rank < 0;

    public bool IsUnknown => _rank == 0;

    public bool IsTrue => _rank > 0;

    public static Kleene Of(bool value) => value ? True : False;

    public static Kleene operator &(Kleene x, Kleene y) => x._rank < y._rank ? x : y;

    public static Kleene operator |(Kleene x, Kleene y) => x._rank > y._rank ? x : y;

    public static Kleene operator !(Kleene x) => new((sbyte)-x._rank);
}
