namespace RelayPolicy.Iis;

/// <summary>The ways in which an IIS SMTP server lets clients in ("Authentication" on the Access page).</summary>
[Flags]
public enum IisAuthentication
{
    /// <summary>No way at all: nobody can send.</summary>
    None = 0,

    /// <summary>Anonymous access: everybody may send without authenticating.</summary>
    Anonymous = 1,

    /// <summary>Basic authentication (SASL LOGIN).</summary>
    Basic = 2,

    /// <summary>Integrated Windows authentication (NTLM, Kerberos).</summary>
    Integrated = 4,
}
