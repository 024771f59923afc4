using System.Net;
using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

/// <summary>
/// Forgeable data never grants, and hiding the client's address never grants: in the secure default and in whatever can be set on an
/// IIS SMTP server.
/// </summary>
public sealed class IisLawTests
{
    private const int Iterations = 10_000;

    private static readonly Gen<SmtpPath> Senders = Gen.OneOfConst(
            "", "alice@example.com", "user@local.example", "user@example.com", "user@remote.example", "user@host.example.net", "postmaster@partners.example",
            "\"a@b\"@local.example", "user%remote.example@local.example", "user@[192.0.2.7]", "user@[IPv6:2001:db8::7]")
        .Select(text => SmtpPath.ParseReversePath($"<{text}>"));

    private static readonly Gen<SmtpPath> Recipients = Gen.OneOfConst(
            "user@foreign.example", "user@remote.example", "user@sub.remote.example", "user@example.com", "user@local.example", "user@sub.local.example",
            "user@Other.Example", "user@xn--bcher-kva.example", "user%foreign.example@local.example", "user@[192.0.2.1]", "postmaster")
        .Select(text => SmtpPath.ParseForwardPath($"<{text}>"));

    private static readonly Gen<IPAddress> Addresses = Gen.OneOfConst(
            "192.0.2.7", "192.0.2.8", "192.0.2.255", "192.0.3.0", "198.51.100.9", "198.51.100.15", "198.51.100.16", "203.0.113.5", "203.0.113.15", "10.0.0.1", "127.0.0.1",
            "2001:db8::7", "2001:db8:1::5", "2001:db9::", "::1")
        .Select(IPAddress.Parse);

    private static readonly Gen<string[]> Names = Gen.OneOfConst(
            "example.com", "a.example.com", "host.example.net", "x.host.example.net", "example.net", "xn--bcher-kva.example", "foreign.example", "192.0.2.7", "-odd-", "")
        .Array[0, 3];

    private static readonly Gen<HostNameStatus> Statuses = Gen.OneOfConst(Enum.GetValues<HostNameStatus>());

    private static readonly Gen<AuthIdentity> Identities = Gen.OneOfConst(AuthIdentity.Anonymous, new AuthIdentity("alice", "LOGIN"), new AuthIdentity("alice", "ANONYMOUS"));

    private static readonly Gen<ClientEndpoint> Clients = Gen.Select(Addresses, Statuses, Names, (address, status, names) =>
        new ClientEndpoint(address).WithHostNames(status, status == HostNameStatus.Confirmed && names.Length == 0 ? ["example.com"] : names));

    private static readonly Gen<RelayRequest> Requests = Gen.Select(Clients, Identities, Senders, Recipients, Gen.Bool, (client, identity, sender, recipient, tls) =>
        new RelayRequest(client, identity, sender, recipient, instant: DateTimeOffset.UnixEpoch) { Tls = tls ? TlsState.On() : TlsState.Off });

    private static readonly Gen<RelayRuleSet> Policies = Gen.Frequency(
        (1, PolicyGenerators.Domains.Select(RelayRuleSet.SecureDefault)),
        (6, PolicyGenerators.IisModels.Select(model => model.ToRuleSet())));

    [Fact]
    public void Another_sender_changes_nothing() => Hold(
        Gen.Select(Policies, Requests, Senders),
        (policy, request, sender) => (policy.Evaluate(request), policy.Evaluate(request with { Sender = sender })),
        (before, after) => before == after);

    // In a list of exceptions a confirmed name takes trust away, so the law is about clients that have none.
    [Fact]
    public void Host_names_that_nobody_confirms_change_nothing() => Hold(
        Gen.Select(Policies, Requests, Names),
        (policy, request, names) =>
        {
            RelayRequest nameless = request with { Client = request.Client.WithHostNames(HostNameStatus.None) };
            return (policy.Evaluate(nameless), policy.Evaluate(nameless with { Client = nameless.Client.WithHostNames(HostNameStatus.Unconfirmed, names) }));
        },
        (before, after) => before == after);

