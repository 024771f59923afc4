namespace RelayPolicy.Smtp;

/// <summary>Service extensions of SMTP (RFC 5321 §2.2) that a server may offer or not. PIPELINING and ENHANCEDSTATUSCODES are always offered.</summary>
[Flags]
public enum SmtpExtensions
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>SIZE: messages announce their size (RFC 1870).</summary>
    Size = 1 << 0,

    /// <summary>8BITMIME: content may hold octets above 127 (RFC 6152).</summary>
    EightBitMime = 1 << 1,

    /// <summary>CHUNKING: content may come by BDAT (RFC 3030; without BINARYMIME).</summary>
    Chunking = 1 << 2,

    /// <summary>SMTPUTF8: internationalised addresses and headers (RFC 6531). Offer it only if whatever takes the messages can pass it on.</summary>
    SmtpUtf8 = 1 << 3,

    /// <summary>DSN: the parameters of delivery status notifications (RFC 3461). Offer it only if whatever takes the messages honours them.</summary>
    Dsn = 1 << 4,

    /// <summary>STARTTLS (RFC 3207). Offer it only if the host can start TLS.</summary>
    StartTls = 1 << 5,

    /// <summary>AUTH (RFC 4954).</summary>
    Auth = 1 << 6,
}
