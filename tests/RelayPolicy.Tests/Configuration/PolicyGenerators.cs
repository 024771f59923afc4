using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

/// <summary>Generates everything that a policy file can hold.</summary>
internal static class PolicyGenerators
{
    private const int Depth = 3;

    private static readonly string[] NetworkTexts =
        ["192.0.2.0/24", "192.0.2.7", "198.51.100.0/28", "203.0.113.10-203.0.113.20", "10.0.0.0 255.0.0.0", "2001:db8::/32", "2001:db8:1::5", "2001:db8::1-2001:db8::9"];

    private static readonly string[] DomainTexts =
        ["example.com", "*.example.com", "EXAMPLE.net", "*.sub.example.org", "b\u00FCcher.example", "xn--bcher-kva.example.com", "local.example", "*.local.example"];

    private static readonly string[] AddressTexts =
        ["alice@example.com", "\"a b\"@example.com", "\"x\\\"y\"@example.net", "\u00E9@example.com", "user@[192.0.2.1]", "postmaster@local.example", "a'b{recipient}@example.com"];

    private static readonly string[] NameTexts =
        ["alice", "BOB", "DOMAIN\\user", "with \"quotes\"", "\u00E9l\u00E8ve", "<b>&amp;", "a/b~c", "\uD83D\uDE00", "Any", "Entries"];

    private static readonly string[] FingerprintTexts = [PolicySamples.FingerprintText, new('f', 64), new('0', 64)];

    public static readonly Condition[] Customs =
    [
        Condition.Custom("greylisted", RelayFacts.ClientAddress, (in RelayRequest _) => true),
        Condition.Custom("mailbox exists", RelayFacts.Recipient, (in RelayRequest _) => null),
    ];

    public static readonly Gen<NetworkSet> Networks = Gen.Frequency(
        (12, Some(NetworkTexts).Select(entries => NetworkSet.Parse(entries))),
        (1, Gen.OneOfConst(NetworkSet.Everyone, NetworkSet.EveryIPv4, NetworkSet.EveryIPv6, NetworkSet.Empty)),
        (4, Gen.Select(Some(NetworkTexts), Gen.OneOfConst("office", "Office", "\u00E9tage 1", "a/b~c"), (entries, name) => NetworkSet.Parse(entries).Named(name))));

    public static readonly Gen<DomainSet> Domains = Gen.Frequency(
        (12, Some(DomainTexts).Select(entries => DomainSet.Parse(entries))),
        (1, Gen.Const(DomainSet.Empty)),
        (4, Gen.Select(Some(DomainTexts), Gen.OneOfConst("partners", "PARTNERS", "office", "\u00FC"), (entries, name) => DomainSet.Parse(entries).Named(name))));

    private static readonly Gen<DomainSet> DomainsAndLiterals = Gen.Frequency((4, Domains), (1, Some([.. DomainTexts, "[192.0.2.1]", "[IPv6:2001:db8::1]"]).Select(entries => DomainSet.Parse(entries))));

    private static readonly Gen<AddressSet> Addresses = Some(AddressTexts).Select(entries => AddressSet.Parse(entries));

    private static readonly Gen<string[]> Names = Some(NameTexts);

    private static readonly Gen<Condition> ConnectAtoms = Gen.OneOf(
        Networks.Select(Condition.Client.In),
        Domains.Select(Condition.Client.HostIn),
        Names.Select(names => Condition.Client.Listener(names)),
        Gen.OneOfConst(Condition.Client.IsIPv4, Condition.Client.IsIPv6, Condition.Client.HasConfirmedName, Condition.Client.IsProxied, Condition.Any),
        Gen.Const(Customs[0]));

    private static readonly Gen<Condition> SenderAtoms = Gen.OneOf(
        Some(FingerprintTexts).Select(texts => Condition.Tls.Certificate(texts.Select(CertificateFingerprint.Parse))),
        Names.Select(names => Condition.Identity.User(names)),
        Names.Select(names => Condition.Identity.Group(names)),
        Names.Select(names => Condition.Identity.Mechanism(names)),
        DomainsAndLiterals.Select(Condition.Sender.In),
        Addresses.Select(Condition.Sender.Is),
        Gen.OneOfConst(Condition.Tls.IsOn, Condition.Identity.IsAuthenticated, Condition.Identity.OwnsSender, Condition.Sender.IsNull, Condition.Sender.IsLocal));

