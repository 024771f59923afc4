using System.Net;
using RelayPolicy.Tests.Reference;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>Laws 1, 2, 3 and 7 on generated rule sets and requests.</summary>
public class TrustLawTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Law_1_a_verdict_does_not_change_with_what_was_asked_before() =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 6, depth: 2), PolicyWorld.Request.Array[1, 6], Gen.Int[0, 5]).Sample(
            (rules, requests, last) =>
            {
                RelayRequest request = requests[last % requests.Length];
                RelayVerdict alone = RelayRuleSet.Create(rules.Rules, rules.Options).Evaluate(request);
                foreach (RelayRequest earlier in requests) rules.Evaluate(earlier);
                return Same(alone, rules.Evaluate(request));
            },
            iter: Cases / 4);

    [Fact]
    public void Law_2_hiding_the_client_s_address_never_grants() =>
        Gen.Select(PolicyWorld.RuleSet(maxRules: 6, depth: 3), PolicyWorld.Request).Sample(
            (rules, request) => GrantsNoMore(rules, request, request with { Client = default(ClientEndpoint) with { Listener = request.Client.Listener, Provenance = request.Client.Provenance } }),
            iter: Cases);

    [Fact]
    public void Law_2_taking_trust_away_from_a_request_never_grants() =>
        Gen.Select(TrustingRuleSet, PolicyWorld.Request, Gen.Int[0, 4]).Sample(
            (rules, request, taken) => GrantsNoMore(rules, request, taken switch
            {
                0 => request with { Client = new ClientEndpoint(IPAddress.Parse("203.0.113.250")).WithHostNames(HostNameStatus.None) },
                1 => new RelayRequest(request.Client, null, request.Sender, request.Recipient, request.LocalDomains, request.Instant) { Tls = request.Tls, UnknownFacts = request.UnknownFacts },
                2 => request with { Tls = TlsState.Off },
                3 => request with { LocalDomains = DomainSet.Empty },
                _ => request with { Client = request.Client.WithHostNames(HostNameStatus.None) },
            }),
            iter: Cases);

    [Fact]
    public void Law_2_taking_a_network_or_a_domain_away_from_an_accepting_rule_never_grants() =>
        Gen.Select(TrustingRuleSet, PolicyWorld.Request, Gen.Int[0, 9]).Sample(
            (rules, request, taken) =>
            {
                RelayRule[] narrowed = [.. rules.Rules.Select(rule => rule.Action == RuleAction.Accept ? rule with { Condition = Narrow(rule.Condition, taken) } : rule)];
                return !RelayRuleSet.Create(narrowed, rules.Options).Evaluate(request).IsAccepted || rules.Evaluate(request).IsAccepted;
            },
            iter: Cases);

    [Fact]
    public void Law_3_a_forged_sender_or_an_unconfirmed_name_never_grants_in_the_secure_default() =>
        Gen.Select(PolicyWorld.Options, PolicyWorld.Request, PolicyWorld.Request).Sample(
            (options, request, other) =>
            {
                var rules = RelayRuleSet.SecureDefault(options.LocalDomains);
                var forged = request with { Sender = other.Sender, Client = request.Client.WithHostNames(HostNameStatus.Unconfirmed, "mx.local.example") };
                return GrantsNoMore(rules, request, forged);
            },
            iter: Cases / 2);

    [Fact]
    public void Law_7_user_code_that_fails_never_grants() =>
        Gen.Select(PolicyWorld.Rule(depth: 2).List[0, 5], PolicyWorld.Options, PolicyWorld.Request, Gen.Int[0, 3], Gen.Bool).Sample(
            (rules, options, request, failing, usual) =>
            {
                var calls = 0;
                RelayRuleSet Build(bool fails) => RelayRuleSet.Create(
                    [
                        .. rules.Select((rule, i) => rule with { Name = $"r{i}" }).Where(PolicyWorld.Builds),
                        .. Enumerable.Range(0, 4).Select(i => new RelayRule($"c{i}", i < 2 ? RelayStage.Sender : RelayStage.Recipient, Answering(i, usual == (i % 2 == 0), fails), i < 3 ? RuleAction.Reject : RuleAction.Accept)),
                    ],
                    options);
                Condition Answering(int i, bool answer, bool fails) =>
                    Custom($"plug-in {i}", RelayFacts.Identity, (in RelayRequest _) => fails && calls++ >= failing ? throw new OperationCanceledException() : answer);
                RelayVerdict failed = Build(fails: true).Evaluate(request);
                return !failed.IsAccepted || Build(fails: false).Evaluate(request).IsAccepted;
            },
            iter: Cases / 2);

    [Fact]
    public void Evaluation_does_not_allocate()
    {
        var rules = RelayRuleSet.Create(
            [
                new("blocked", RelayStage.Connect, Client.In(NetworkSet.Parse("198.51.100.0/24", "2001:db8::/32")), RuleAction.Reject),
                new("nameless", RelayStage.Connect, !Client.HasConfirmedName & !Client.In(NetworkSet.Parse("203.0.113.0/24")), RuleAction.Reject) { AuditOnly = true },
                new("own", RelayStage.Recipient, Identity.User("bob") | (Identity.Group("staff") & Identity.OwnsSender), RuleAction.Accept),
                new("partner", RelayStage.Recipient, Client.HostIn(DomainSet.Parse("*.partner.example")) & Recipient.Is(AddressSet.Parse("a@b.example")), RuleAction.Accept),
                new("local", RelayStage.Recipient, Recipient.IsLocal | Recipient.In(DomainSet.Parse("*.relay.example")), RuleAction.Accept),
            ],
            new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("local.example", "*.local.example", "[192.0.2.1]") });
        RelayRequest[] requests =
        [
            Asking.Request(user: "alice"), Asking.Request("2001:db8::7"), Asking.Request(to: "<r@a.b.local.example>", local: null), Asking.Request(to: "<r@[192.0.2.9]>"),
            Asking.Request(to: "<r%x@local.example>"), Asking.Request(null, to: "<r@x.relay.example>"),
        ];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int j = 0; j < requests.Length; j++) rules.Evaluate(requests[j]);
        }));
    }

    private static Gen<Condition> TrustAtom { get; } = Gen.OneOf(
        Gen.OneOfConst("192.0.2.0/24", "192.0.2.128/25", "2001:db8::/32").Array[1, 2].Select(networks => Client.In(NetworkSet.Parse(networks))),
        Gen.OneOfConst("mx.local.example", "*.far.example").Array[1, 2].Select(names => Client.HostIn(DomainSet.Parse(names))),
        Gen.OneOfConst("local.example", "far.example").Array[1, 2].Select(names => Recipient.In(DomainSet.Parse(names))),
        Gen.OneOfConst(Identity.IsAuthenticated, Identity.OwnsSender, Identity.User("alice"), Recipient.IsLocal, Tls.Certificate(CertificateFingerprint.Parse(new string('a', 64)))));

    // Accepting rules use trust only positively, refusing ones only negated, and no user code (law 2).
    private static Gen<RelayRuleSet> TrustingRuleSet { get; } =
        from options in PolicyWorld.Options
        from accepting in TrustAtom.Array[1, 3].Array[0, 3]
        from refusing in TrustAtom.Array[1, 2].Array[0, 2]
        select RelayRuleSet.Create(
            [
                .. refusing.Select((atoms, i) => new RelayRule($"no{i}", RelayStage.Recipient, atoms.Select(atom => !atom).Aggregate((x, y) => x & y), RuleAction.Reject)),
                .. accepting.Select((atoms, i) => new RelayRule($"yes{i}", RelayStage.Recipient, atoms.Aggregate((x, y) => i % 2 == 0 ? x & y : x | y), RuleAction.Accept)),
            ],
            new RelayRuleSetOptions { LocalDomains = options.LocalDomains, SenderOwnership = options.SenderOwnership, RoutedRecipients = options.RoutedRecipients });

    // Takes one entry away from every set of networks or domains, as long as one is left.
    private static Condition Narrow(Condition condition, int taken) => condition switch
    {
        AllCondition all => AllCondition.Join([.. all.Parts.Select(part => Narrow(part, taken))]),
        EitherCondition either => EitherCondition.Join([.. either.Parts.Select(part => Narrow(part, taken))]),
        ClientIn atom => Client.In(NetworkSet.Parse(Without(atom.Networks.ToEntries(), taken))),
        ClientHostIn atom => Client.HostIn(DomainSet.Parse(Without(atom.Domains.ToEntries(), taken))),
        RecipientIn atom => Recipient.In(DomainSet.Parse(Without(atom.Domains.ToEntries(), taken))),
        _ => condition,
    };

    private static string[] Without(IEnumerable<string> entries, int taken)
    {
        string[] all = [.. entries];
        return [.. all.Where((_, i) => i != taken % all.Length)];
    }

    private static bool GrantsNoMore(RelayRuleSet rules, RelayRequest before, RelayRequest after) =>
        !rules.Evaluate(after).IsAccepted || rules.Evaluate(before).IsAccepted;

    private static bool Same(RelayVerdict x, RelayVerdict y) => (x with { Fault = null }).Equals(y with { Fault = null });
}
