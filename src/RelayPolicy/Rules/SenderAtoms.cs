namespace RelayPolicy;

public abstract partial record Condition
{
    /// <summary>Atoms about the reverse-path, which anybody can forge. Known from <see cref="RelayStage.Sender"/> on.</summary>
    public static class Sender
    {
        /// <summary>The sender is the null path <c>&lt;&gt;</c>.</summary>
        public static Condition IsNull { get; } = new SenderIsNull();

        /// <summary>The sender's domain or address literal is among the local domains.</summary>
        public static Condition IsLocal { get; } = new SenderIsLocal();

        /// <summary>The sender's domain or address literal is in the set.</summary>
        public static Condition In(DomainSet domains)
        {
            ArgumentNullException.ThrowIfNull(domains);
            return new SenderIn(domains);
        }

        /// <summary>The sender is one of these mailboxes.</summary>
        public static Condition Is(AddressSet addresses)
        {
            ArgumentNullException.ThrowIfNull(addresses);
            return new SenderIs(addresses);
        }
    }
}

internal abstract record SenderAtom : Atom
{
    internal override RelayFacts Reads => RelayFacts.Sender;
}

internal sealed record SenderIsNull : SenderAtom
{
    public override string Name => "Sender.IsNull";
}

internal sealed record SenderIsLocal : SenderAtom
{
    public override string Name => "Sender.IsLocal";

    internal override RelayFacts Reads => RelayFacts.Sender | RelayFacts.Locality;
}

internal sealed record SenderIn(DomainSet Domains) : SenderAtom
{
    public override string Name => "Sender.In";

    public override bool IsEmpty => Domains.IsEmpty;

    private protected override string Argument => Domains.ToString();
}

internal sealed record SenderIs(AddressSet Addresses) : SenderAtom
{
    public override string Name => "Sender.Is";

    public override bool IsEmpty => Addresses.IsEmpty;

    private protected override string Argument => Addresses.ToString();
}
