namespace RelayPolicy.Smtp;

/// <summary>Where a session stands between two commands (RFC 5321 §4.1.4).</summary>
public enum SmtpState
{
    /// <summary>The client was refused with 554 when it connected: only QUIT is left (RFC 5321 §3.1).</summary>
    Refused = 0,

    /// <summary>No HELO or EHLO yet, or none since TLS started or another client was named.</summary>
    Start,

    /// <summary>After HELO, no transaction.</summary>
    Helo,

    /// <summary>After EHLO, no transaction.</summary>
    Ehlo,

    /// <summary>In a transaction without an accepted recipient.</summary>
    Mail,

    /// <summary>In a transaction with accepted recipients.</summary>
    Rcpt,

    /// <summary>Between the chunks of a message (RFC 3030).</summary>
    Chunks,
}
