namespace RelayPolicy.Smtp.Sasl;

/// <summary>What the host says of credentials. <c>default(SaslAnswer)</c> rejects them.</summary>
public readonly struct SaslAnswer
{
    private SaslAnswer(SaslAnswerKind kind, ScramVerifier? verifier, IEnumerable<string>? groups)
    {
        Kind = kind;
        StoredVerifier = verifier;
        Groups = groups;
    }

    /// <summary>They are wrong, or there is no such user: 535.</summary>
    public static SaslAnswer Reject => default;

    /// <summary>Nobody can tell for now (the user database does not answer): 454.</summary>
    public static SaslAnswer Unavailable { get; } = new(SaslAnswerKind.Unavailable, null, null);

    internal SaslAnswerKind Kind { get; }

    internal ScramVerifier? StoredVerifier { get; }

    internal IEnumerable<string>? Groups { get; }

    /// <summary>The host has checked the password itself, and it is right. With SCRAM-SHA-256, which tells no password, this rejects.</summary>
    /// <param name="groups">The groups of the user, or null for none.</param>
    public static SaslAnswer PasswordIsRight(IEnumerable<string>? groups = null) => new(SaslAnswerKind.PasswordIsRight, null, groups);

    /// <summary>What is stored of the user: the session checks the password against it, or proves it by SCRAM.</summary>
    /// <param name="verifier">The verifier, or null if there is no such user. If users have more than
    /// <see cref="ScramVerifier.MinIterations"/>, or the server restarts, a client could tell; <see cref="ScramVerifier.ForUnknownUser"/> is what it cannot
    /// tell from a wrong password.</param>
    /// <param name="groups">The groups of the user, or null for none.</param>
    public static SaslAnswer Verifier(ScramVerifier? verifier, IEnumerable<string>? groups = null) => new(SaslAnswerKind.Verifier, verifier, groups);
}

/// <summary>The kinds of answers.</summary>
internal enum SaslAnswerKind
{
    Reject = 0,
    Unavailable,
    PasswordIsRight,
    Verifier,
}
