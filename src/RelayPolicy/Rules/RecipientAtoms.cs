namespace RelayPolicy;

public abstract partial record Condition
{
    /// <summary>Atoms about the forward-path. Known at <see cref="RelayStage.Recipient"/>.</summary>
    public static class Recipient
    {
        /// <summary>The recipient's domain or address literal is among the local domains, or it is the bare <c>&lt;postmaster&gt;</c>.</summary>
        public static Condition IsLocal { get; } = new RecipientIsLocal();

        /// <summary>The recipient is at an address literal. Naming it is the only way to accept one that is not local.</summary>
        public static Condition IsAddressLiteral { get; } = new RecipientIsAddressLiteral();

        /// <summary>The recipient's local-part names another destination (see <see cref="SmtpPath.IsRouted"/>).</summary>
        public static Condition IsRouted { get; } = new RecipientIsRouted();

        /// <summary>The recipient's domain or address literal is in the set.</summary>
        public static Condition In(DomainSet domains)
        {
            ArgumentNullException.ThrowIfNull(domains);
            return new RecipientIn(domains);
        }

        /// <summary>The recipient is one of these mailboxes.</summary>
        public static Condition Is(AddressSet addresses)
        {
            ArgumentNullException.ThrowIfNull(addresses);
            return new RecipientIs(addresses);
        }
    }
}

internal abstract record RecipientAtom : Atom
{
    internal override RelayFacts Reads => RelayFacts.Recipient;
}

internal abstract record DestinationAtom : RecipientAtom
{
    public sealed override AtomSupport Support => AtomSupport.Destination;
}

internal sealed record RecipientIsLocal : DestinationAtom
{
    public override string Name => "Recipient.IsLocal";

    internal override RelayFacts Reads => RelayFacts.Recipient | RelayFacts.Locality;
}

internal sealed record RecipientIn(DomainSet Domains) : DestinationAtom
{
    public override string Name => "Recipient.In";

    public override bool IsEmpty => Domains.IsEmpty;

    private protected override string Argument => Domains.ToString();
}

internal sealed record RecipientIs(AddressSet Addresses) : DestinationAtom
{
    public override string Name => "Recipient.Is";

    public override bool IsEmpty => Addresses.IsEmpty;

    private protected override string Argument => Addresses.ToString();
}

internal sealed record RecipientIsAddressLiteral : RecipientAtom
{
    public override string Name => "Recipient.IsAddressLiteral";
}

internal sealed record RecipientIsRouted : RecipientAtom
{
    public override string Name => "Recipient.IsRouted";
}
