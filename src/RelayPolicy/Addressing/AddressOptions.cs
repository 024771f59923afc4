namespace RelayPolicy;

/// <summary>What an address may hold beyond the grammar of RFC 5321.</summary>
[Flags]
public enum AddressOptions
{
    /// <summary>RFC 5321 §4.1.2 alone.</summary>
    None = 0,

    /// <summary>Non-ASCII local-parts and U-labels (RFC 6531 §3.3): the client asked for SMTPUTF8.</summary>
    SmtpUtf8 = 1,

    /// <summary>Underscores in domain names, which no grammar allows but some old networks use.</summary>
    Underscores = 2,
}
