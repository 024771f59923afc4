using System.Text;
using RelayPolicy.Configuration;
using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

public sealed class PolicyFileReadingTests
{
    public static TheoryData<string, Condition> Conditions => PolicySamples.Conditions;

    public static TheoryData<string> Files => PolicySamples.Files;

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_When_is_the_condition_that_it_is_in_code(string json, Condition expected) =>
        Assert.Equal(expected, PolicySamples.Parse(PolicySamples.When(json)).RuleSet.Rules[0].Condition);

    [Fact]
    public void Every_field_of_a_When_is_in_the_table()
    {
        string[] read = [.. Conditions.Select(row => row.Data.Item1)];
        Assert.All(ConditionKeys.All, key => Assert.Contains(read, json => json.Contains($"\"{key}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_valid_file_is_read(string json) => Assert.NotNull(PolicySamples.Parse(json).RuleSet);

    [Fact]
    public void The_options_are_those_of_the_file()
    {
        RelayRuleSetOptions options = PolicySamples.Parse(PolicySamples.Full).RuleSet.Options;

        Assert.Equal(DomainSet.Parse("local.example", "*.local.example"), options.LocalDomains);
        Assert.Equal(NetworkSet.Parse("198.51.100.1"), options.Gateways);
        Assert.Equal(RoutedRecipients.TrustedOnly, options.RoutedRecipients);
        Assert.Equal(StringComparer.Ordinal, options.NameComparer);
        Assert.Equal(new SmtpReply(550, new(5, 7, 1), "No relaying for {recipient}"), options.RefusalReply);
        Assert.Equal(["alice", "bob", "root"], options.SenderOwnership.Entries.Select(user => user.Key));
        Assert.Equal(["@local.example", "!<>"], options.SenderOwnership.Entries.ElementAt(1).Value);
    }

    [Fact]
    public void What_the_file_does_not_say_has_the_default_of_the_options()
    {
        RelayRuleSetOptions options = PolicySamples.Parse(PolicySamples.When("""{ "Any": true }""")).RuleSet.Options;

        Assert.Equal(DomainSet.Empty, options.LocalDomains);
        Assert.Equal(NetworkSet.Empty, options.Gateways);
        Assert.Equal(RoutedRecipients.Refuse, options.RoutedRecipients);
        Assert.Equal(StringComparer.OrdinalIgnoreCase, options.NameComparer);
        Assert.Equal(default, options.RefusalReply);
        Assert.Empty(options.SenderOwnership.Entries);
    }

    [Theory]
    [InlineData("OrdinalIgnoreCase", true)]
    [InlineData("Ordinal", false)]
    public void User_names_of_the_ownership_are_compared_as_the_file_says(string comparison, bool owns)
    {
        PolicyFile file = PolicyFile.Parse(PolicySamples.Root($$"""
            "NameComparison": "{{comparison}}", "SenderOwnership": { "alice": ["alice@example.com"] }
            """));

        Assert.Equal(owns, file.RuleSet.Options.SenderOwnership.Owns(new AuthIdentity("ALICE"), SmtpPath.ParseMailbox("alice@example.com")));
    }

    [Fact]
    public void The_rules_are_those_of_the_file_in_their_order()
    {
        IReadOnlyList<RelayRule> rules = PolicySamples.Parse(PolicySamples.Full).RuleSet.Rules;

        Assert.Equal(["proxied", "blocked", "office", "own", "certificate", "partners", "local"], rules.Select(rule => rule.Name));
    }

    [Fact]
    public void Every_key_of_a_rule_is_read()
    {
        IReadOnlyList<RelayRule> rules = PolicySamples.Parse(PolicySamples.Full).RuleSet.Rules;

        Assert.Equal(
            new RelayRule("proxied", RelayStage.Connect, Condition.Client.IsProxied, RuleAction.Defer) { Reply = new SmtpReply(421, new(4, 7, 1), "Not now, {client}") },
            rules[0]);
        Assert.Equal(
            new RelayRule("blocked", RelayStage.Sender, Condition.Sender.In(DomainSet.Parse("blocked.example")), RuleAction.Reject) { AuditOnly = true },
            rules[1]);
        Assert.Equal(
            new RelayRule("office", RelayStage.Recipient, Condition.Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8::/32")), RuleAction.Accept)
            {
                Reply = new SmtpReply(250, new(2, 1, 5), "Yes, {recipient}"),
                NotBefore = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                NotAfter = new DateTimeOffset(2026, 12, 31, 22, 0, 0, 500, TimeSpan.Zero),
            },
            rules[2]);
    }

    [Fact]
    public void A_rule_that_accepts_from_anyone_says_so()
    {
        RelayRule rule = PolicyFile.Parse(PolicySamples.Rule(
            """ "Name": "open", "Stage": "Recipient", "Action": "Accept", "When": { "Any": true }, "AcceptsFromAnyone": true """)).RuleSet.Rules[0];

        Assert.Equal(new RelayRule("open", RelayStage.Recipient, Condition.Any, RuleAction.Accept) { AcceptsFromAnyone = true }, rule);
    }

    [Fact]
    public void Limits_stand_beside_rules_too()
    {
        Assert.Equal(new SmtpLimits { MaxHops = 7 }, PolicyFile.Parse(PolicySamples.Root(""" "Limits": { "MaxHops": 7 } """)).Limits);
        Assert.Null(PolicyFile.Parse(PolicySamples.Root(""" "RoutedRecipients": "Refuse" """)).Limits);
        Assert.Equal(new SmtpLimits { MaxHops = 7 }, PolicyFile.Parse("""{ "Iis": { "Limits": { "MaxHops": 7 } } }""").Limits);
    }

    [Fact]
    public void A_rule_keeps_its_comment()
    {
        RelayRule rule = PolicyFile.Parse(PolicySamples.Rule(
            """ "Name": "all", "Comment": "asked for by the office", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } """)).RuleSet.Rules[0];

        Assert.Equal(new RelayRule("all", RelayStage.Recipient, Condition.Any, RuleAction.Reject) { Comment = "asked for by the office" }, rule);
    }

    [Theory]
    [InlineData("AuditOnly")]
    [InlineData("AcceptsFromAnyone")]
    public void A_flag_that_is_false_is_as_if_it_were_not_there(string flag)
    {
        const string rule = """ "Name": "r", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } """;

        Assert.Equal(
            PolicyFile.Parse(PolicySamples.Rule(rule)).RuleSet.Rules[0],
            PolicyFile.Parse(PolicySamples.Rule($"{rule}, \"{flag}\": false")).RuleSet.Rules[0]);
    }

    [Fact]
    public void Every_setting_of_the_Iis_section_is_read() => Assert.Equal(
        new IisSmtpModel
        {
            ConnectionControl = new IisAccessList(IisListMode.AllExceptTheList, IisListEntry.Computer("198.51.100.7"), IisListEntry.Domain("bad.example")),
            Authentication = IisAuthentication.Anonymous | IisAuthentication.Basic,
            RequireTls = true,
            RelayRestrictions = new IisAccessList(
                IisListMode.OnlyTheList,
                IisListEntry.Computer("192.0.2.7"),
                IisListEntry.Group("192.0.2.128/25"),
                IisListEntry.Domain("example.com")),
            AuthenticatedMayRelay = false,
            LocalDomains = DomainSet.Parse("local.example"),
            AliasDomains = DomainSet.Parse("alias.example"),
            RemoteDomains = [new IisRemoteDomain("remote.example", AllowRelay: true), new IisRemoteDomain("*.other.example")],
            Limits = new SmtpLimits { MaxMessageSize = 1048576, MaxSessionSize = null, MaxRecipients = 50, MaxHops = 20, MaxConnections = 1000 },
            Gateways = NetworkSet.Parse("198.51.100.1"),
        },
        PolicyFile.Parse(PolicySamples.FullIis).Iis);

    [Fact]
    public void The_policy_of_an_Iis_section_is_the_one_of_its_model()
    {
        PolicyFile file = PolicyFile.Parse(PolicySamples.FullIis);

        Assert.Equal(file.Iis!.ToRules(), file.RuleSet.Rules);
        Assert.Equal(file.Iis.ToRuleSet().Options.RefusalReply, file.RuleSet.Options.RefusalReply);
        Assert.Equal(DomainSet.Parse("local.example", "alias.example"), file.RuleSet.Options.LocalDomains);
    }

    [Fact]
    public void What_the_Iis_section_does_not_say_has_the_default_of_IIS() =>
        Assert.Equal(new IisSmtpModel { RequireTls = true }, PolicyFile.Parse("""{ "Iis": { "RequireTls": true } }""").Iis);

    [Fact]
    public void A_limit_that_the_Iis_section_does_not_say_has_the_default_of_IIS() =>
        Assert.Equal(new SmtpLimits { MaxHops = 7 }, PolicyFile.Parse("""{ "Iis": { "Limits": { "MaxHops": 7 } } }""").Iis!.Limits);

    [Fact]
    public void A_policy_of_rules_has_no_Iis_model() => Assert.Null(PolicySamples.Parse(PolicySamples.Full).Iis);

    [Fact]
    public void A_named_list_keeps_its_name_where_it_is_used() =>
        Assert.Equal("Client.In(office)", PolicyFile.Parse(PolicySamples.When("""{ "Client.In": "OFFICE" }""")).RuleSet.Rules[0].Condition.ToString());

    [Fact]
    public void The_local_domains_and_the_gateways_can_be_named_lists()
    {
        RelayRuleSetOptions options = PolicyFile.Parse(PolicySamples.Root("""
            "LocalDomains": "ours", "Gateways": "nat", "Domains": { "ours": ["local.example"] }, "Networks": { "nat": ["198.51.100.1"] }
            """)).RuleSet.Options;

        Assert.Equal(DomainSet.Parse("local.example"), options.LocalDomains);
        Assert.Equal(NetworkSet.Parse("198.51.100.1"), options.Gateways);
    }

    [Fact]
    public void A_list_of_networks_and_a_list_of_domains_can_have_the_same_name()
    {
        PolicyFile file = PolicyFile.Parse("""
            {
              "Networks": { "partners": ["192.0.2.0/24"] },
              "Domains": { "partners": ["example.com"] },
              "Rules": [{ "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Client.In": "partners", "Client.HostIn": "partners" } }]
            }
            """);

        Assert.Equal(Condition.Client.In(NetworkSet.Parse("192.0.2.0/24")) & Condition.Client.HostIn(DomainSet.Parse("example.com")), file.RuleSet.Rules[0].Condition);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed() => Assert.Single(PolicyFile.Parse("""
        // A policy.
        {
          /* One rule. */
          "Rules": [
            { "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true, }, }, // the rule
          ],
        }
        """).RuleSet.Rules);

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.NotNull(PolicySamples.Parse('\uFEFF' + PolicySamples.Full));

    [Fact]
    public void A_file_is_read_with_and_without_a_byte_order_mark()
    {
        string path = Path.GetTempFileName();
        try
        {
            foreach (bool mark in new[] { true, false })
            {
                File.WriteAllText(path, PolicySamples.Full, new UTF8Encoding(mark));
                Assert.Equal(7, PolicyFile.Load(path, PolicySamples.Greylisted).RuleSet.Rules.Count);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_IO_error() =>
        Assert.ThrowsAny<IOException>(() => PolicyFile.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "policy.json")));

    [Theory]
    [InlineData("""{ "RULES": [{ "name": "r", "STAGE": "recipient", "action": "ACCEPT", "when": { "client.in": ["192.0.2.7"], "TLS.ISON": true } }] }""")]
    [InlineData("""{ "rules": [{ "NAME": "r", "stage": "RECIPIENT", "aCtIoN": "accept", "WHEN": { "allof": [{ "CLIENT.IN": { "ENTRIES": ["192.0.2.7"], "allowempty": true } }, { "tls.ison": true }] } }] }""")]
    public void Keys_and_names_of_values_are_read_in_any_case(string json) => Assert.Equal(
        new RelayRule("r", RelayStage.Recipient, Condition.Client.In(NetworkSet.Parse("192.0.2.7")) & Condition.Tls.IsOn, RuleAction.Accept),
        PolicyFile.Parse(json).RuleSet.Rules[0]);

    [Fact]
    public void Keys_and_names_of_the_Iis_section_are_read_in_any_case() => Assert.Equal(
        new IisSmtpModel
        {
            Authentication = IisAuthentication.Integrated,
            RelayRestrictions = new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("192.0.2.7")),
            Limits = new SmtpLimits { MaxSessionSize = null },
        },
        PolicyFile.Parse("""
            {
              "iis": {
                "AUTHENTICATION": ["integrated"],
                "relayrestrictions": { "MODE": "onlythelist", "entries": [{ "COMPUTER": "192.0.2.7" }] },
                "limits": { "maxsessionsize": "UNLIMITED" }
              }
            }
            """).Iis);

    [Fact]
    public void The_warnings_of_the_rule_set_are_those_of_the_file() => Assert.Equal(
        DiagnosticSeverity.Warning,
        Assert.Single(PolicyFile.Parse(PolicySamples.Rule(
            """ "Name": "open", "Stage": "Recipient", "Action": "Accept", "When": { "Any": true }, "AcceptsFromAnyone": true """)).Warnings).Severity);

    [Fact]
    public void The_diagnostics_of_the_Iis_section_come_before_the_warnings_of_its_rules()
    {
        PolicyFile file = PolicyFile.Parse(PolicySamples.Iis(
            """ "RelayRestrictions": { "Mode": "AllExceptTheList", "Entries": [], "AllowEmpty": true }, "LocalDomains": ["local.example"] """));

        Assert.Equal(["/Iis/RelayRestrictions", "rule \"relay restrictions\""], file.Warnings.Select(warning => warning.Place));
    }

    [Fact]
    public void Only_a_custom_condition_can_be_registered() =>
        Assert.Throws<ArgumentException>(() => PolicyFile.Parse(PolicySamples.Full, Condition.Any));

    // Which of them a file means would be a guess.
    [Fact]
    public void Two_custom_conditions_with_the_same_name_cannot_be_registered()
    {
        Condition other = Condition.Custom("GreyListed", RelayFacts.Identity, (in RelayRequest _) => true);

        Assert.Throws<ArgumentException>(() => PolicyFile.Parse(PolicySamples.Full, PolicySamples.Greylisted, other));
    }

    [Fact]
    public void The_same_custom_condition_can_be_registered_twice() =>
        Assert.NotNull(PolicyFile.Parse(PolicySamples.Full, PolicySamples.Greylisted, PolicySamples.Greylisted));
}
