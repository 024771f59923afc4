using System.IO.Compression;
using System.Text;
using RelayPolicy.Configuration;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>Lists in files that a policy names: read whole or not at all, and watched.</summary>
public sealed class ListFileTests : IDisposable
{
    private static readonly RelayRequest FromOffice = Request(client: "192.0.2.7");

    private readonly PolicyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_policy_can_keep_every_list_in_a_file()
    {
        _folder.Write("office.txt", "# ours\n192.0.2.0/24\n");
        _folder.Write("gateways.txt", "198.51.100.1\n");
        _folder.Write("domains.txt", "local.example\n");
        _folder.Write("owners.txt", "alice alice@local.example @alice.example\nbob bob@local.example\nalice third@local.example\n");
        RelayRuleSetOptions options = Load("""
            {
              "Networks": { "office": { "File": "office.txt" } }, "Gateways": { "File": "gateways.txt" }, "LocalDomains": { "File": "domains.txt" },
              "SenderOwnership": { "File": "owners.txt" },
              "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": "office" } },
                         { "Name": "b", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.OwnsSender": true } } ]
            }
            """).RuleSet.Options;
        Assert.Equal(DomainSet.Parse("local.example"), options.LocalDomains);
        Assert.Equal(NetworkSet.Parse("198.51.100.1"), options.Gateways);
        var alice = new AuthIdentity("alice");
        Assert.True(options.SenderOwnership.Owns(alice, SmtpPath.ParseMailbox("x@alice.example")));
        Assert.True(options.SenderOwnership.Owns(alice, SmtpPath.ParseMailbox("third@local.example")));
        Assert.False(options.SenderOwnership.Owns(alice, SmtpPath.ParseMailbox("bob@local.example")));
    }

    [Fact]
    public void What_is_loaded_is_written_with_its_files_and_loaded_again()
    {
        _folder.Write("office.txt", "192.0.2.0/24 a\n");
        _folder.Write("domains.txt", "local.example\n");
        _folder.Write("owners.txt", "alice alice@local.example\n");
        PolicyFile file = Load("""
            {
              "Networks": { "office": { "File": "office.txt", "IgnoreColumns": true } }, "LocalDomains": { "File": "domains.txt", "AllowEmpty": true }, "SenderOwnership": { "File": "owners.txt" },
              "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": "office", "Recipient.In": { "File": "domains.txt" } } } ]
            }
            """);
        string written = file.Write();
        Assert.Contains("\"IgnoreColumns\": true", written);
        Assert.DoesNotContain("192.0.2.0", written);
        Assert.DoesNotContain("local.example", written);
        PolicyFile again = Load(written);
        Assert.Equal(file.RuleSet.Rules, again.RuleSet.Rules);
        Assert.Equal(written, again.Write());
    }

