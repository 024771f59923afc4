using System.Net;
using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

/// <summary>
/// What the IIS SMTP server does, by Microsoft's article 310356 and its companions: who connects, as whom, from where to where, and
/// what becomes of it.
/// </summary>
public sealed class IisScenarioTests
{
    private const string Listed = "192.0.2.7";
    private const string Stranger = "203.0.113.9";
    private const string IPv6 = "2001:db8::9";
    private const string Unknown = "unknown";

    private const string Remote = "user@foreign.example";
    private const string Local = "user@local.example";
    private const string Alias = "user@alias.example";

    private const string Denied = "550 5.7.1 Unable to relay for user@foreign.example";
    private const string Accepted = "250 2.1.5 Recipient OK";

    private static readonly IisListEntry Computer = IisListEntry.Computer(Listed);
    private static readonly IisListEntry Group = IisListEntry.Group("192.0.2.0 255.255.255.0");
    private static readonly IisListEntry Domain = IisListEntry.Domain("partner.example");

    private static readonly IisSmtpModel Default = new() { LocalDomains = DomainSet.Parse("local.example"), AliasDomains = DomainSet.Parse("alias.example") };

    /// <summary>The settings, by their name in the tables.</summary>
    private static readonly Dictionary<string, IisSmtpModel> Settings = new()
    {
        ["default"] = Default,
        ["authenticated may not relay"] = Default with { AuthenticatedMayRelay = false },
        ["only computer"] = Default with { RelayRestrictions = Only(Computer) },
        ["only computer, authenticated may not relay"] = Default with { RelayRestrictions = Only(Computer), AuthenticatedMayRelay = false },
        ["only group"] = Default with { RelayRestrictions = Only(Group) },
        ["only domain"] = Default with { RelayRestrictions = Only(Domain) },
        ["only computer or domain"] = Default with { RelayRestrictions = Only(Computer, Domain) },
        ["only IPv6"] = Default with { RelayRestrictions = Only(IisListEntry.Group("2001:db8::/32")) },
        ["all"] = Default with { RelayRestrictions = AllExcept() },
        ["all except computer"] = Default with { RelayRestrictions = AllExcept(Computer) },
        ["all except computer, authenticated may not relay"] = Default with { RelayRestrictions = AllExcept(Computer), AuthenticatedMayRelay = false },
        ["all except group"] = Default with { RelayRestrictions = AllExcept(Group) },
        ["all except domain"] = Default with { RelayRestrictions = AllExcept(Domain) },
        ["anonymous off"] = Default with { Authentication = IisAuthentication.Basic | IisAuthentication.Integrated },
        ["anonymous off, only computer"] = Default with { Authentication = IisAuthentication.Basic, RelayRestrictions = Only(Computer) },
        ["only anonymous"] = Default with { Authentication = IisAuthentication.Anonymous },
        ["no way in"] = Default with { Authentication = IisAuthentication.None },
        ["TLS"] = Default with { RequireTls = true },
        ["TLS, anonymous off"] = Default with { RequireTls = true, Authentication = IisAuthentication.Basic },
        ["remote domains"] = Default with { RemoteDomains = [new("foreign.example", AllowRelay: true), new("*.wild.example", AllowRelay: true), new("closed.example")] },
        ["remote domains, anonymous off"] = Default with { RemoteDomains = [new("foreign.example", AllowRelay: true)], Authentication = IisAuthentication.Basic },
        ["connect only computer"] = Default with { ConnectionControl = Only(Computer) },
        ["connect only domain"] = Default with { ConnectionControl = Only(Domain) },
        ["connect nobody"] = Default with { ConnectionControl = Only() },
        ["connect all except computer"] = Default with { ConnectionControl = AllExcept(Computer) },
        ["connect all except domain"] = Default with { ConnectionControl = AllExcept(Domain) },
        ["connect only computer, relay all"] = Default with { ConnectionControl = Only(Computer), RelayRestrictions = AllExcept() },
        ["gateway, only computer"] = Default with { RelayRestrictions = Only(Computer), Gateways = NetworkSet.Parse(Listed) },
        ["gateway, all"] = Default with { RelayRestrictions = AllExcept(), Gateways = NetworkSet.Parse(Listed) },
        ["gateway, connect all except other"] = Default with { ConnectionControl = AllExcept(IisListEntry.Computer("192.0.2.8")), Gateways = NetworkSet.Parse(Listed) },
        ["local literal"] = Default with { LocalDomains = DomainSet.Parse("local.example", "[192.0.2.25]") },
    };

