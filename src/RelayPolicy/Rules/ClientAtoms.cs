namespace RelayPolicy;

public abstract partial record Condition
{
    /// <summary>Atoms about the client's end of the connection. Known from <see cref="RelayStage.Connect"/> on.</summary>
    public static class Client
    {
        /// <summary>The client's address is IPv4. Unknown when the address is.</summary>
        public static Condition IsIPv4 { get; } = new ClientFamily(IsIPv4: true);

        /// <summary>The client's address is IPv6. Unknown when the address is.</summary>
        public static Condition IsIPv6 { get; } = new ClientFamily(IsIPv4: false);

        /// <summary>The client has at least one confirmed host name (PTR whose A or AAAA records contain its address).</summary>
        public static Condition HasConfirmedName { get; } = new ClientHasConfirmedName();

        /// <summary>A named peer passed the client's address on, by the PROXY protocol or XCLIENT.</summary>
        public static Condition IsProxied { get; } = new ClientIsProxied();

        /// <summary>The client's address is in the set. Unknown when the address is.</summary>
        public static Condition In(NetworkSet networks)
        {
            ArgumentNullException.ThrowIfNull(networks);
            return new ClientIn(networks);
        }

        /// <summary>A confirmed host name of the client is in the set. Unknown when the address is, or when the DNS was not asked or did not answer.</summary>
        public static Condition HostIn(DomainSet domains)
        {
            ArgumentNullException.ThrowIfNull(domains);
            return new ClientHostIn(domains);
        }

        /// <summary>The connection came in on one of these listeners. ASCII case-insensitive.</summary>
        public static Condition Listener(params IEnumerable<string> names) => new ClientListener(new(names));
    }
}

internal sealed record ClientIn(NetworkSet Networks) : Atom
{
    public override string Name => "Client.In";

    // A set that says by name that it holds a whole family names nobody.
    public override AtomSupport Support => Networks.CoversFamily ? AtomSupport.None : AtomSupport.Trust;

    public override bool IsEmpty => Networks.IsEmpty;

    internal override RelayFacts Reads => RelayFacts.ClientAddress;

    private protected override string Argument => Networks.ToString();
}

internal sealed record ClientFamily(bool IsIPv4) : Atom
{
    public override string Name => IsIPv4 ? "Client.IsIPv4" : "Client.IsIPv6";

    internal override RelayFacts Reads => RelayFacts.ClientAddress;
}

internal sealed record ClientHostIn(DomainSet Domains) : Atom
{
    public override string Name => "Client.HostIn";

    public override AtomSupport Support => AtomSupport.Trust;

    public override bool IsEmpty => Domains.IsEmpty;

    internal override RelayFacts Reads => RelayFacts.HostName;

    private protected override string Argument => Domains.ToString();
}

internal sealed record ClientHasConfirmedName : Atom
{
    public override string Name => "Client.HasConfirmedName";

    internal override RelayFacts Reads => RelayFacts.HostName;
}

internal sealed record ClientListener(ValueList<string> Names) : Atom
{
    public override string Name => "Client.Listener";

    public override bool IsEmpty => Names.Values.IsEmpty;

    internal override RelayFacts Reads => RelayFacts.Listener;

    private protected override string Argument => Names.ToString();
}

internal sealed record ClientIsProxied : Atom
{
    public override string Name => "Client.IsProxied";

    internal override RelayFacts Reads => RelayFacts.Provenance;
}
