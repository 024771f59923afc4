namespace RelayPolicy;

/// <summary>What a rule set knows besides its rules.</summary>
public sealed class RelayRuleSetOptions
{
    /// <summary>The local domains of requests that bring none. Empty by default: then nothing but the bare postmaster is local.</summary>
    public DomainSet LocalDomains { get; init; } = DomainSet.Empty;

    /// <summary>Which senders each user owns, for requests that bring no map. Empty by default.</summary>
    public SenderOwnership SenderOwnership { get; init; } = SenderOwnership.Empty;

    /// <summary>What happens to routed recipients. Refused by default.</summary>
    public RoutedRecipients RoutedRecipients { get; init; }

    /// <summary>Addresses behind which clients hide, such as a container's gateway or a NAT box: a client with such an address has no
    /// known address. Empty by default.</summary>
    public NetworkSet Gateways { get; init; } = NetworkSet.Empty;

    /// <summary>How user and group names are compared. Ordinal, ignoring case, by default; never by culture.</summary>
    public IEqualityComparer<string> NameComparer { get; init; } = StringComparer.OrdinalIgnoreCase;

    /// <summary>The reply at the end of the recipient rules, a 5xx. Its text may hold <c>{recipient}</c>, <c>{sender}</c> and
    /// <c>{client}</c>. By default <c>550 5.7.1 Relaying denied</c>.</summary>
    public SmtpReply RefusalReply { get; init; }
}
