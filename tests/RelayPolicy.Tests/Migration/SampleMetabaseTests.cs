using System.Net;
using RelayPolicy.Configuration;
using RelayPolicy.Iis;
using RelayPolicy.Migration;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>
/// The metabases of the sample ImportIis, decided by hand by what Microsoft documents of IIS SMTP (article 310356): what the old server
/// did is written in the table, and the imported policy must do the same.
/// </summary>
public sealed class SampleMetabaseTests
{
    private const string Default = "1-default-install.xml";
    private const string Application = "2-application-relay.xml";
    private const string Branch = "3-branch-office.xml";
    private const string Repair = "4-console-repair.xml";
    private const string Exchange = "5-exchange-era.xml";

    private const string Stranger = "198.51.100.9";
    private const string Far = "user@far.example";

    private const RelayAction Deliver = RelayAction.Deliver, Relay = RelayAction.Relay, Reject = RelayAction.Reject;

    private static readonly IisImportOptions Trusting = new() { TrustGuesses = true };

    /// <summary>Metabase, client, user, recipient; what the old server did, and the rule that says so.</summary>
    public static TheoryData<string, string, string?, string, RelayAction, string?> OldServer { get; } = new()
    {
        // Nobody is in the relay list; all ways in; who authenticates may relay.
        { Default, Stranger, null, "user@srv01.corp.example", Deliver, "local domains" },
        { Default, Stranger, null, "user@corp.example", Reject, null },
        { Default, Stranger, null, Far, Reject, null },
        { Default, "127.0.0.1", null, Far, Reject, null },
        { Default, "10.0.0.1", null, Far, Reject, null },
        { Default, Stranger, "alice", Far, Relay, "authenticated" },
        { Default, "2001:db8::9", "alice", Far, Relay, "authenticated" },
        { Default, "2001:db8::9", null, Far, Reject, null },

        // Two computers relay; everybody is anonymous, so a user makes no difference.
        { Application, "127.0.0.1", null, Far, Relay, "relay restrictions" },
        { Application, "10.20.30.41", null, Far, Relay, "relay restrictions" },
        { Application, "::ffff:10.20.30.41", null, Far, Relay, "relay restrictions" },
        { Application, "10.20.30.40", null, Far, Reject, null },
        { Application, "10.20.30.42", null, Far, Reject, null },
        { Application, "::1", null, Far, Reject, null },
        { Application, Stranger, null, Far, Reject, null },
        { Application, Stranger, "alice", Far, Reject, null },
        { Application, Stranger, null, "user@relay.corp.example", Deliver, "local domains" },
        { Application, Stranger, null, "user@smarthost.provider.example", Reject, null },

        // Subnets relay, one computer may not even connect, two domains are open to everybody, one is not.
        { Branch, "192.168.10.0", null, Far, Relay, "relay restrictions" },
        { Branch, "192.168.10.255", null, Far, Relay, "relay restrictions" },
        { Branch, "192.168.20.1", null, Far, Relay, "relay restrictions" },
        { Branch, "192.168.11.0", null, Far, Reject, null },
        { Branch, "10.1.2.3", null, Far, Relay, "relay restrictions" },
        { Branch, "10.1.2.4", null, Far, Reject, null },
        { Branch, Stranger, null, Far, Reject, null },
        { Branch, Stranger, "alice", Far, Relay, "authenticated" },
        { Branch, Stranger, null, "user@mail.branch.example", Deliver, "local domains" },
        { Branch, Stranger, null, "user@branch.example", Deliver, "local domains" },
        { Branch, Stranger, null, "user@sub.branch.example", Reject, null },
        { Branch, Stranger, null, "user@supplier.example", Relay, "remote domains" },
        { Branch, Stranger, null, "user@sub.supplier.example", Reject, null },
        { Branch, Stranger, null, "user@a.hq.example", Relay, "remote domains" },
        { Branch, Stranger, null, "user@b.a.hq.example", Relay, "remote domains" },
        { Branch, Stranger, null, "user@closed.example", Reject, null },
        { Branch, "192.168.10.9", null, "user@closed.example", Relay, "relay restrictions" },
        { Branch, "203.0.113.66", null, "user@branch.example", Reject, "connection control" },
        { Branch, "203.0.113.66", "alice", Far, Reject, "connection control" },
        { Branch, "203.0.113.67", null, "user@branch.example", Deliver, "local domains" },

        // RelayIpList="": everybody relays.
        { Repair, Stranger, null, Far, Relay, "relay restrictions" },
        { Repair, "10.0.0.1", null, Far, Relay, "relay restrictions" },
        { Repair, Stranger, "alice", Far, Relay, "relay restrictions" },
        { Repair, Stranger, null, "user@scan.corp.example", Deliver, "relay restrictions" },

        // No anonymous access; only 10.0.0.0/8 connects anonymously, and from there 10.5.0.0/16 needs no more to relay.
        { Exchange, "10.5.1.1", null, Far, Reject, "authentication required" },
        { Exchange, "10.5.1.1", null, "user@corp.example", Reject, "authentication required" },
        { Exchange, "10.5.1.1", "alice", Far, Relay, "relay restrictions" },
        { Exchange, "10.6.1.1", "alice", Far, Relay, "authenticated" },
        { Exchange, "10.6.1.1", "alice", "user@corp.example", Deliver, "authenticated" },
        { Exchange, "10.6.1.1", "alice", "user@partner.example", Relay, "remote domains" },
        { Exchange, Stranger, null, "user@corp.example", Reject, "connection control" },
    };

