namespace RelayPolicy.Smtp.Sasl;

/// <summary>Who the client claims to be, for the host to look up.</summary>
/// <param name="Mechanism">The mechanism's registered name: PLAIN, LOGIN or SCRAM-SHA-256.</param>
/// <param name="User">The user name as it was sent: not blank, no control or format character, not normalised.</param>
/// <param name="Password">The password as it was sent; null with SCRAM-SHA-256, which never tells it. Do not log it.</param>
public sealed record SaslCredentials(string Mechanism, string User, string? Password)
{
    /// <summary>The user name and the mechanism; never the password.</summary>
    public override string ToString() => $"{Printable.Escape(User)} ({Mechanism})";
}
