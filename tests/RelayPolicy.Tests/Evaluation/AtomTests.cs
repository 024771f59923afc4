using System.Net;
using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>When each atom holds, and when it does not: the rows of the table of conditions.</summary>
public class AtomTests
{
    private static readonly CertificateFingerprint Known = CertificateFingerprint.Compute([1]);
    private static readonly CertificateFingerprint Other = CertificateFingerprint.Compute([2]);

    private static readonly Dictionary<string, Condition> Atoms = new()
    {
        ["Client.In"] = Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8::/32")),
        ["Client.In()"] = Client.In(NetworkSet.Empty),
        ["Client.IsIPv4"] = Client.IsIPv4,
        ["Client.IsIPv6"] = Client.IsIPv6,
        ["Client.HostIn"] = Client.HostIn(DomainSet.Parse("mx.example", "*.sub.example")),
        ["Client.HasConfirmedName"] = Client.HasConfirmedName,
        ["Client.Listener"] = Client.Listener("smtp", "submission"),
        ["Client.IsProxied"] = Client.IsProxied,
        ["Tls.IsOn"] = Tls.IsOn,
        ["Tls.Certificate"] = Tls.Certificate(Other, Known),
        ["Identity.IsAuthenticated"] = Identity.IsAuthenticated,
        ["Identity.User"] = Identity.User("bob", "alice"),
        ["Identity.Group"] = Identity.Group("admins", "staff"),
        ["Identity.Mechanism"] = Identity.Mechanism("EXTERNAL", "PLAIN"),
        ["Identity.OwnsSender"] = Identity.OwnsSender,
        ["Sender.IsNull"] = Sender.IsNull,
        ["Sender.IsLocal"] = Sender.IsLocal,
        ["Sender.In"] = Sender.In(DomainSet.Parse("b.example", "[192.0.2.1]")),
        ["Sender.Is"] = Sender.Is(AddressSet.Parse("c@d.example", "a@b.example")),
        ["Recipient.IsLocal"] = Recipient.IsLocal,
        ["Recipient.In"] = Recipient.In(DomainSet.Parse("far.example", "*.far.example", "[192.0.2.1]")),
        ["Recipient.Is"] = Recipient.Is(AddressSet.Parse("r@far.example")),
        ["Recipient.IsAddressLiteral"] = Recipient.IsAddressLiteral,
        ["Any"] = Any,
    };

    public static TheoryData<string, string, bool> Rows => new()
    {
        { "Client.In", "client 192.0.2.255", true }, { "Client.In", "client 192.0.3.0", false }, { "Client.In", "client 2001:db8::1", true }, { "Client.In", "client ::ffff:192.0.2.1", true },
        { "Client.In", "client 2002:c000:201::1", false }, { "Client.In()", "client 192.0.2.1", false },
        { "Client.IsIPv4", "client 192.0.2.1", true }, { "Client.IsIPv4", "client ::ffff:192.0.2.1", true }, { "Client.IsIPv4", "client 2001:db8::1", false },
        { "Client.IsIPv6", "client 2001:db8::1", true }, { "Client.IsIPv6", "client 192.0.2.1", false },
        { "Client.HostIn", "confirmed mx.example", true }, { "Client.HostIn", "confirmed other.example a.sub.example", true }, { "Client.HostIn", "confirmed sub.example", false },
        { "Client.HostIn", "confirmed xmx.example", false }, { "Client.HostIn", "unconfirmed mx.example", false }, { "Client.HostIn", "none", false }, { "Client.HostIn", "confirmed MX.EXAMPLE.", true },
        { "Client.HasConfirmedName", "confirmed a.example", true }, { "Client.HasConfirmedName", "unconfirmed a.example", false }, { "Client.HasConfirmedName", "none", false },
        { "Client.Listener", "listener SMTP", true }, { "Client.Listener", "listener other", false }, { "Client.Listener", "", false },
        { "Client.IsProxied", "proxied", true }, { "Client.IsProxied", "", false },
        { "Tls.IsOn", "tls", true }, { "Tls.IsOn", "", false },
        { "Tls.Certificate", "certificate known", true }, { "Tls.Certificate", "certificate unknown", false }, { "Tls.Certificate", "tls", false }, { "Tls.Certificate", "", false },
        { "Identity.IsAuthenticated", "user alice", true }, { "Identity.IsAuthenticated", "", false }, { "Identity.IsAuthenticated", "user", false }, { "Identity.IsAuthenticated", "anonymous alice", false },
        { "Identity.User", "user ALICE", true }, { "Identity.User", "user carol", false }, { "Identity.User", "anonymous alice", false },
        { "Identity.Group", "user alice guests Staff", true }, { "Identity.Group", "user alice guests", false }, { "Identity.Group", "user alice", false }, { "Identity.Group", "anonymous alice staff", false },
        { "Identity.Mechanism", "user alice", true }, { "Identity.Mechanism", "login alice", false }, { "Identity.Mechanism", "no mechanism alice", false },
        { "Identity.OwnsSender", "owner alice", true }, { "Identity.OwnsSender", "owner bob", false }, { "Identity.OwnsSender", "owner", false },
        { "Sender.IsNull", "from <>", true }, { "Sender.IsNull", "from <a@b.example>", false },
        { "Sender.IsLocal", "from <a@LOCAL.example>", true }, { "Sender.IsLocal", "from <a@xlocal.example>", false }, { "Sender.IsLocal", "from <>", false },
        { "Sender.In", "from <x@b.example>", true }, { "Sender.In", "from <x@a.b.example>", false }, { "Sender.In", "from <x@[192.0.2.1]>", true }, { "Sender.In", "from <>", false },
        { "Sender.Is", "from <A@B.example>", true }, { "Sender.Is", "from <aa@b.example>", false }, { "Sender.Is", "from <>", false },
        { "Recipient.IsLocal", "to <r@local.example>", true }, { "Recipient.IsLocal", "to <r@a.local.example>", false }, { "Recipient.IsLocal", "to <Postmaster>", true }, { "Recipient.IsLocal", "to <postmaster@far.example>", false },
        { "Recipient.In", "to <r@far.example>", true }, { "Recipient.In", "to <r@a.b.far.example>", true }, { "Recipient.In", "to <r@xfar.example>", false }, { "Recipient.In", "to <r@[192.0.2.1]>", true }, { "Recipient.In", "to <postmaster>", false },
        { "Recipient.Is", "to <R@FAR.example>", true }, { "Recipient.Is", "to <rr@far.example>", false }, { "Recipient.Is", "to <postmaster>", false },
        { "Recipient.IsAddressLiteral", "to <r@[192.0.2.9]>", true }, { "Recipient.IsAddressLiteral", "to <r@far.example>", false },
        { "Any", "", true },
    };

