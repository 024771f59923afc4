namespace RelayPolicy;

/// <summary>
/// One recipient of one transaction, with everything that is known about it. A value that can be recorded and asked again:
/// the same request always gets the same answer. <c>default(RelayRequest)</c> is refused.
/// </summary>
public readonly struct RelayRequest
{
    private const RelayFacts CanBeUnknown = RelayFacts.Tls | RelayFacts.Identity | RelayFacts.Ownership | RelayFacts.Locality;

    private readonly AuthIdentity? _identity;

    /// <summary>A request, in clear text unless <see cref="Tls"/> says otherwise.</summary>
    /// <param name="client">The client.</param>
    /// <param name="identity">As whom it has authenticated; null means anonymous.</param>
    /// <param name="sender">The reverse-path: <see cref="SmtpPath.Null"/> or a mailbox. May be <c>default</c> in an evaluation through
    /// <see cref="RelayStage.Connect"/>.</param>
    /// <param name="recipient">The forward-path: a mailbox or the bare postmaster. May be <c>default</c> in an evaluation through an
    /// earlier stage than <see cref="RelayStage.Recipient"/>.</param>
    /// <param name="localDomains">Whose mail this server takes in itself; null for the set in the options of the rule set.</param>
    /// <param name="instant">When the command came in; null for the present instant of the system's clock.</param>
    public RelayRequest(
        in ClientEndpoint client,
        AuthIdentity? identity,
        SmtpPath sender,
        SmtpPath recipient,
        DomainSet? localDomains = null,
        DateTimeOffset? instant = null)
    {
        Client = client;
        _identity = identity ?? AuthIdentity.Anonymous;
        Sender = sender;
        Recipient = recipient;
        LocalDomains = localDomains;
        Instant = instant ?? TimeProvider.System.GetUtcNow();
    }

    /// <summary>The client.</summary>
    public ClientEndpoint Client { get; init; }

    /// <summary>As whom the client has authenticated.</summary>
    public AuthIdentity Identity => _identity ?? AuthIdentity.Anonymous;

    /// <summary>Whether the session is under TLS.</summary>
    public TlsState Tls { get; init; }

    /// <summary>The reverse-path.</summary>
    public SmtpPath Sender { get; init; }

    /// <summary>The forward-path.</summary>
    public SmtpPath Recipient { get; init; }

    /// <summary>Whose mail this server takes in itself, or null for the set in the options of the rule set.</summary>
    public DomainSet? LocalDomains { get; init; }

    /// <summary>Which senders each user owns, or null for the map in the options of the rule set.</summary>
    public SenderOwnership? Ownership { get; init; }

    /// <summary>When the command came in, for rules with a validity period.</summary>
    public DateTimeOffset Instant { get; init; }

    /// <summary>
    /// Facts whose source failed for now: any of <see cref="RelayFacts.Tls"/>, <see cref="RelayFacts.Identity"/>,
    /// <see cref="RelayFacts.Ownership"/> and <see cref="RelayFacts.Locality"/>. (The client's address and host names say themselves
    /// whether they are known.) A recipient whose verdict depends on one of them is deferred.
    /// </summary>
    public RelayFacts UnknownFacts { get; init; }

    /// <summary>Why the request cannot be decided through the stage, or null if it can.</summary>
    internal string? FindFault(RelayStage through)
    {
        if (_identity is null) return "it is default(RelayRequest)";
        if (through is < RelayStage.Connect or > RelayStage.Recipient) return "the stage is undefined";
        if (!Client.IsValid) return "the client contradicts itself or holds an undefined value";
        if ((UnknownFacts & ~CanBeUnknown) != 0) return $"only {CanBeUnknown} can be marked unknown";
        if (through >= RelayStage.Sender && !(Sender.IsNull || Sender.IsMailbox)) return "the sender is neither the null path nor a mailbox";
        if (through == RelayStage.Recipient && !(Recipient.IsMailbox || Recipient.IsBarePostmaster)) return "the recipient is neither a mailbox nor the bare postmaster";
        return null;
    }

    /// <summary>The request without the facts that are not named: what a custom condition gets to see.</summary>
    internal RelayRequest Only(RelayFacts facts)
    {
        ClientEndpoint client = facts.HasFlag(RelayFacts.ClientAddress) ? new ClientEndpoint(Client.Address, Client.Port) : default;
        client = client with
        {
            Listener = facts.HasFlag(RelayFacts.Listener) ? Client.Listener : null,
            Provenance = facts.HasFlag(RelayFacts.Provenance) ? Client.Provenance : ClientProvenance.Direct,
        };
        if (facts.HasFlag(RelayFacts.HostName)) client = client.WithHostNamesOf(Client);
        return new RelayRequest(
            client,
            facts.HasFlag(RelayFacts.Identity) ? Identity : AuthIdentity.Anonymous,
            facts.HasFlag(RelayFacts.Sender) ? Sender : default,
            facts.HasFlag(RelayFacts.Recipient) ? Recipient : default,
            facts.HasFlag(RelayFacts.Locality) ? LocalDomains : DomainSet.Empty,
            Instant)
        {
            Tls = facts.HasFlag(RelayFacts.Tls) ? Tls : TlsState.Off,
            Ownership = facts.HasFlag(RelayFacts.Ownership) ? Ownership : SenderOwnership.Empty,
        };
    }
}
