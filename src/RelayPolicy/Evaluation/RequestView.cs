namespace RelayPolicy;

/// <summary>A request as the rule set sees it: with its gateways, its local domains and its ownership map applied.</summary>
internal readonly ref struct RequestView
{
    private readonly ref readonly RelayRequest _request;

    public RequestView(in RelayRequest request, RelayRuleSetOptions options)
    {
        _request = ref request;
        Options = options;
        LocalDomains = request.LocalDomains ?? options.LocalDomains;
        Ownership = request.Ownership ?? options.SenderOwnership;
        IsRouted = request.Recipient.IsRouted;
        IsClientKnown = request.Client.HasAddress && !options.Gateways.Contains(request.Client.Key);
    }

    public ref readonly RelayRequest Request => ref _request;

    public RelayRuleSetOptions Options { get; }

    public DomainSet LocalDomains { get; }

    public SenderOwnership Ownership { get; }

    public bool IsClientKnown { get; }

    /// <summary>Whether the recipient's local-part names another destination.</summary>
    public bool IsRouted { get; }

    /// <summary>Whether the recipient is to be delivered here. The bare postmaster always is; for the others the local domains must be known.</summary>
    public Kleene IsRecipientLocal
    {
        get
        {
            if (_request.Recipient.IsBarePostmaster) return Kleene.True;
            return UnknownAmong(RelayFacts.Locality) == UnknownKinds.None ? Kleene.Of(LocalDomains.Contains(_request.Recipient)) : Kleene.Unknown;
        }
    }

    /// <summary>Whether the recipient is at an address literal that is not local.</summary>
    public Kleene IsForeignLiteral => _request.Recipient.AddressLiteral is null ? Kleene.False : !IsRecipientLocal;

    /// <summary>Why facts of the given kinds are unknown; none if all of them are known.</summary>
    public UnknownKinds UnknownAmong(RelayFacts facts)
    {
        UnknownKinds kinds = UnknownKinds.None;
        if ((facts & RelayFacts.ClientAddress) != 0 && !IsClientKnown) kinds |= UnknownKinds.ClientAddress;
        if ((facts & RelayFacts.HostName) != 0)
        {
            if (!IsClientKnown) kinds |= UnknownKinds.ClientAddress;
            else if (_request.Client.HostNameStatus is HostNameStatus.NotAsked or HostNameStatus.TemporaryFailure) kinds |= UnknownKinds.Dns;
        }

        if ((facts & _request.UnknownFacts) != 0) kinds |= UnknownKinds.Temporary;
        return kinds;
    }
}
