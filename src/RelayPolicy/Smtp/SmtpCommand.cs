namespace RelayPolicy.Smtp;

/// <summary>The commands of SMTP that the session knows (RFC 5321 §4.1.1, RFC 3030, RFC 3207, RFC 4954, Postfix's XCLIENT).</summary>
public enum SmtpCommand
{
    /// <summary>None of the others.</summary>
    Unknown = 0,

    /// <summary>EHLO.</summary>
    Ehlo,

    /// <summary>HELO.</summary>
    Helo,

    /// <summary>MAIL FROM.</summary>
    Mail,

    /// <summary>RCPT TO.</summary>
    Rcpt,

    /// <summary>DATA.</summary>
    Data,

    /// <summary>BDAT (RFC 3030).</summary>
    Bdat,

    /// <summary>RSET.</summary>
    Rset,

    /// <summary>NOOP.</summary>
    Noop,

    /// <summary>HELP.</summary>
    Help,

    /// <summary>VRFY.</summary>
    Vrfy,

    /// <summary>EXPN.</summary>
    Expn,

    /// <summary>QUIT.</summary>
    Quit,

    /// <summary>AUTH (RFC 4954).</summary>
    Auth,

    /// <summary>STARTTLS (RFC 3207).</summary>
    StartTls,

    /// <summary>XCLIENT (an extension of Postfix).</summary>
    Xclient,
}
