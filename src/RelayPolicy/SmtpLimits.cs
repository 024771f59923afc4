namespace RelayPolicy;

/// <summary>
/// Limits that the host of a policy keeps; the policy itself never counts anything. The defaults are those of the IIS SMTP
/// server (Microsoft articles 303734 and 310356).
/// </summary>
public sealed record SmtpLimits
{
    /// <summary>The largest message in octets, as announced by SIZE (RFC 1870); null for no limit. 2,048 KB.</summary>
    public long? MaxMessageSize { get; init; } = 2_048L * 1024;

    /// <summary>The most octets in one session; null for no limit. 10,240 KB.</summary>
    public long? MaxSessionSize { get; init; } = 10_240L * 1024;

    /// <summary>The most recipients of one message, beyond which each is deferred with 452 4.5.3; null for no limit. 100.</summary>
    public int? MaxRecipients { get; init; } = 100;

    /// <summary>The most <c>Received</c> fields of a message before it is taken for a loop (RFC 5321 §6.3); null for no limit. 15.</summary>
    public int? MaxHops { get; init; } = 15;

    /// <summary>The most connections at a time; null, the default, for no limit.</summary>
    public int? MaxConnections { get; init; }
}
