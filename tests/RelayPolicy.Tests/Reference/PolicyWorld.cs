using System.Net;

namespace RelayPolicy.Tests.Reference;

/// <summary>
/// A small world in which generated rules and requests meet often: few addresses, at the borders of the few networks; few domains, one
/// label apart; few users. Every atom and every kind of unknown fact occurs.
/// </summary>
internal static class PolicyWorld
{
    private static readonly string[] NetworkEntries = ["192.0.2.0/24", "192.0.2.128/25", "192.0.2.7", "198.51.100.0/31", "2001:db8::/32", "2001:db8::5", "EveryIPv4", "EveryIPv6"];
    private static readonly string[] DomainEntries = ["local.example", "*.local.example", "far.example", "*.far.example", "[192.0.2.1]", "[IPv6:2001:db8::1]", "example"];
    private static readonly string[] HostEntries = ["mx.local.example", "*.far.example", "far.example"];
    private static readonly string[] Mailboxes = ["alice@local.example", "bob@far.example", "\"odd one\"@local.example", "alice@[192.0.2.1]", "alice+tag@local.example", "eve%far.example@local.example"];
    private static readonly string[] Addresses =
        ["192.0.2.0", "192.0.2.7", "192.0.2.8", "192.0.2.127", "192.0.2.128", "192.0.2.255", "192.0.1.255", "192.0.3.0", "198.51.100.0", "198.51.100.1", "198.51.100.2",
         "10.88.0.1", "2001:db8::", "2001:db8::5", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::", "::ffff:192.0.2.7", "::", "224.0.0.1", "2002:c000:207::1", "64:ff9b::c000:207"];
    private static readonly string[] Users = ["alice", "ALICE", "bob", "carol", " "];
    private static readonly string[] Paths =
        [.. Mailboxes.Select(mailbox => $"<{mailbox}>"), "<bob@sub.far.example>", "<bob@example>", "<bob@xlocal.example>", "<x@sub.sub.local.example>", "<x@[192.0.2.2]>", "<x@[IPv6:2001:db8::1]>", "<\"a@far.example\"@local.example>", "</dev/null@far.example>"];

    private static readonly CertificateFingerprint[] Fingerprints = [CertificateFingerprint.Parse(new string('a', 64)), CertificateFingerprint.Parse(new string('b', 64))];

    private static readonly Condition[] Customs =
    [
        Condition.Custom("even port", RelayFacts.ClientAddress, (in RelayRequest request) => request.Client.Port % 2 == 0),
        Condition.Custom("long recipient", RelayFacts.Recipient, (in RelayRequest request) => request.Recipient.LocalPart.Length > 4),
        Condition.Custom("never knows", RelayFacts.Sender, (in RelayRequest _) => null),
        Condition.Custom("throws on bob", RelayFacts.Identity, (in RelayRequest request) => request.Identity.User == "bob" ? throw new InvalidOperationException("bob") : true),
    ];

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Gen<RelayRuleSetOptions> Options { get; } =
        from local in DomainSubset(DomainEntries)
        from owners in Gen.OneOfConst(["alice@local.example", "!<>"], ["@local.example"], ["*"], new[] { "alice+*@local.example" })
        from routed in Gen.OneOfConst(RoutedRecipients.Refuse, RoutedRecipients.TrustedOnly)
        from hasGateway in Gen.Bool
        select new RelayRuleSetOptions
        {
            LocalDomains = local,
            SenderOwnership = SenderOwnership.Create([KeyValuePair.Create("alice", (IReadOnlyList<string>)owners)]),
            RoutedRecipients = routed,
            Gateways = hasGateway ? NetworkSet.Parse("10.88.0.1") : NetworkSet.Empty,
        };

    public static Gen<RelayRequest> Request { get; } =
        from client in Client()
        from user in Gen.OneOfConst(Users)
        from isAnonymous in Gen.Bool
        from mechanism in Gen.OneOfConst("PLAIN", "plain", "LOGIN", "ANONYMOUS")
        from inStaff in Gen.Bool
        from tls in Gen.OneOfConst([TlsState.Off, TlsState.On(), .. Fingerprints.Select(TlsState.On)])
        from sender in Gen.OneOfConst([SmtpPath.Null, .. Paths.Select(path => SmtpPath.ParseReversePath(path))])
        from recipient in Gen.OneOfConst([.. Paths.Append("<Postmaster>").Select(path => SmtpPath.ParseForwardPath(path))])
        from tenant in Gen.Frequency((3, Gen.Const((DomainSet?)null)), (1, DomainSubset(DomainEntries).Select(set => (DomainSet?)set)))
        from unknown in Gen.Frequency((5, Gen.Const(RelayFacts.None)), (2, Gen.OneOfConst(RelayFacts.Locality, RelayFacts.Ownership, RelayFacts.Tls, RelayFacts.Identity, RelayFacts.Locality | RelayFacts.Tls)))
        from hours in Gen.Int[-2, 2]
        select new RelayRequest(client, isAnonymous ? null : new AuthIdentity(user, mechanism, inStaff ? ["Staff"] : null), sender, recipient, tenant, Now.AddHours(hours))
        {
            Tls = tls,
            UnknownFacts = unknown,
        };

    /// <summary>Atoms that a stage knows, negations and joins of them, and now and then one that it does not know.</summary>
    public static Gen<Condition> Conditions(RelayStage stage, int depth)
    {
        var atom = AtomOf(stage);
        if (depth == 0) return atom;
        var inner = Conditions(stage, depth - 1);
        return Gen.Frequency(
            (3, atom),
            (2, from x in inner from y in inner select x & y),
            (2, from x in inner from y in inner select x | y),
            (1, from x in inner select !x),
            (1, Gen.Const(Condition.Any)));
    }

    private static Gen<(DateTimeOffset? Begin, DateTimeOffset? End)> Period { get; } = Gen.Frequency(
        (5, Gen.Const<(DateTimeOffset?, DateTimeOffset?)>((null, null))),
        (1, Gen.Select(Gen.Int[-1, 1], Gen.Int[0, 1], (begin, hours) => ((DateTimeOffset?)Now.AddHours(begin), (DateTimeOffset?)Now.AddHours(begin + hours)))));

    public static Gen<RelayRule> Rule(int depth) =>
        from stage in Gen.Frequency((1, Gen.Const(RelayStage.Connect)), (1, Gen.Const(RelayStage.Sender)), (4, Gen.Const(RelayStage.Recipient)))
        from condition in Conditions(stage, depth)
        from action in Gen.Frequency((3, Gen.Const(RuleAction.Accept)), (2, Gen.Const(RuleAction.Reject)), (1, Gen.Const(RuleAction.Defer)))
        from auditOnly in Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true)))
        from period in Period
        select new RelayRule("?", stage, condition, action)
        {
            AuditOnly = auditOnly,
            NotBefore = period.Begin,
            NotAfter = period.End,
            AcceptsFromAnyone = stage == RelayStage.Recipient && action == RuleAction.Accept && !ConditionLint.IsSupported(condition),
        };

    /// <summary>Rule sets that build: rules with a negated empty set are left out.</summary>
    public static Gen<RelayRuleSet> RuleSet(int maxRules, int depth) =>
        from options in Options
        from rules in Rule(depth).List[0, maxRules]
        select RelayRuleSet.Create(rules.Select((rule, i) => rule with { Name = $"r{i}" }).Where(Builds), options);

    public static bool Builds(RelayRule rule) => RelayRuleSet.TryCreate([rule], null, out _, out _);

    public static Gen<NetworkSet> Networks { get; } = Subset(NetworkEntries).Select(entries => NetworkSet.Parse(entries));

    private static Gen<ClientEndpoint> Client() =>
        from address in Gen.Frequency((9, Gen.OneOfConst([.. Addresses.Select(IPAddress.Parse)])), (1, Gen.Const((IPAddress)null!)))
        from port in Gen.Int[1, 4]
        from listener in Gen.OneOfConst("smtp", "SMTP", "submission", null)
        from proxied in Gen.OneOfConst(ClientProvenance.Direct, ClientProvenance.Proxied)
        from names in Subset(["mx.local.example", "far.example", "a.far.example", "not a name"])
        from status in Gen.Enum<HostNameStatus>()
        select WithNames(new ClientEndpoint(address, port) { Listener = listener, Provenance = proxied }, status, names);

    private static ClientEndpoint WithNames(ClientEndpoint client, HostNameStatus status, string[] names)
    {
        var isContradiction = status == HostNameStatus.Confirmed && (client.Address is null || names.Length == 0);
        return client.WithHostNames(isContradiction ? HostNameStatus.None : status, names);
    }

    private static Gen<Condition> AtomOf(RelayStage stage)
    {
        Gen<Condition>[] connect =
        [
            Networks.Select(Condition.Client.In),
            Gen.OneOfConst(Condition.Client.IsIPv4, Condition.Client.IsIPv6, Condition.Client.HasConfirmedName, Condition.Client.IsProxied),
            DomainSubset(HostEntries).Select(Condition.Client.HostIn),
            Subset(["smtp", "other"]).Select(names => Condition.Client.Listener(names)),
            Gen.Const(Customs[0]),
        ];
        Gen<Condition>[] sender =
        [
            Gen.OneOfConst(Condition.Tls.IsOn, Condition.Identity.IsAuthenticated, Condition.Identity.OwnsSender, Condition.Sender.IsNull, Condition.Sender.IsLocal),
            Gen.OneOfConst(Fingerprints).Select(fingerprint => Condition.Tls.Certificate([fingerprint])),
            Subset(["alice", "bob"]).Select(names => Condition.Identity.User(names)),
            Gen.OneOfConst(Condition.Identity.Group("staff"), Condition.Identity.Mechanism("Plain")),
            DomainSubset(DomainEntries).Select(Condition.Sender.In),
            AddressSubset().Select(Condition.Sender.Is),
            Gen.OneOfConst(Customs[2], Customs[3]),
        ];
        Gen<Condition>[] recipient =
        [
            Gen.Const(Condition.Recipient.IsLocal),
            Gen.OneOfConst(Condition.Recipient.IsAddressLiteral, Condition.Recipient.IsRouted),
            DomainSubset(DomainEntries).Select(Condition.Recipient.In),
            AddressSubset().Select(Condition.Recipient.Is),
            Gen.Const(Customs[1]),
        ];
        return stage switch
        {
            RelayStage.Connect => Gen.OneOf(connect),
            RelayStage.Sender => Gen.OneOf([.. connect, .. sender]),
            _ => Gen.OneOf([.. connect, .. sender, .. recipient, .. recipient]),
        };
    }

    private static Gen<DomainSet> DomainSubset(string[] entries) => Subset(entries).Select(chosen => DomainSet.Parse(chosen));

    private static Gen<AddressSet> AddressSubset() => Subset(Mailboxes).Select(chosen => AddressSet.Parse(chosen));

    // Mostly one or two entries, now and then none.
    private static Gen<string[]> Subset(string[] entries) => Gen.OneOfConst(entries).Array[0, 3].Select(chosen => chosen.Distinct().ToArray());
}