    private static readonly Gen<Condition> RecipientAtoms = Gen.OneOf(
        DomainsAndLiterals.Select(Condition.Recipient.In),
        Addresses.Select(Condition.Recipient.Is),
        Gen.OneOfConst(Condition.Recipient.IsLocal, Condition.Recipient.IsAddressLiteral, Condition.Recipient.IsRouted),
        Gen.Const(Customs[1]));

    /// <summary>Conditions over all atoms.</summary>
    public static readonly Gen<Condition> Conditions = Nested(Gen.OneOf(ConnectAtoms, SenderAtoms, RecipientAtoms), Depth);

    private static readonly Gen<Condition> ConnectConditions = Nested(ConnectAtoms, Depth);

    private static readonly Gen<Condition> SenderConditions = Nested(Gen.OneOf(ConnectAtoms, SenderAtoms), Depth);

    // On one of these an accepting rule may rest.
    private static readonly Gen<Condition> Supports = Gen.OneOf(
        Some(NetworkTexts).Select(entries => Condition.Client.In(NetworkSet.Parse(entries))),
        Some(DomainTexts).Select(entries => Condition.Recipient.In(DomainSet.Parse(entries))),
        Gen.OneOfConst(Condition.Identity.IsAuthenticated, Condition.Recipient.IsLocal));

