namespace RelayPolicy.Smtp.Sasl;

/// <summary>The registered names of the mechanisms.</summary>
internal static class SaslMechanismNames
{
    public const string Plain = "PLAIN";
    public const string Login = "LOGIN";
    public const string ScramSha256 = "SCRAM-SHA-256";

    // The strongest first: clients often take the first that they know.
    private static readonly (SaslMechanisms Mechanism, string Name)[] All =
        [(SaslMechanisms.ScramSha256, ScramSha256), (SaslMechanisms.Plain, Plain), (SaslMechanisms.Login, Login)];

    /// <summary>The names of the mechanisms, separated by spaces.</summary>
    public static string Print(this SaslMechanisms mechanisms) =>
        string.Join(' ', All.Where(known => mechanisms.HasFlag(known.Mechanism)).Select(known => known.Name));

    /// <summary>The mechanism of a name if it is among those offered, else none.</summary>
    public static SaslMechanisms Find(this SaslMechanisms offered, ReadOnlySpan<char> name)
    {
        foreach ((SaslMechanisms mechanism, string known) in All)
        {
            if (AsciiComparer.Equals(name, known)) return offered & mechanism;
        }

        return SaslMechanisms.None;
    }
}
