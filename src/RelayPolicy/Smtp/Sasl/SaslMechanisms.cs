namespace RelayPolicy.Smtp.Sasl;

/// <summary>SASL mechanisms (RFC 4422) that can be offered.</summary>
[Flags]
public enum SaslMechanisms
{
    /// <summary>None: AUTH is not offered.</summary>
    None = 0,

    /// <summary>PLAIN (RFC 4616).</summary>
    Plain = 1,

    /// <summary>LOGIN, which no RFC describes and old clients need.</summary>
    Login = 2,

    /// <summary>SCRAM-SHA-256 (RFC 7677): the password never crosses the network. Needs stored verifiers.</summary>
    ScramSha256 = 4,
}