    /// <summary>Settings, client, user, recipient; the action and the rule.</summary>
    public static TheoryData<string, string, string?, string, RelayAction, string?> Relaying { get; } = new()
    {
        // A fresh installation: local mail from anyone, relaying for those who authenticate.
        { "default", Stranger, null, Local, RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, Alias, RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, "USER@LOCAL.EXAMPLE", RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, "nobody-looks-it-up@local.example", RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, Remote, RelayAction.Reject, null },
        { "default", Stranger, null, "user@sub.local.example", RelayAction.Reject, null },
        { "default", Stranger, null, "user@xlocal.example", RelayAction.Reject, null },
        { "default", Stranger, null, "user@local.example.foreign.example", RelayAction.Reject, null },
        { "default", "127.0.0.1", null, Remote, RelayAction.Reject, null },
        { "default", "::1", null, Remote, RelayAction.Reject, null },
        { "default", "10.0.0.1", null, Remote, RelayAction.Reject, null },
        { "default", IPv6, null, Local, RelayAction.Deliver, "local domains" },
        { "default", IPv6, null, Remote, RelayAction.Reject, null },
        { "default", Unknown, null, Local, RelayAction.Deliver, "local domains" },
        { "default", Unknown, null, Remote, RelayAction.Reject, null },
        { "default", Stranger, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "default", Stranger, "alice", Local, RelayAction.Deliver, "authenticated" },
        { "default", IPv6, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "default", Unknown, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "default", Stranger, " ", Remote, RelayAction.Reject, null },
        { "authenticated may not relay", Stranger, "alice", Remote, RelayAction.Reject, null },
        { "authenticated may not relay", Stranger, "alice", Local, RelayAction.Deliver, "local domains" },

        // "Only the list below": a computer, a group, IPv6.
        { "only computer", Listed, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only computer", "::ffff:192.0.2.7", null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only computer", Listed, null, Local, RelayAction.Deliver, "relay restrictions" },
        { "only computer", "192.0.2.8", null, Remote, RelayAction.Reject, null },
        { "only computer", "192.0.2.6", null, Remote, RelayAction.Reject, null },
        { "only computer", "192.0.2.8", "alice", Remote, RelayAction.Relay, "authenticated" },
        { "only computer", IPv6, null, Remote, RelayAction.Reject, null },
        { "only computer", "::192.0.2.7", null, Remote, RelayAction.Reject, null },
        { "only computer", "2002:c000:0207::1", null, Remote, RelayAction.Reject, null },
        { "only computer", "64:ff9b::192.0.2.7", null, Remote, RelayAction.Reject, null },
        { "only computer", Unknown, null, Remote, RelayAction.Reject, null },
        { "only computer", Unknown, null, Local, RelayAction.Deliver, "relay restrictions" },
        { "only computer", Unknown, "alice", Remote, RelayAction.Relay, "relay restrictions" },
        { "only computer, authenticated may not relay", Listed, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only computer, authenticated may not relay", Stranger, "alice", Remote, RelayAction.Reject, null },
        { "only group", "192.0.2.0", null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only group", "192.0.2.255", null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only group", "192.0.1.255", null, Remote, RelayAction.Reject, null },
        { "only group", "192.0.3.0", null, Remote, RelayAction.Reject, null },
        { "only IPv6", IPv6, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "only IPv6", "2001:db9::9", null, Remote, RelayAction.Reject, null },
        { "only IPv6", Listed, null, Remote, RelayAction.Reject, null },

        // "All except the list below": every other IPv4 client; who authenticates relays although it is an exception.
        { "all", Stranger, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "all", IPv6, null, Remote, RelayAction.Reject, null },
        { "all", Unknown, null, Remote, RelayAction.Reject, null },
        { "all except computer", Stranger, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "all except computer", Listed, null, Remote, RelayAction.Reject, null },
        { "all except computer", "::ffff:192.0.2.7", null, Remote, RelayAction.Reject, null },
        { "all except computer", Listed, null, Local, RelayAction.Deliver, "local domains" },
        { "all except computer", Listed, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "all except computer", IPv6, null, Remote, RelayAction.Reject, null },
        { "all except computer", IPv6, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "all except computer", Unknown, null, Remote, RelayAction.Reject, null },
        { "all except computer, authenticated may not relay", Listed, "alice", Remote, RelayAction.Reject, null },
        { "all except computer, authenticated may not relay", Stranger, "alice", Remote, RelayAction.Relay, "relay restrictions" },
        { "all except group", "192.0.2.255", null, Remote, RelayAction.Reject, null },
        { "all except group", "192.0.3.0", null, Remote, RelayAction.Relay, "relay restrictions" },

        // The ways in.
        { "anonymous off", Stranger, null, Local, RelayAction.Reject, "authentication required" },
        { "anonymous off", Stranger, null, Remote, RelayAction.Reject, "authentication required" },
        { "anonymous off", Stranger, "alice", Local, RelayAction.Deliver, "authenticated" },
        { "anonymous off", Stranger, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "anonymous off, only computer", Listed, null, Remote, RelayAction.Reject, "authentication required" },
        { "only anonymous", Stranger, null, Local, RelayAction.Deliver, "local domains" },
        { "only anonymous", Stranger, null, Remote, RelayAction.Reject, null },
        { "only anonymous", Stranger, "alice", Remote, RelayAction.Reject, null },
        { "no way in", Stranger, null, Local, RelayAction.Reject, "authentication required" },
        { "TLS", Stranger, null, Local, RelayAction.Reject, "TLS required" },
        { "TLS", Stranger, "alice", Remote, RelayAction.Reject, "TLS required" },

        // Remote domains: relayed to for everybody who gets in, before the list; a wildcard does not include its own domain.
        { "remote domains", Stranger, null, Remote, RelayAction.Relay, "remote domains" },
        { "remote domains", IPv6, null, Remote, RelayAction.Relay, "remote domains" },
        { "remote domains", Unknown, null, Remote, RelayAction.Relay, "remote domains" },
        { "remote domains", Stranger, null, "user@sub.foreign.example", RelayAction.Reject, null },
        { "remote domains", Stranger, null, "user@sub.wild.example", RelayAction.Relay, "remote domains" },
        { "remote domains", Stranger, null, "user@a.sub.wild.example", RelayAction.Relay, "remote domains" },
        { "remote domains", Stranger, null, "user@wild.example", RelayAction.Reject, null },
        { "remote domains", Stranger, null, "user@notwild.example", RelayAction.Reject, null },
        { "remote domains", Stranger, null, "user@closed.example", RelayAction.Reject, null },
        { "remote domains", Stranger, "alice", "user@closed.example", RelayAction.Relay, "authenticated" },
        { "remote domains, anonymous off", Stranger, null, Remote, RelayAction.Reject, "authentication required" },

        // Connection control: who may not connect gets nothing, not even local mail and not by authenticating; who may gains nothing.
        { "connect only computer", Stranger, null, Local, RelayAction.Reject, "connection control" },
        { "connect only computer", Stranger, "alice", Remote, RelayAction.Reject, "connection control" },
        { "connect only computer", Listed, null, Local, RelayAction.Deliver, "local domains" },
        { "connect only computer", Listed, null, Remote, RelayAction.Reject, null },
        { "connect only computer", Listed, "alice", Remote, RelayAction.Relay, "authenticated" },
        { "connect only computer", IPv6, null, Local, RelayAction.Reject, "connection control" },
        { "connect only computer", Unknown, "alice", Local, RelayAction.Reject, "connection control" },
        { "connect nobody", Listed, "alice", Local, RelayAction.Reject, "connection control" },
        { "connect nobody", Unknown, null, Local, RelayAction.Reject, "connection control" },
        { "connect all except computer", Listed, "alice", Local, RelayAction.Reject, "connection control" },
        { "connect all except computer", "::ffff:192.0.2.7", null, Local, RelayAction.Reject, "connection control" },
        { "connect all except computer", Stranger, null, Local, RelayAction.Deliver, "local domains" },
        { "connect all except computer", Stranger, null, Remote, RelayAction.Reject, null },
        { "connect all except computer", IPv6, null, Local, RelayAction.Deliver, "local domains" },
        { "connect all except computer", Unknown, "alice", Local, RelayAction.Reject, "connection control" },
        { "connect only computer, relay all", Stranger, null, Remote, RelayAction.Reject, "connection control" },
        { "connect only computer, relay all", Listed, null, Remote, RelayAction.Relay, "relay restrictions" },

        // A client behind a gateway has no known address, though the gateway's is listed.
        { "gateway, only computer", Listed, null, Remote, RelayAction.Reject, null },
        { "gateway, only computer", Listed, null, Local, RelayAction.Deliver, "relay restrictions" },
        { "gateway, only computer", Listed, "alice", Remote, RelayAction.Relay, "relay restrictions" },
        { "gateway, all", Listed, null, Remote, RelayAction.Reject, null },
        { "gateway, all", Stranger, null, Remote, RelayAction.Relay, "relay restrictions" },
        { "gateway, connect all except other", Listed, null, Local, RelayAction.Reject, "connection control" },

        // Routed recipients and address literals, for everybody.
        { "default", Stranger, null, "user%foreign.example@local.example", RelayAction.Reject, null },
        { "default", Stranger, null, "\"user@foreign.example\"@local.example", RelayAction.Reject, null },
        { "default", Stranger, null, "foreign.example!user@local.example", RelayAction.Reject, null },
        { "default", Stranger, "alice", "user%foreign.example@local.example", RelayAction.Reject, null },
        { "only computer", Listed, null, "user%foreign.example@local.example", RelayAction.Reject, null },
        { "all", Stranger, null, "\"|program\"@local.example", RelayAction.Reject, null },
        { "default", Stranger, null, "user@[192.0.2.25]", RelayAction.Reject, null },
        { "default", Stranger, "alice", "user@[169.254.169.254]", RelayAction.Reject, null },
        { "only computer", Listed, null, "user@[IPv6:::1]", RelayAction.Reject, null },
        { "all", Stranger, null, "user@[192.0.2.25]", RelayAction.Reject, null },
        { "local literal", Stranger, null, "user@[192.0.2.25]", RelayAction.Deliver, "local domains" },
        { "local literal", Stranger, null, "user@[192.0.2.26]", RelayAction.Reject, null },

        // The bare postmaster is the only recipient without a domain.
        { "default", Stranger, null, "postmaster", RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, "PostMaster", RelayAction.Deliver, "local domains" },
        { "default", Stranger, null, "postmaster@foreign.example", RelayAction.Reject, null },
        { "anonymous off", Stranger, null, "postmaster", RelayAction.Reject, "authentication required" },
    };

    /// <summary>Settings with the domain partner.example in a list, the host names of the client, and a remote recipient.</summary>
    public static TheoryData<string, HostNameStatus, string, RelayAction, string?> HostNames { get; } = new()
    {
        { "only domain", HostNameStatus.Confirmed, "partner.example", RelayAction.Relay, "relay restrictions" },
        { "only domain", HostNameStatus.Confirmed, "PARTNER.example.", RelayAction.Relay, "relay restrictions" },
        { "only domain", HostNameStatus.Confirmed, "a.b.partner.example", RelayAction.Relay, "relay restrictions" },
        { "only domain", HostNameStatus.Confirmed, "other.example a.partner.example", RelayAction.Relay, "relay restrictions" },
        { "only domain", HostNameStatus.Confirmed, "xpartner.example", RelayAction.Reject, null },
        { "only domain", HostNameStatus.Confirmed, "partner.example.foreign.example", RelayAction.Reject, null },
        { "only domain", HostNameStatus.Confirmed, "example", RelayAction.Reject, null },
        { "only domain", HostNameStatus.Unconfirmed, "partner.example", RelayAction.Reject, null },
        { "only domain", HostNameStatus.NotAsked, "partner.example", RelayAction.Reject, null },
        { "only domain", HostNameStatus.None, "", RelayAction.Reject, null },
        { "only domain", HostNameStatus.TemporaryFailure, "", RelayAction.Defer, "relay restrictions" },
        { "only domain", HostNameStatus.NotAsked, "", RelayAction.Defer, "relay restrictions" },
        { "only computer or domain", HostNameStatus.TemporaryFailure, "", RelayAction.Defer, "relay restrictions" },
        { "all except domain", HostNameStatus.Confirmed, "partner.example", RelayAction.Reject, null },
        { "all except domain", HostNameStatus.Confirmed, "a.partner.example", RelayAction.Reject, null },
        { "all except domain", HostNameStatus.Confirmed, "other.example", RelayAction.Relay, "relay restrictions" },
        { "all except domain", HostNameStatus.None, "", RelayAction.Relay, "relay restrictions" },
        { "all except domain", HostNameStatus.TemporaryFailure, "", RelayAction.Defer, "relay restrictions" },
        { "all except domain", HostNameStatus.NotAsked, "", RelayAction.Defer, "relay restrictions" },
        { "connect only domain", HostNameStatus.Unconfirmed, "partner.example", RelayAction.Reject, "connection control" },
        { "connect only domain", HostNameStatus.None, "", RelayAction.Reject, "connection control" },
        { "connect only domain", HostNameStatus.Confirmed, "partner.example", RelayAction.Reject, null },
        { "connect all except domain", HostNameStatus.Confirmed, "a.partner.example", RelayAction.Reject, "connection control" },
        { "connect all except domain", HostNameStatus.None, "", RelayAction.Reject, null },

        // Whatever the name is, the end is a refusal for good.
        { "connect only domain", HostNameStatus.TemporaryFailure, "", RelayAction.Reject, "connection control" },
    };

    [Theory]
    [MemberData(nameof(Relaying))]
    public void A_recipient_is_decided_as_by_IIS(string settings, string client, string? user, string recipient, RelayAction action, string? rule) =>
        AssertVerdict(action, rule, Decide(settings, client, user, recipient));

    // The sender counts for nothing: neither the null path nor a forged local sender changes anything.
    [Theory]
    [MemberData(nameof(Relaying))]
    public void The_sender_changes_nothing(string settings, string client, string? user, string recipient, RelayAction action, string? rule)
    {
        foreach (string sender in new[] { "", "user@local.example", "user@alias.example", "user@partner.example", "postmaster@local.example" })
        {
            AssertVerdict(action, rule, Decide(settings, client, user, recipient, sender));
        }
    }

    [Theory]
    [MemberData(nameof(HostNames))]
    public void A_remote_recipient_is_decided_by_the_host_names_of_the_client(string settings, HostNameStatus status, string names, RelayAction action, string? rule) =>
        AssertVerdict(action, rule, DecideByName(settings, status, names, user: null));

    [Theory]
    [InlineData("only domain", "relay restrictions")]
    [InlineData("all except domain", "relay restrictions")]
    public void Who_authenticates_relays_though_the_DNS_fails(string settings, string rule) =>
        AssertVerdict(RelayAction.Relay, rule, DecideByName(settings, HostNameStatus.TemporaryFailure, "", "alice"));

    [Theory]
    [InlineData("connect only domain")]
    [InlineData("connect all except domain")]
    public void Who_authenticates_is_deferred_when_the_DNS_cannot_say_whether_it_may_connect(string settings) =>
        AssertVerdict(RelayAction.Defer, "connection control", DecideByName(settings, HostNameStatus.TemporaryFailure, "", "alice"));

    [Fact]
    public void A_failure_of_the_DNS_that_matters_is_451_4_4_3() =>
        Assert.Equal("451 4.4.3", Codes(DecideByName("only domain", HostNameStatus.TemporaryFailure, "", user: null)));

    [Fact]
    public void A_listed_address_relays_though_the_DNS_fails() => AssertVerdict(
        RelayAction.Relay,
        "relay restrictions",
        Ask("only computer or domain", new ClientEndpoint(IPAddress.Parse(Listed)).WithHostNames(HostNameStatus.TemporaryFailure), user: null, Remote));

    [Theory]
    [InlineData("default", Stranger, null, Remote, Denied)]
    [InlineData("only computer", Stranger, null, Remote, Denied)]
    [InlineData("all except computer", Listed, null, Remote, Denied)]
    [InlineData("default", Stranger, null, "User.Name@Foreign.Example", "550 5.7.1 Unable to relay for User.Name@foreign.example")]
    [InlineData("default", Stranger, null, "\"a b\"@foreign.example", "550 5.7.1 Unable to relay for \"a b\"@foreign.example")]
    [InlineData("default", Stranger, null, "{sender}@foreign.example", "550 5.7.1 Unable to relay for {sender}@foreign.example")]
    [InlineData("default", Stranger, "alice", "user@[169.254.169.254]", "550 5.7.1 Unable to relay for user@[169.254.169.254]")]
    [InlineData("default", Stranger, null, "a%b@local.example", "550 5.7.1 Relaying denied: the local-part names another destination")]
    [InlineData("all except computer", Unknown, null, Remote, "550 5.7.1 Relaying denied: the client address is unknown")]
    [InlineData("gateway, only computer", Listed, null, Remote, "550 5.7.1 Relaying denied: the client address is unknown")]
    [InlineData("anonymous off", Stranger, null, Local, "530 5.7.0 Authentication required")]
    [InlineData("TLS", Stranger, "alice", Local, "530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("TLS, anonymous off", Stranger, null, Local, "530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("connect only computer", Stranger, null, Local, "554 5.7.1 Connection refused")]
    [InlineData("connect nobody", Listed, null, Local, "554 5.7.1 Connection refused")]
    [InlineData("default", Stranger, "alice", Remote, Accepted)]
    [InlineData("default", Stranger, null, Local, Accepted)]
    public void The_reply_says_what_is_missing(string settings, string client, string? user, string recipient, string reply) =>
        Assert.Equal(reply, Decide(settings, client, user, recipient).Reply.ToString());

    [Theory]
    [InlineData("TLS", null, Local, RelayAction.Deliver, Accepted)]
    [InlineData("TLS", null, Remote, RelayAction.Reject, Denied)]
    [InlineData("TLS", "alice", Remote, RelayAction.Relay, Accepted)]
    [InlineData("TLS, anonymous off", null, Local, RelayAction.Reject, "530 5.7.0 Authentication required")]
    [InlineData("TLS, anonymous off", "alice", Remote, RelayAction.Relay, Accepted)]
    public void Under_TLS_the_other_settings_decide(string settings, string? user, string recipient, RelayAction action, string reply)
    {
        RelayVerdict verdict = Settings[settings].ToRuleSet().Evaluate(Request(new ClientEndpoint(IPAddress.Parse(Stranger)), user, recipient) with { Tls = TlsState.On() });

        Assert.Equal(action, verdict.Action);
        Assert.Equal(reply, verdict.Reply.ToString());
    }

    [Theory]
    [InlineData("default", Stranger, null, Remote, RelayReason.NoRuleMatched)]
    [InlineData("default", Unknown, null, Remote, RelayReason.NoRuleMatched)]
    [InlineData("only computer", Unknown, null, Remote, RelayReason.ClientAddressUnknown)]
    [InlineData("all", Unknown, null, Remote, RelayReason.ClientAddressUnknown)]
    [InlineData("gateway, all", Listed, null, Remote, RelayReason.ClientAddressUnknown)]
    [InlineData("default", Stranger, "alice", "a%b@local.example", RelayReason.RoutedRecipient)]
    [InlineData("default", Stranger, "alice", "user@[169.254.169.254]", RelayReason.AddressLiteral)]
    [InlineData("default", Stranger, "alice", Remote, RelayReason.Rule)]
    public void The_verdict_says_on_what_it_rests(string settings, string client, string? user, string recipient, RelayReason reason) =>
        Assert.Equal(reason, Decide(settings, client, user, recipient).Reason);

    [Theory]
    [InlineData("connect only computer", Stranger, RelayAction.Reject)]
    [InlineData("connect only computer", Listed, RelayAction.Continue)]
    [InlineData("connect only computer", Unknown, RelayAction.Continue)]
    [InlineData("connect all except computer", Listed, RelayAction.Reject)]
    [InlineData("connect all except computer", Stranger, RelayAction.Continue)]
    [InlineData("connect nobody", Listed, RelayAction.Reject)]
    [InlineData("connect nobody", Unknown, RelayAction.Reject)]
    [InlineData("default", Stranger, RelayAction.Continue)]
    public void Connection_control_decides_at_connect(string settings, string client, RelayAction action) =>
        Assert.Equal(action, Settings[settings].ToRuleSet().Evaluate(Request(Client(client), user: null, Local), RelayStage.Connect).Action);

    [Theory]
    [InlineData("ANONYMOUS", RelayAction.Reject)]
    [InlineData("LOGIN", RelayAction.Relay)]
    [InlineData("NTLM", RelayAction.Relay)]
    public void The_SASL_mechanism_ANONYMOUS_is_no_authentication(string mechanism, RelayAction action)
    {
        var request = new RelayRequest(Client(Stranger), new AuthIdentity("alice", mechanism), SmtpPath.Null, SmtpPath.ParseForwardPath($"<{Remote}>"));

        Assert.Equal(action, Default.ToRuleSet().Evaluate(request).Action);
    }

    // One rule set may serve several tenants, each with its own local domains.
    [Fact]
    public void The_local_domains_of_the_request_take_the_place_of_those_of_the_settings()
    {
        RelayRequest request = Request(Client(Stranger), user: null, Local) with { LocalDomains = DomainSet.Parse("tenant.example") };

        Assert.Equal(RelayAction.Reject, Default.ToRuleSet().Evaluate(request).Action);
    }

    private static IisAccessList Only(params IisListEntry[] entries) => new(IisListMode.OnlyTheList, entries);

    private static IisAccessList AllExcept(params IisListEntry[] entries) => new(IisListMode.AllExceptTheList, entries);

    private static RelayVerdict Decide(string settings, string client, string? user, string recipient, string sender = "someone@elsewhere.example") =>
        Ask(settings, Client(client), user, recipient, sender);

    private static RelayVerdict DecideByName(string settings, HostNameStatus status, string names, string? user) => Ask(
        settings, Client(Stranger).WithHostNames(status, names.Split(' ', StringSplitOptions.RemoveEmptyEntries)), user, Remote);

    private static RelayVerdict Ask(string settings, ClientEndpoint client, string? user, string recipient, string sender = "") =>
        Settings[settings].ToRuleSet().Evaluate(Request(client, user, recipient, sender));

    private static ClientEndpoint Client(string address) =>
        address == Unknown ? default : new ClientEndpoint(IPAddress.Parse(address), 25).WithHostNames(HostNameStatus.None);

    private static RelayRequest Request(ClientEndpoint client, string? user, string recipient, string sender = "") => new(
        client,
        user is null ? null : new AuthIdentity(user, "LOGIN"),
        SmtpPath.ParseReversePath($"<{sender}>"),
        SmtpPath.ParseForwardPath($"<{recipient}>"));

    private static void AssertVerdict(RelayAction action, string? rule, RelayVerdict verdict)
    {
        Assert.Equal(action, verdict.Action);
        Assert.Equal(rule, verdict.Rule?.Name);
        Assert.Null(verdict.Fault);
    }

    private static string Codes(RelayVerdict verdict) => $"{verdict.Reply.Code} {verdict.Reply.Enhanced}";
}