    // A deferring rule: no guard for routed recipients or address literals stands in its way.
    [Theory]
    [MemberData(nameof(Rows))]
    public void An_atom_holds_when_the_table_says_so(string atom, string request, bool holds)
    {
        RelayRequest asked = Parse(request);
        Assert.Equal(holds ? RelayAction.Defer : RelayAction.Reject, Decide(asked, AtRecipient("atom", Atoms[atom], RuleAction.Defer)).Action);
        if (atom == "Client.In()") return; // whose negation is an error
        Assert.Equal(holds ? RelayAction.Reject : RelayAction.Defer, Decide(asked, AtRecipient("not", !Atoms[atom], RuleAction.Defer)).Action);
    }

    [Fact]
    public void Every_atom_but_the_routed_recipient_has_its_rows() =>
        Assert.Equal(RelayPolicy.Configuration.ConditionField.All.Select(field => field.Name).Append("Any").Append("Client.In()").Except(["Custom", "Recipient.IsRouted"]).Order(), Rows.Select(row => row.Data.Item1).Distinct().Order());

    private static RelayRequest Parse(string text)
    {
        string[] words = text.Split(' ');
        string rest = text.Length > words[0].Length ? text[(words[0].Length + 1)..] : "";
        RelayRequest usual = Request();
        AuthIdentity As(string mechanism) => new(words.ElementAtOrDefault(1), mechanism, words.Skip(2));
        return words[0] switch
        {
            "client" => usual with { Client = new ClientEndpoint(IPAddress.Parse(rest)) },
            "confirmed" => usual with { Client = usual.Client.WithHostNames(HostNameStatus.Confirmed, words.Skip(1)) },
            "unconfirmed" => usual with { Client = usual.Client.WithHostNames(HostNameStatus.Unconfirmed, words.Skip(1)) },
            "none" => usual with { Client = usual.Client.WithHostNames(HostNameStatus.None) },
            "listener" => usual with { Client = usual.Client with { Listener = rest } },
            "proxied" => usual with { Client = usual.Client with { Provenance = ClientProvenance.Proxied } },
            "tls" => usual with { Tls = TlsState.On() },
            "certificate" => usual with { Tls = TlsState.On(rest == "known" ? Known : CertificateFingerprint.Compute([3])) },
            "user" => WithIdentity(As("plain")),
            "anonymous" => WithIdentity(As("Anonymous")),
            "login" => WithIdentity(As("LOGIN")),
            "no" => WithIdentity(new AuthIdentity("alice")),
            "owner" => WithIdentity(As("PLAIN")) with { Ownership = SenderOwnership.Create([KeyValuePair.Create("alice", (IReadOnlyList<string>)["@b.example"])]) },
            "from" => Request(from: rest),
            "to" => Request(to: rest),
            _ => usual,
        };
    }

    private static RelayRequest WithIdentity(AuthIdentity identity)
    {
        RelayRequest usual = Request();
        return new RelayRequest(usual.Client, identity, usual.Sender, usual.Recipient, usual.LocalDomains, usual.Instant);
    }
}