    [Theory]
    [InlineData("""{ "File": "missing.txt" }""", "\"missing.txt\" cannot be read")]
    [InlineData("""{ "File": "bad.txt" }""", "\"bad.txt\", line 2: \"192.0.2.1/24\": ")]
    [InlineData("""{ "File": "cut.txt" }""", "\"cut.txt\", line 2: the last line has no end")]
    [InlineData("""{ "File": "empty.txt" }""", "\"empty.txt\": the list holds no entry")]
    [InlineData("""{ "File": "all.txt" }""", "\"all.txt\"")]
    [InlineData("""{ "File": "" }""", "it is empty")]
    [InlineData("""{ "File": "a\u0000.txt" }""", "cannot be read")]
    [InlineData("""{ "File": "bad.txt", "Entries": ["192.0.2.1"] }""", "the key is unknown")]
    public void A_list_file_that_is_wrong_is_named_with_its_line(string list, string problem)
    {
        _folder.Write("bad.txt", "192.0.2.0/24\n192.0.2.1/24\n");
        _folder.Write("cut.txt", "192.0.2.0/24\n10.0.0.0/8");
        _folder.Write("empty.txt", "# nothing\n");
        _folder.Write("all.txt", "0.0.0.0/1\n128.0.0.0/1\n");
        var exception = Assert.Throws<PolicyException>(() => Load($$"""{ "Networks": { "office": {{list}} }, "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Reject", "When": { "Client.In": "office" } } ] }"""));
        Assert.Contains(exception.Errors, error => error.Place.StartsWith("/Networks/office", StringComparison.Ordinal) && error.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alice", "the entry has no value")]
    [InlineData("alice alice@", "alice: alice@")]
    public void A_wrong_line_of_an_ownership_file_is_named(string line, string problem)
    {
        _folder.Write("owners.txt", "bob @b.example\n" + line + "\n");
        var exception = Assert.Throws<PolicyException>(() => Load("""{ "SenderOwnership": { "File": "owners.txt" }, "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.OwnsSender": true } } ] }"""));
        Assert.Contains(exception.Errors, error => error.Place == "/SenderOwnership" && error.Problem.Contains("line 2", StringComparison.Ordinal) && error.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_may_be_called_File() =>
        Assert.True(PolicyFile.Parse("""{ "SenderOwnership": { "File": ["@b.example"] }, "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.OwnsSender": true } } ] }""")
            .RuleSet.Options.SenderOwnership.Owns(new AuthIdentity("file"), SmtpPath.ParseMailbox("a@b.example")));

    [Fact]
    public void A_policy_from_text_names_no_files() =>
        Assert.Contains("cannot name files", Assert.Throws<PolicyException>(() => PolicyFile.Parse(PolicyTexts.Relays("/etc/hosts"))).Errors[0].Problem);

    [Fact]
    public void A_list_that_is_replaced_by_rename_is_taken()
    {
        using PolicyHost host = HostOf("198.51.100.0/24\n");
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(FromOffice).Action);
        _folder.Replace("office.txt", "192.0.2.0/24\n");
        host.LookTwice();
        Assert.Equal(RelayAction.Relay, host.Decision.Evaluate(FromOffice).Action);
        Assert.Single(host.LogsOf(2002));
    }

    [Theory]
    [InlineData("192.0.2.0/2")]
    [InlineData("")]
    [InlineData("192.0.2.0/24\n198.51.100.0/24\n203.0.113")]
    public void A_list_that_was_cut_off_is_kept_out(string truncated)
    {
        using PolicyHost host = HostOf("192.0.2.0/24\n198.51.100.0/24\n");
        RelayRuleSet? before = host.Policy.RuleSet;
        _folder.Write("office.txt", truncated);
        host.LookTwice();
        Assert.Same(before, host.Policy.RuleSet);
        Assert.Contains("office.txt", Assert.Single(host.LogsOf(2003)).Message);
    }

    [Fact]
    public void A_list_that_is_deleted_stays_in_force_until_it_is_there_again()
    {
        using PolicyHost host = HostOf("192.0.2.0/24\n");
        Assert.Equal(RelayAction.Relay, host.Decision.Evaluate(FromOffice).Action);
        _folder.Delete("office.txt");
        for (int i = 0; i < 4; i++) host.Look();
        Assert.Equal(RelayAction.Relay, host.Decision.Evaluate(FromOffice).Action);
        Assert.Single(host.LogsOf(2003));
        _folder.Write("office.txt", "198.51.100.0/24\n");
        host.LookTwice();
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(FromOffice).Action);
    }

    [Fact]
    public void A_list_that_changes_while_it_is_read_is_not_taken()
    {
        var sources = new PolicySources(_folder.Root);
        _folder.Write("office.txt", "192.0.2.0/24\n");
        var exception = Assert.Throws<IOException>(() => sources.Read("office.txt", _ => _folder.Write("office.txt", "192.0")));
        Assert.Contains("changed while it was read", exception.Message);
        Assert.NotEqual(FileStamp.Of(_folder.PathOf("office.txt")), Assert.Single(sources.Stamps).Value);
    }

    [Fact]
    public void A_packed_list_is_read_whole_or_not_at_all()
    {
        using PolicyHost host = HostOf("198.51.100.0/24\n");
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(FromOffice).Action);
        byte[] packed = Pack("192.0.2.0/24\n");
        File.WriteAllBytes(_folder.PathOf("office.txt"), packed[..^6]);
        host.LookTwice();
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(FromOffice).Action);
        File.WriteAllBytes(_folder.PathOf("office.txt"), packed);
        host.LookTwice();
        Assert.Equal(RelayAction.Relay, host.Decision.Evaluate(FromOffice).Action);
    }

    [Fact]
    public void Several_files_that_change_together_are_one_change()
    {
        using PolicyHost host = HostOf("198.51.100.0/24\n");
        Assert.NotNull(host.Policy.RuleSet);
        _folder.Write("office.txt", "192.0.2.0/24\n");
        _folder.Write("policy.json", PolicyTexts.Relays("office.txt").Replace("\"Name\": \"office\"", "\"Name\": \"new\"", StringComparison.Ordinal));
        host.LookTwice();
        Assert.Equal("new", host.Decision.Evaluate(FromOffice).Rule?.Name);
        Assert.Single(host.LogsOf(2002));
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private PolicyFile Load(string json) => PolicyFile.Load(_folder.Write("policy.json", json));

    private PolicyHost HostOf(string networks)
    {
        _folder.Write("office.txt", networks);
        PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Relays("office.txt"))).Start();
        Assert.NotNull(host.Policy.RuleSet);
        return host;
    }
}