    private static readonly Gen<DateTimeOffset?> Instants = Gen.Frequency(
        (4, Gen.Const((DateTimeOffset?)null)),
        (1, Gen.Select(Gen.Long[0, TimeSpan.TicksPerDay * 365], Gen.Int[-14, 14], (ticks, hours) =>
            (DateTimeOffset?)new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(hours)).AddTicks(ticks))));

    private static readonly Gen<RelayRule> Rules = Gen.OneOf(
        Gen.Select(ConnectConditions, Refusals(), (condition, action) => new RelayRule("", RelayStage.Connect, condition, action)),
        Gen.Select(SenderConditions, Refusals(), (condition, action) => new RelayRule("", RelayStage.Sender, condition, action)),
        Gen.Select(Conditions, Refusals(), (condition, action) => new RelayRule("", RelayStage.Recipient, condition, action)),
        Gen.Select(Supports, Conditions, (support, condition) => new RelayRule("", RelayStage.Recipient, support & condition, RuleAction.Accept)),
        Conditions.Select(condition => new RelayRule("", RelayStage.Recipient, condition, RuleAction.Accept) { AcceptsFromAnyone = true }));

    private static readonly Gen<RelayRule> DressedRules = Gen.Select(Rules, Gen.Bool, Gen.Bool, Instants, Instants, (rule, watched, answers, from, to) => rule with
    {
        AuditOnly = watched && answers,
        NotBefore = from < to || to is null ? from : to,
        NotAfter = from < to || from is null ? to : from,
        Reply = answers ? ReplyOf(rule) : null,
        Comment = watched ? "why \"so\": \u00FC, // */" : null,
    });

    private static readonly Gen<RelayRuleSetOptions> Options = Gen.Select(
        DomainsAndLiterals,
        Gen.Frequency((3, Gen.Const(NetworkSet.Empty)), (1, Networks)),
        Gen.OneOfConst(RoutedRecipients.Refuse, RoutedRecipients.TrustedOnly),
        Gen.Bool,
        Gen.OneOfConst(default, new SmtpReply(550, new(5, 7, 1), "No relaying for {recipient} \"here\"")),
        Some([.. NameTexts.Except(["a\tb"])]),
        (local, gateways, routed, ignoreCase, reply, users) => OptionsOf(local, gateways, routed, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal, reply, users));

    /// <summary>Rules and options; some of them do not build, because a condition negates an empty list.</summary>
    public static readonly Gen<(RelayRule[] Rules, RelayRuleSetOptions Options)> Policies =
        Gen.Select(DressedRules.Array[1, 6], Options, (rules, options) => (rules.Select((rule, index) => rule with { Name = $"{NameTexts[index]} {index}" }).ToArray(), options));

    private static readonly Gen<IisListEntry> IisEntries = Gen.OneOf(
        Gen.OneOfConst("192.0.2.7", "198.51.100.9", "2001:db8::7").Select(IisListEntry.Computer),
        Gen.OneOfConst("192.0.2.0 255.255.255.0", "198.51.100.0/28", "203.0.113.5", "2001:db8::/32").Select(IisListEntry.Group),
        Gen.OneOfConst("example.com", "b\u00FCcher.example", "host.example.net").Select(IisListEntry.Domain));

    private static readonly Gen<IisAccessList> IisLists = Gen.Select(
        Gen.OneOfConst(IisListMode.OnlyTheList, IisListMode.AllExceptTheList),
        IisEntries.Array[0, 3],
        (mode, entries) => new IisAccessList(mode, entries));

    private static readonly Gen<IisRemoteDomain> IisRemoteDomains = Gen.Select(
        Gen.OneOfConst("remote.example", "*.remote.example", "Other.Example", "b\u00FCcher.example"),
        Gen.Bool,
        (name, allowRelay) => new IisRemoteDomain(name, allowRelay));

    private static readonly Gen<SmtpLimits> Limits = Gen.Select(
        Limit(Gen.Long[0, long.MaxValue]),
        Limit(Gen.Long[0, long.MaxValue]),
        Limit(Gen.Int[0, int.MaxValue]),
        Limit(Gen.Int[0, int.MaxValue]),
        Limit(Gen.Int[0, int.MaxValue]),
        (message, session, recipients, hops, connections) => new SmtpLimits { MaxMessageSize = message, MaxSessionSize = session, MaxRecipients = recipients, MaxHops = hops, MaxConnections = connections });

    /// <summary>Settings of IIS SMTP.</summary>
    public static readonly Gen<IisSmtpModel> IisModels = Gen.Select(
        Gen.Select(IisLists, IisLists, Gen.Int[0, 7], (connect, relay, authentication) => (connect, relay, authentication)),
        Gen.Select(Gen.Bool, Gen.Bool, (tls, authenticated) => (tls, authenticated)),
        Gen.Select(DomainsAndLiterals, Domains, (local, alias) => (local, alias)),
        IisRemoteDomains.Array[0, 3],
        Limits,
        Gen.Frequency((3, Gen.Const(NetworkSet.Empty)), (1, Networks)),
        (lists, flags, domains, remote, limits, gateways) => new IisSmtpModel
        {
            ConnectionControl = lists.connect,
            RelayRestrictions = lists.relay,
            Authentication = (IisAuthentication)lists.authentication,
            RequireTls = flags.tls,
            AuthenticatedMayRelay = flags.authenticated,
            LocalDomains = domains.local,
            AliasDomains = domains.alias,
            RemoteDomains = remote,
            Limits = limits,
            Gateways = gateways,
        });

    private static Gen<RuleAction> Refusals() => Gen.OneOfConst(RuleAction.Reject, RuleAction.Defer);

    private static Gen<string[]> Some(string[] texts) => Gen.OneOfConst(texts).Array[1, 6].Select(chosen => chosen.Distinct().ToArray());

    private static Gen<T?> Limit<T>(Gen<T> limits)
        where T : struct => Gen.Frequency((3, limits.Select(limit => (T?)limit)), (1, Gen.Const((T?)null)));

    private static Gen<Condition> Nested(Gen<Condition> atoms, int depth)
    {
        if (depth == 0) return atoms;
        Gen<Condition> inner = Nested(atoms, depth - 1);
        return Gen.Frequency(
            (4, atoms),
            (2, inner.Array[2, 3].Select(parts => parts.Aggregate((left, right) => left & right))),
            (2, inner.Array[2, 3].Select(parts => parts.Aggregate((left, right) => left | right))),
            (1, inner.Select(condition => !condition)));
    }

    private static SmtpReply ReplyOf(RelayRule rule) => rule.Action switch
    {
        RuleAction.Accept => new SmtpReply(250, new(2, 1, 5), "Fine, {recipient}"),
        RuleAction.Defer => new SmtpReply(451, new(4, 7, 1), "Not now, {client}: <https://example.com/?a=1&b='2'>"),
        _ => new SmtpReply(554, new(5, 7, 1), "No \\ \"never\""),
    };

    private static RelayRuleSetOptions OptionsOf(
        DomainSet local, NetworkSet gateways, RoutedRecipients routed, StringComparer names, SmtpReply reply, string[] users) => new()
        {
            LocalDomains = local,
            Gateways = gateways,
            RoutedRecipients = routed,
            NameComparer = names,
            RefusalReply = reply,
            SenderOwnership = SenderOwnership.Create(
            users.Select(user => KeyValuePair.Create(user, (IReadOnlyList<string>)["alice@example.com", "alice+*@example.com", "@b\u00FCcher.example", "*", "!<>"])),
            names),
        };
}
