namespace RelayPolicy.Iis;

/// <summary>
/// The relay control of the IIS SMTP server (Microsoft article 310356) in its own words. The defaults are those of a fresh
/// installation: everybody may connect, anonymously or not; nobody is in the relay list; who authenticates may relay.
/// </summary>
/// <remarks>
/// Two recorded deviations: a recipient without a domain is local to IIS and is refused here, except for the bare postmaster; and
/// routed recipients such as <c>user%elsewhere@local</c> are refused. The sender never grants anything.
/// </remarks>
public sealed record IisSmtpModel
{
    private const string Place = "Iis";

    /// <summary>"Connection control": who may connect. Everybody by default.</summary>
    public IisAccessList ConnectionControl { get; init; } = new(IisListMode.AllExceptTheList);

    /// <summary>"Authentication": how clients get in. All ways by default.</summary>
    public IisAuthentication Authentication { get; init; } = IisAuthentication.Anonymous | IisAuthentication.Basic | IisAuthentication.Integrated;

    /// <summary>"Require TLS encryption" ("Require secure channel"). Off by default.</summary>
    public bool RequireTls { get; init; }

    /// <summary>"Relay restrictions": who may relay. Nobody by default.</summary>
    public IisAccessList RelayRestrictions { get; init; } = new(IisListMode.OnlyTheList);

    /// <summary>"Allow all computers which successfully authenticate to relay, regardless of the list above." On by default.</summary>
    public bool AuthenticatedMayRelay { get; init; } = true;

    /// <summary>The local default domain or domains.</summary>
    public DomainSet LocalDomains { get; init; } = DomainSet.Empty;

    /// <summary>The alias domains: local too.</summary>
    public DomainSet AliasDomains { get; init; } = DomainSet.Empty;

    /// <summary>The remote domains.</summary>
    public IReadOnlyList<IisRemoteDomain> RemoteDomains { get; init; } = [];

    /// <summary>The limits, which the host keeps.</summary>
    public SmtpLimits Limits { get; init; } = new();

    /// <summary>No setting of IIS: addresses behind which clients hide, see <see cref="RelayRuleSetOptions.Gateways"/>.</summary>
    public NetworkSet Gateways { get; init; } = NetworkSet.Empty;

    private bool CanAuthenticate => (Authentication & (IisAuthentication.Basic | IisAuthentication.Integrated)) != 0;

    private bool AllowsAnonymous => Authentication.HasFlag(IisAuthentication.Anonymous);

    /// <summary>What an administrator should know about these settings, the most dangerous first.</summary>
    public IReadOnlyList<PolicyDiagnostic> Diagnostics => [.. FindDiagnostics().OrderBy(diagnostic => diagnostic.Severity)];

    /// <summary>The settings as ordinary rules, in their order.</summary>
    /// <exception cref="EntryListException">A remote domain's name is wrong.</exception>
    public IReadOnlyList<RelayRule> ToRules()
    {
        var rules = new List<RelayRule>();
        AddConnectionControl(rules);
        if (RequireTls) rules.Add(new(IisRuleNames.TlsRequired, RelayStage.Sender, !Condition.Tls.IsOn, RuleAction.Reject));
        if (!AllowsAnonymous) rules.Add(new(IisRuleNames.AuthenticationRequired, RelayStage.Sender, !Condition.Identity.IsAuthenticated, RuleAction.Reject));
        _ = DomainSet.Parse(RemoteDomains.Select(domain => domain.Name));
        string[] relayed = [.. RemoteDomains.Where(domain => domain.AllowRelay).Select(domain => domain.Name)];
        if (relayed.Length > 0) rules.Add(new(IisRuleNames.RemoteDomains, RelayStage.Recipient, Condition.Recipient.In(DomainSet.Parse(relayed)), RuleAction.Accept));
        AddRelayRestrictions(rules);
        if (AuthenticatedMayRelay && CanAuthenticate) rules.Add(new(IisRuleNames.Authenticated, RelayStage.Recipient, Condition.Identity.IsAuthenticated, RuleAction.Accept));
        rules.Add(new(IisRuleNames.LocalDomains, RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept));
        return rules;
    }

    /// <summary>The settings as a rule set.</summary>
    /// <exception cref="EntryListException">A remote domain's name is wrong.</exception>
    public RelayRuleSet ToRuleSet() => RelayRuleSet.Create(ToRules(), RuleSetOptions);