    [Fact]
    public void Host_names_that_nobody_confirms_never_grant_where_lists_hold_no_exceptions() => Hold(
        Gen.Select(WithoutExceptions, Requests, Names),
        (policy, request, names) => (policy.Evaluate(request), policy.Evaluate(request with { Client = request.Client.WithHostNames(HostNameStatus.Unconfirmed, names) })),
        (before, after) => before.IsAccepted || !after.IsAccepted);

    [Fact]
    public void Hiding_the_client_address_never_grants() => Hold(
        Gen.Select(Policies, Requests, Gen.OneOfConst(null, IPAddress.Any, IPAddress.IPv6Any, IPAddress.Parse("224.0.0.1"), IPAddress.Parse("::ffff:0.0.0.0"))),
        (policy, request, hidden) => (policy.Evaluate(request), policy.Evaluate(request with { Client = new ClientEndpoint(hidden) })),
        (before, after) => before.IsAccepted || !after.IsAccepted);

    [Fact]
    public void A_client_behind_a_gateway_gets_no_more_than_the_gateway() => Hold(
        Gen.Select(PolicyGenerators.IisModels.Select(model => model with { Gateways = NetworkSet.Empty }), Requests, Gen.Const(0)),
        (model, request, _) =>
        {
            NetworkSet gateway = NetworkSet.Parse(request.Client.Address!.ToString());
            return (model.ToRuleSet().Evaluate(request), (model with { Gateways = gateway }).ToRuleSet().Evaluate(request));
        },
        (before, after) => before.IsAccepted || !after.IsAccepted);

    // Law 2, where every accepting rule uses trust positively and every refusing one under a negation.
    [Fact]
    public void Taking_trust_away_never_grants_where_lists_hold_no_exceptions() => Hold(
        Gen.Select(WithoutExceptions, Requests, Gen.Int[0, 2]),
        (policy, request, kind) => (policy.Evaluate(request), policy.Evaluate(kind switch
        {
            0 => new RelayRequest(request.Client, identity: null, request.Sender, request.Recipient, instant: request.Instant) { Tls = request.Tls },
            1 => request with { Tls = TlsState.Off },
            _ => request with { Client = request.Client.WithHostNames(HostNameStatus.None) },
        })),
        (before, after) => before.IsAccepted || !after.IsAccepted);

    [Fact]
    public void Nobody_relays_by_the_lists_alone_while_they_are_those_of_a_fresh_installation() => Hold(
        Gen.Select(PolicyGenerators.IisModels.Select(model => model with { RelayRestrictions = new(IisListMode.OnlyTheList), RemoteDomains = [] }), Requests, Gen.Const(0)),
        (model, request, _) => (model.ToRuleSet().Evaluate(request), default),
        (verdict, _) => verdict.Action != RelayAction.Relay || verdict.Rule!.Condition == Condition.Identity.IsAuthenticated);

    private static Gen<RelayRuleSet> WithoutExceptions => PolicyGenerators.IisModels.Select(model => (model with
    {
        ConnectionControl = model.ConnectionControl.Entries.Count == 0 ? model.ConnectionControl : new(IisListMode.OnlyTheList, model.ConnectionControl.Entries),
        RelayRestrictions = new(IisListMode.OnlyTheList, model.RelayRestrictions.Entries),
    }).ToRuleSet());

    // A law that compares only refusals would say nothing.
    private static void Hold<TPolicy, TOther>(
        Gen<(TPolicy Policy, RelayRequest Request, TOther Other)> cases,
        Func<TPolicy, RelayRequest, TOther, (RelayVerdict Before, RelayVerdict After)> decide,
        Func<RelayVerdict, RelayVerdict, bool> law)
    {
        int accepted = 0, refused = 0;
        cases.Sample(
            sample =>
            {
                (RelayVerdict before, RelayVerdict after) = decide(sample.Policy, sample.Request, sample.Other);
                if (before.IsAccepted) Interlocked.Increment(ref accepted);
                else Interlocked.Increment(ref refused);
                Assert.Null(before.Fault);
                Assert.Null(after.Fault);
                Assert.True(law(before, after), $"{sample.Policy}{Environment.NewLine}{before}{Environment.NewLine}{after}");
            },
            iter: Iterations);
        Assert.True(accepted > Iterations / 50 && refused > Iterations / 50, $"{accepted} accepted, {refused} refused");
    }
}