    [Theory]
    [MemberData(nameof(OldServer))]
    public void The_imported_policy_does_what_the_old_server_did(string metabase, string client, string? user, string recipient, RelayAction action, string? rule) =>
        AssertVerdict(action, rule, Import(metabase, Trusting), client, user, recipient);

    /// <summary>Where the policy refuses although the old server did not: guesses that are not trusted, what cannot be said, IPv6.</summary>
    public static TheoryData<string, string, string?, string, string?> Refused { get; } = new()
    {
        { Branch, Stranger, null, "user@supplier.example", null },
        { Branch, Stranger, null, "user@a.hq.example", null },
        { Branch, Stranger, null, "user@hq.example", null },
        { Repair, "2001:db8::9", null, Far, null },
        { Exchange, Stranger, "alice", Far, "connection control" },
        { Exchange, "10.6.1.1", null, "user@partner.example", "authentication required" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_in_doubt_is_refused(string metabase, string client, string? user, string recipient, string? rule) =>
        AssertVerdict(Reject, rule, Import(metabase), client, user, recipient);

    [Theory]
    [InlineData(Stranger, Far, Reject)]
    [InlineData(Stranger, "user@scan.corp.example", Deliver)]
    public void The_relay_that_the_repair_opened_is_closed_on_demand(string client, string recipient, RelayAction action) =>
        Assert.Equal(action, Decide(Import(Repair, new() { CloseOpenRelay = true }), client, user: null, recipient).Action);

    [Theory]
    [InlineData(Default, IisImportStatus.Clean)]
    [InlineData(Application, IisImportStatus.Clean)]
    [InlineData(Branch, IisImportStatus.RefusedInPart)]
    [InlineData(Repair, IisImportStatus.Warnings)]
    [InlineData(Exchange, IisImportStatus.RefusedInPart)]
    public void An_import_says_how_it_went(string metabase, IisImportStatus status) => Assert.Equal(status, Import(metabase).Status);

    [Fact]
    public void What_is_trusted_is_a_warning_no_more() => Assert.Equal(IisImportStatus.Warnings, Import(Branch, Trusting).Status);

    // So nothing that anybody can forge grants anything: what a rule does not read cannot change its verdict.
    [Theory]
    [InlineData(Default)]
    [InlineData(Application)]
    [InlineData(Branch)]
    [InlineData(Repair)]
    [InlineData(Exchange)]
    public void No_rule_of_a_shipped_metabase_reads_the_sender_or_a_host_name(string metabase) =>
        Assert.Equal(RelayFacts.None, Import(metabase, Trusting).Policy.RuleSet.RequiredFacts & (RelayFacts.Sender | RelayFacts.Ownership | RelayFacts.HostName));

    [Theory]
    [InlineData(Default)]
    [InlineData(Application)]
    [InlineData(Branch)]
    [InlineData(Repair)]
    [InlineData(Exchange)]
    public void The_policy_is_written_and_read_back_with_a_comment_at_each_rule(string metabase)
    {
        IisImport import = Import(metabase, Trusting);
        PolicyFile file = PolicyFile.Parse(import.Policy.Write());

        Assert.Equal(import.Policy.RuleSet.Rules, file.RuleSet.Rules);
        Assert.Equal(import.Model.Limits, file.Limits);
        Assert.All(file.RuleSet.Rules, rule => Assert.Contains("/LM/SmtpSvc", rule.Comment!, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_shipped_metabase_is_decided_here() => Assert.Equal(
        [Default, Application, Branch, Repair, Exchange], Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_limits_of_a_server_and_of_its_service_are_carried_over() =>
        Assert.Equal(new SmtpLimits { MaxRecipients = 64_000 }, Import(Exchange).Policy.Limits);

    private static string Folder => Path.Combine(Repository.Root, "samples/ImportIis/metabases");

    private static IisImport Import(string metabase, IisImportOptions? options = null)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, metabase));
        return IisSettings.ReadMetabase(stream).ToPolicy(options);
    }

    private static RelayVerdict Decide(IisImport import, string client, string? user, string recipient) => import.Policy.RuleSet.Evaluate(new RelayRequest(
        new ClientEndpoint(IPAddress.Parse(client)), new AuthIdentity(user, "LOGIN"), SmtpPath.ParseReversePath("<a@b.example>"), SmtpPath.ParseForwardPath($"<{recipient}>")));

    private static void AssertVerdict(RelayAction action, string? rule, IisImport import, string client, string? user, string recipient)
    {
        RelayVerdict verdict = Decide(import, client, user, recipient);
        Assert.Equal((action, rule), (verdict.Action, verdict.Rule?.Name));
        if (rule is null) Assert.Equal($"550 5.7.1 Unable to relay for {recipient}", verdict.Reply.ToString());
    }
}
