namespace RelayPolicy;

/// <summary>Why a value is unknown; several reasons can come together.</summary>
[Flags]
internal enum UnknownKinds : byte
{
    None = 0,

    /// <summary>The DNS did not answer or was not asked.</summary>
    Dns = 1,

    /// <summary>Some other source failed for now.</summary>
    Temporary = 2,

    /// <summary>Nobody can know the client's address.</summary>
    ClientAddress = 4,

    /// <summary>A custom condition has not been asked. Never the end of an evaluation.</summary>
    NotAsked = 8,
}

/// <summary>A value of Kleene's three-valued logic; an unknown one carries why. <c>default</c> is false.</summary>
internal readonly record struct Kleene
{
    private readonly bool _isTrue;

    private Kleene(bool isTrue, UnknownKinds kinds) => (_isTrue, Kinds) = (isTrue, kinds);

    public static Kleene False => default;

    public static Kleene True => new(isTrue: true, UnknownKinds.None);

    /// <summary>Why the value is unknown; none for true and false.</summary>
    public UnknownKinds Kinds { get; }

    public bool IsTrue => _isTrue;

    public bool IsFalse => !_isTrue && Kinds == UnknownKinds.None;

    public bool IsUnknown => Kinds != UnknownKinds.None;

    public static Kleene Of(bool value) => new(value, UnknownKinds.None);

    public static Kleene Unknown(UnknownKinds kinds) => new(isTrue: false, kinds);

    public static Kleene operator &(Kleene x, Kleene y) => x.IsFalse || y.IsFalse ? False : x.IsTrue && y.IsTrue ? True : Unknown(x.Kinds | y.Kinds);

    public static Kleene operator |(Kleene x, Kleene y) => x.IsTrue || y.IsTrue ? True : x.IsFalse && y.IsFalse ? False : Unknown(x.Kinds | y.Kinds);

    public static Kleene operator !(Kleene x) => x.IsUnknown ? x : Of(!x._isTrue);
}