    /// <summary>What the rules are evaluated with.</summary>
    internal RelayRuleSetOptions RuleSetOptions => new()
    {
        LocalDomains = DomainSet.Parse(LocalDomains.ToEntries().Concat(AliasDomains.ToEntries())),
        Gateways = Gateways,
        RefusalReply = new SmtpReply(550, new(5, 7, 1), "Unable to relay for {recipient}"),
    };

    /// <summary>Whether the settings are the same.</summary>
    public bool Equals(IisSmtpModel? other) =>
        other is not null
        && ConnectionControl.Equals(other.ConnectionControl)
        && Authentication == other.Authentication
        && RequireTls == other.RequireTls
        && RelayRestrictions.Equals(other.RelayRestrictions)
        && AuthenticatedMayRelay == other.AuthenticatedMayRelay
        && LocalDomains.Equals(other.LocalDomains)
        && AliasDomains.Equals(other.AliasDomains)
        && RemoteDomains.SequenceEqual(other.RemoteDomains)
        && Limits == other.Limits
        && Gateways.Equals(other.Gateways);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ConnectionControl, Authentication, RequireTls, RelayRestrictions, AuthenticatedMayRelay, LocalDomains, Limits);

    private void AddConnectionControl(List<RelayRule> rules)
    {
        bool only = ConnectionControl.Mode == IisListMode.OnlyTheList;
        Condition? refused = (ConnectionControl.Clients, only) switch
        {
            (null, true) => Condition.Any,
            (null, false) => null,
            ({ } listed, true) => !listed,
            ({ } listed, false) => listed,
        };
        if (refused is not null) rules.Add(new(IisRuleNames.ConnectionControl, RelayStage.Connect, refused, RuleAction.Reject));
    }

    private void AddRelayRestrictions(List<RelayRule> rules)
    {
        Condition? listed = RelayRestrictions.Clients;
        if (RelayRestrictions.Mode == IisListMode.AllExceptTheList)
        {
            Condition granted = listed is null ? Condition.Client.IsIPv4 : Condition.Client.IsIPv4 & !listed;
            rules.Add(new(IisRuleNames.RelayRestrictions, RelayStage.Recipient, granted, RuleAction.Accept) { AcceptsFromAnyone = true });
        }
        else if (listed is not null)
        {
            rules.Add(new(IisRuleNames.RelayRestrictions, RelayStage.Recipient, listed, RuleAction.Accept));
        }
    }

    private IEnumerable<PolicyDiagnostic> FindDiagnostics()
    {
        if (RelayRestrictions.Mode == IisListMode.AllExceptTheList)
        {
            yield return Warning("RelayRestrictions", "\"All except the list below\" lets every IPv4 client that is not listed relay: an open relay", "use \"Only the list below\" and list who may relay");
        }

        if (!AllowsAnonymous && !CanAuthenticate) yield return Warning("Authentication", "there is no way to get in, so nobody can send", "allow anonymous access or a way to authenticate");
        if (ConnectionControl is { Mode: IisListMode.OnlyTheList, Entries.Count: 0 }) yield return Warning("ConnectionControl", "\"Only the list below\" with an empty list lets nobody connect", "list who may connect");
        if (LocalDomains.IsEmpty && AliasDomains.IsEmpty) yield return Warning("LocalDomains", "there is no local domain", "name the domains whose mail this server takes in");
        if (AuthenticatedMayRelay && !CanAuthenticate)
        {
            yield return Remark("AuthenticatedMayRelay", "nobody can authenticate, so that authenticated clients may relay means nothing and is left out", "allow a way to authenticate, or switch it off");
        }

        if (!RelayRestrictions.Domains.IsEmpty || !ConnectionControl.Domains.IsEmpty)
        {
            yield return Remark("", "a list holds domains, which need reverse DNS look-ups of every client, confirmed by a forward look-up", "list addresses instead where you can");
        }

        foreach (IisRemoteDomain domain in RemoteDomains.Where(domain => domain.AllowRelay && domain.Name.StartsWith("*.", StringComparison.Ordinal)))
        {
            yield return Remark("RemoteDomains", $"{Printable.Escape(domain.Name)} does not include {Printable.Escape(domain.Name.AsSpan(2))} itself", "add it if it is meant");
        }
    }

    private static PolicyDiagnostic Warning(string setting, string problem, string mend) => new(DiagnosticSeverity.Warning, PlaceOf(setting), problem, mend);

    private static PolicyDiagnostic Remark(string setting, string problem, string mend) => new(DiagnosticSeverity.Remark, PlaceOf(setting), problem, mend);

    private static string PlaceOf(string setting) => setting.Length == 0 ? $"/{Place}" : $"/{Place}/{setting}";
}
