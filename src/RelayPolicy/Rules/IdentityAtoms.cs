namespace RelayPolicy;

public abstract partial record Condition
{
    /// <summary>Atoms about as whom the client has authenticated. Known from <see cref="RelayStage.Sender"/> on; false when it is anonymous.</summary>
    public static class Identity
    {
        /// <summary>The client has authenticated.</summary>
        public static Condition IsAuthenticated { get; } = new IdentityIsAuthenticated();

        /// <summary>The sender is one that the user owns, by the ownership map of the request or of the rule set.</summary>
        public static Condition OwnsSender { get; } = new IdentityOwnsSender();

        /// <summary>The user is one of these, by the name comparer of the rule set.</summary>
        public static Condition User(params IEnumerable<string> names) => new IdentityUser(new(names));

        /// <summary>The user is in one of these groups, by the name comparer of the rule set.</summary>
        public static Condition Group(params IEnumerable<string> names) => new IdentityGroup(new(names));

        /// <summary>The client has authenticated by one of these SASL mechanisms. ASCII case-insensitive.</summary>
        public static Condition Mechanism(params IEnumerable<string> names) => new IdentityMechanism(new(names));
    }
}

internal abstract record IdentityAtom : Atom
{
    public sealed override AtomSupport Support => AtomSupport.Trust;

    internal override RelayFacts Reads => RelayFacts.Identity;
}

internal sealed record IdentityIsAuthenticated : IdentityAtom
{
    public override string Name => "Identity.IsAuthenticated";
}

internal sealed record IdentityOwnsSender : IdentityAtom
{
    public override string Name => "Identity.OwnsSender";

    internal override RelayFacts Reads => RelayFacts.Identity | RelayFacts.Sender | RelayFacts.Ownership;
}

internal abstract record IdentityNames(ValueList<string> Names) : IdentityAtom
{
    public override bool IsEmpty => Names.Values.IsEmpty;

    private protected override string Argument => Names.ToString();
}

internal sealed record IdentityUser(ValueList<string> Names) : IdentityNames(Names)
{
    public override string Name => "Identity.User";
}

internal sealed record IdentityGroup(ValueList<string> Names) : IdentityNames(Names)
{
    public override string Name => "Identity.Group";
}

internal sealed record IdentityMechanism(ValueList<string> Names) : IdentityNames(Names)
{
    public override string Name => "Identity.Mechanism";
}
