namespace RelayPolicy.Configuration;

/// <summary>What the value of a field in a <c>When</c> is.</summary>
internal enum FieldValue
{
    YesNo,
    Networks,
    Domains,
    Addresses,
    Names,
    Fingerprints,
    Custom,
}

/// <summary>
/// The fields of a <c>When</c>, one for each atom: the single source from which policy files are read and written and their schema
/// is made.
/// </summary>
/// <param name="Name">The name, the same as in C#.</param>
/// <param name="Value">What its value is.</param>
/// <param name="Summary">What it means, for the schema.</param>
/// <param name="Create">Makes the condition of a value: of no value for a yes/no field.</param>
/// <param name="Read">The value of an atom, or null if the atom is another one's.</param>
internal sealed record ConditionField(string Name, FieldValue Value, string Summary, Func<object?, Condition> Create, Func<Atom, object?> Read)
{
    public static IReadOnlyList<ConditionField> All { get; } =
    [
        Networks<ClientIn>("Client.In", "The client's address is in the networks.", Condition.Client.In, atom => atom.Networks),
        YesNo("Client.IsIPv4", "The client's address is IPv4.", Condition.Client.IsIPv4),
        YesNo("Client.IsIPv6", "The client's address is IPv6.", Condition.Client.IsIPv6),
        Domains<ClientHostIn>("Client.HostIn", "A confirmed host name of the client is in the domains.", Condition.Client.HostIn, atom => atom.Domains),
        YesNo("Client.HasConfirmedName", "The client has a confirmed host name.", Condition.Client.HasConfirmedName),
        Names<ClientListener>("Client.Listener", "The connection came in on one of the listeners.", names => Condition.Client.Listener(names), atom => atom.Names),
        YesNo("Client.IsProxied", "A named peer passed the client's address on.", Condition.Client.IsProxied),
        YesNo("Tls.IsOn", "The session is under TLS.", Condition.Tls.IsOn),
        new("Tls.Certificate", FieldValue.Fingerprints, "The client has shown a certificate with one of the SHA-256 fingerprints.", value => Condition.Tls.Certificate((IEnumerable<CertificateFingerprint>)value!), atom => (atom as TlsCertificate)?.Fingerprints.Values),
        YesNo("Identity.IsAuthenticated", "The client has authenticated.", Condition.Identity.IsAuthenticated),
        Names<IdentityUser>("Identity.User", "The user is one of these.", names => Condition.Identity.User(names), atom => atom.Names),
        Names<IdentityGroup>("Identity.Group", "The user is in one of these groups.", names => Condition.Identity.Group(names), atom => atom.Names),
        Names<IdentityMechanism>("Identity.Mechanism", "The client has authenticated by one of these SASL mechanisms.", names => Condition.Identity.Mechanism(names), atom => atom.Names),
        YesNo("Identity.OwnsSender", "The user owns the sender, by SenderOwnership.", Condition.Identity.OwnsSender),
        YesNo("Sender.IsNull", "The sender is the null path <>.", Condition.Sender.IsNull),
        Domains<SenderIn>("Sender.In", "The sender's domain is in the domains. Anybody can forge it.", Condition.Sender.In, atom => atom.Domains),
        Addresses<SenderIs>("Sender.Is", "The sender is one of the mailboxes. Anybody can forge it.", Condition.Sender.Is, atom => atom.Addresses),
        YesNo("Sender.IsLocal", "The sender's domain is local. Anybody can forge it.", Condition.Sender.IsLocal),
        YesNo("Recipient.IsLocal", "The recipient's domain is local, or it is the bare postmaster.", Condition.Recipient.IsLocal),
        Domains<RecipientIn>("Recipient.In", "The recipient's domain is in the domains.", Condition.Recipient.In, atom => atom.Domains),
        Addresses<RecipientIs>("Recipient.Is", "The recipient is one of the mailboxes.", Condition.Recipient.Is, atom => atom.Addresses),
        YesNo("Recipient.IsAddressLiteral", "The recipient is at an address literal.", Condition.Recipient.IsAddressLiteral),
        YesNo("Recipient.IsRouted", "The recipient's local-part names another destination.", Condition.Recipient.IsRouted),
        new("Custom", FieldValue.Custom, "The custom condition of this name, which the application registers, holds.", value => (Condition)value!, atom => atom as CustomCondition),
    ];

    /// <summary>The field and the value of an atom.</summary>
    public static (ConditionField Field, object Value) Of(Atom atom)
    {
        foreach (ConditionField field in All)
        {
            if (field.Read(atom) is { } value) return (field, value);
        }

        throw new InvalidOperationException($"The policy file has no field for {atom.Name}.");
    }

    private static ConditionField YesNo(string name, string summary, Condition condition) =>
        new(name, FieldValue.YesNo, summary, _ => condition, atom => atom == condition ? condition : null);

    private static ConditionField Networks<T>(string name, string summary, Func<NetworkSet, Condition> create, Func<T, NetworkSet> read)
        where T : Atom => List(name, FieldValue.Networks, summary, create, read);

    private static ConditionField Domains<T>(string name, string summary, Func<DomainSet, Condition> create, Func<T, DomainSet> read)
        where T : Atom => List(name, FieldValue.Domains, summary, create, read);

    private static ConditionField Addresses<T>(string name, string summary, Func<AddressSet, Condition> create, Func<T, AddressSet> read)
        where T : Atom => List(name, FieldValue.Addresses, summary, create, read);

    private static ConditionField Names<T>(string name, string summary, Func<IEnumerable<string>, Condition> create, Func<T, ValueList<string>> read)
        where T : Atom => new(name, FieldValue.Names, summary, value => create((IEnumerable<string>)value!), atom => atom is T own ? read(own).Values : null);

    private static ConditionField List<T, TSet>(string name, FieldValue value, string summary, Func<TSet, Condition> create, Func<T, TSet> read)
        where T : Atom
        where TSet : class => new(name, value, summary, set => create((TSet)set!), atom => atom is T own ? read(own) : null);
}
