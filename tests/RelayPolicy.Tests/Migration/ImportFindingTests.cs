using RelayPolicy.Iis;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

/// <summary>What an import says about each setting, and what it makes of it.</summary>
public sealed class ImportFindingTests
{
    private const string Bad = "0102030405";
    private const IisAuthentication AllWays = IisAuthentication.Anonymous | IisAuthentication.Basic | IisAuthentication.Integrated;

    private static readonly IisAccessList Nobody = new(IisListMode.OnlyTheList);
    private static readonly IisAccessList Everybody = new(IisListMode.AllExceptTheList);

    [Fact]
    public void A_server_with_the_settings_of_a_fresh_installation_has_its_model() => Assert.Equal(
        new IisSmtpModel { LocalDomains = DomainSet.Parse("local.example") }, Metabases.ImportQuiet("").Model);

    [Fact]
    public void A_clean_import_has_notes_only() => Assert.Empty(Metabases.Remarkable(Metabases.ImportQuiet($"RelayIpList=\"{Blobs.OnlyTwo}\" RelayForAuth=\"1\"")));

    /// <summary>An attribute of the server; the severity, the certainty and a part of what is said about it.</summary>
    public static TheoryData<string, IisFindingSeverity, IisCertainty, string> Remarks => new()
    {
        { "RelayIpList=\"\"", IisFindingSeverity.Danger, IisCertainty.Documented, "AN OPEN RELAY, anybody who can connect sends mail to anywhere; RelayIpList=\"\" is a widely copied repair" },
        { $"RelayIpList=\"{Bad}\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "begins with 0102, which is another layout and not known; no client relays because of its address" },
        { "RelayIpList=\" \"", IisFindingSeverity.Refused, IisCertainty.Unknown, "neither hexadecimal, nor" },
        { $"IPSecurity=\"{Bad}\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "nobody may connect" },
        { "IPSecurity=\"\"", IisFindingSeverity.Warning, IisCertainty.Inferred, "All except the list below: (none); everybody may connect" },
        { "RelayForAuth=\"perhaps\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "\"perhaps\"; who authenticates may not relay" },
        { "AuthFlags=\"AuthTelepathy\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "how clients get in cannot be understood: \"AuthTelepathy\"; nobody may connect" },
        { "AuthFlags=\"AuthAnonymous | AuthBasic | AuthMD5\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "other ways to authenticate" },
        { "AuthFlags=\"7\"", IisFindingSeverity.Warning, IisCertainty.Inferred, "4 is integrated authentication is inferred" },
        { "AuthFlags=\"AuthAnonymous\"", IisFindingSeverity.Warning, IisCertainty.Documented, "but nobody can authenticate; no rule: authentication can never happen" },
        { "AccessSSLFlags=\"8\"", IisFindingSeverity.Warning, IisCertainty.Guessed, "a rule that refuses senders without TLS" },
        { "AccessSSLFlags=\"AccessSSL | AccessSSL128\"", IisFindingSeverity.Warning, IisCertainty.Guessed, "a rule that refuses senders without TLS" },
        { "AccessSSLFlags=\"AccessSSL | AccessRequireCert\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "a client certificate" },
        { "AccessSSLFlags=\"2048\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "nobody may connect" },
        { "SmtpDisableRelay=\"1\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "what it does is not known; not carried over" },
        { "SmtpIpRestrictionFlag=\"1\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "nobody comes in anonymously" },
        { "SmtpIpRestrictionFlag=\"x\"", IisFindingSeverity.Refused, IisCertainty.Unknown, "nobody comes in anonymously" },
        { "DefaultDomain=\"other.example\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "not a local domain" },
        { "MaxRecipients=\"0\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "the usual limit 100" },
        { "MaxMessageSize=\"2 MB\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "the usual limit 2097152" },
        { "AllowStrangers=\"1\"", IisFindingSeverity.Warning, IisCertainty.Unknown, "may concern access or relaying; not carried over" },
    };

    [Theory]
    [MemberData(nameof(Remarks))]
    public void What_is_remarkable_about_a_setting_is_said(string attribute, IisFindingSeverity severity, IisCertainty certainty, string text)
    {
        IisImport import = Metabases.ImportQuiet(attribute);
        IisFinding finding = Metabases.Remarkable(import).First();

        Assert.Equal((severity, certainty), (finding.Severity, finding.Certainty));
        Assert.Contains(text, finding.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/LM/SmtpSvc/1", finding.Setting, StringComparison.Ordinal);
    }

    /// <summary>Settings that an import understands without any doubt.</summary>
    public static TheoryData<string, string> Understood => new()
    {
        { "RelayForAuth=\"TRUE\"", "True" }, { "RelayForAuth=\"true\"", "True" }, { "RelayForAuth=\"1\"", "True" }, { "RelayForAuth=\"4294967295\"", "True" },
        { "RelayForAuth=\"-1\"", "True" }, { "RelayForAuth=\"0x1\"", "True" }, { "RelayForAuth=\"2\"", "True" },
        { "RelayForAuth=\"FALSE\"", "False" }, { "RelayForAuth=\"0\"", "False" }, { "RELAYFORAUTH=\" 0 \"", "False" },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void A_truth_value_is_read_in_every_spelling(string attribute, string value)
    {
        IisImport import = Metabases.ImportQuiet(attribute);

        Assert.Equal(value, import.Model.AuthenticatedMayRelay.ToString());
        Assert.Empty(Metabases.Remarkable(import));
    }

    [Theory]
    [InlineData("AuthAnonymous", IisAuthentication.Anonymous)]
    [InlineData("AuthAnonymous | AuthBasic", IisAuthentication.Anonymous | IisAuthentication.Basic)]
    [InlineData("AUTHANONYMOUS|authntlm", IisAuthentication.Anonymous | IisAuthentication.Integrated)]
    [InlineData("AuthBasic | 1", IisAuthentication.Anonymous | IisAuthentication.Basic)]
    [InlineData("7", AllWays)]
    [InlineData("0x3", IisAuthentication.Anonymous | IisAuthentication.Basic)]
    [InlineData("", IisAuthentication.None)]
    [InlineData("0", IisAuthentication.None)]
    public void Flags_are_read_as_names_and_as_numbers(string flags, IisAuthentication ways) => Assert.Equal(ways, Metabases.ImportQuiet($"AuthFlags=\"{flags}\"").Model.Authentication);

    [Theory]
    [InlineData($"RelayIpList=\"{Bad}\"")]
    [InlineData($"IPSecurity=\"{Bad}\"")]
    [InlineData("AuthFlags=\"x\"")]
    [InlineData("RelayForAuth=\"x\"")]
    [InlineData("AccessSSLFlags=\"x\"")]
    [InlineData("SmtpIpRestrictionFlag=\"x\"")]
    public void What_cannot_be_understood_makes_the_import_refused_in_part(string attribute) => Assert.Equal(IisImportStatus.RefusedInPart, Metabases.ImportQuiet(attribute).Status);

    [Theory]
    [InlineData($"IPSecurity=\"{Bad}\"")]
    [InlineData("AuthFlags=\"x\"")]
    [InlineData("AccessSSLFlags=\"x\"")]
    public void Where_anybody_may_have_been_kept_out_nobody_may_connect(string attribute)
    {
        IisImport import = Metabases.ImportQuiet(attribute);

        Assert.Equal(Nobody, import.Model.ConnectionControl);
        Assert.Equal(RelayAction.Reject, import.Policy.RuleSet.Evaluate(Asking.Request(client: "192.0.2.7", user: "alice", to: "<bob@local.example>"), RelayStage.Connect).Action);
        Assert.Contains("cannot be understood, so nobody may connect", import.Policy.RuleSet.Rules[0].Comment);
    }

    [Fact]
    public void An_unreadable_relay_list_lets_nobody_relay_by_address() => Assert.Equal(Nobody, Metabases.ImportQuiet($"RelayIpList=\"{Bad}\"").Model.RelayRestrictions);

    [Fact]
    public void An_open_relay_is_imported_as_it_is_unless_it_is_to_be_closed()
    {
        Assert.Equal(Everybody, Metabases.ImportQuiet("RelayIpList=\"\"").Model.RelayRestrictions);
        IisImport closed = Metabases.ImportQuiet("RelayIpList=\"\"", new() { CloseOpenRelay = true });
        Assert.Equal(Nobody, closed.Model.RelayRestrictions);
        Assert.Equal(IisFindingSeverity.Danger, closed.Findings[0].Severity);
    }

    [Fact]
    public void The_most_dangerous_is_said_first()
    {
        IisImport import = Metabases.ImportQuiet("RelayIpList=\"\" SmtpDisableRelay=\"1\" RelayForAuth=\"x\"");

        Assert.Equal(import.Findings.Select(finding => finding.Severity).Order(), import.Findings.Select(finding => finding.Severity));
        Assert.Equal([IisFindingSeverity.Danger, IisFindingSeverity.Refused, IisFindingSeverity.Warning], Metabases.Remarkable(import).Select(finding => finding.Severity));
    }

    [Fact]
    public void Entries_that_look_left_over_are_said()
    {
        var list = new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("192.168.1.7"), IisListEntry.Computer("192.168.1.7"), IisListEntry.Computer("192.168.1.255"), IisListEntry.Group("192.168.1.0/24"), IisListEntry.Group("203.0.113.0/24"));
        string value = Convert.ToHexString(IpSecurityList.Encode(list));

        Assert.Equal(
            [
                "the same entry is there more than once: 192.168.1.7", "another entry covers it already: 192.168.1.7, 192.168.1.255",
                "a private address, while the server listens on the Internet: 192.168.1.7, 192.168.1.255, 192.168.1.0/24",
            ],
            Metabases.Remarkable(Metabases.ImportQuiet($"RelayIpList=\"{value}\" ServerBindings=\"198.51.100.25:25:\"")).Select(finding => finding.Meaning).Where(meaning => !meaning.StartsWith("several", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(":25:")]
    [InlineData("192.168.1.25:25:")]
    [InlineData("127.0.0.1:25:")]
    public void Private_addresses_are_nothing_remarkable_on_a_private_server(string bindings)
    {
        var list = new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("192.168.1.7"));
        Assert.Empty(Metabases.Remarkable(Metabases.ImportQuiet($"RelayIpList=\"{Convert.ToHexString(IpSecurityList.Encode(list))}\" ServerBindings=\"{bindings}\"")));
    }

    /// <summary>RouteAction and name of a domain; whether it is local, an alias, remote, or open to relaying when guesses are trusted.</summary>
    public static TheoryData<string, string, string> Domains => new()
    {
        { "1", "a.example", "local" }, { "32", "a.example", "local" }, { "64", "a.example", "local" }, { "96", "a.example", "local" }, { "16", "a.example", "alias" },
        { "48", "a.example", "alias" }, { "0", "a.example", "remote" }, { "2", "a.example", "remote" }, { "512", "a.example", "remote" }, { "1024", "a.example", "remote" },
        { "2048", "a.example", "remote" }, { "4096", "a.example", "relayed" }, { "4098", "a.example", "relayed" }, { "4160", "a.example", "local" }, { "0x1000", "a.example", "relayed" },
        { "34", "a.example", "refused" }, { "4", "a.example", "refused" }, { "8192", "a.example", "refused" }, { "RouteLocal", "a.example", "refused" },
        { "64", "-a.example", "refused" }, { "4096", "*", "refused" }, { "4096", "*.a.example", "relayed" }, { "64", "SERVER01", "local" },
    };

    [Theory]
    [MemberData(nameof(Domains))]
    public void A_domain_is_what_its_RouteAction_says(string action, string name, string kind)
    {
        IisImport import = Metabases.Import("", others: Metabases.Domain(name, $"RouteAction=\"{action}\""), options: new() { TrustGuesses = true });
        IisSmtpModel model = import.Model;
        string found = !model.LocalDomains.IsEmpty ? "local" : !model.AliasDomains.IsEmpty ? "alias"
            : model.RemoteDomains.Count == 0 ? "refused" : model.RemoteDomains[0].AllowRelay ? "relayed" : "remote";

        Assert.Equal(kind, found);
        Assert.Equal(kind == "refused", import.Status == IisImportStatus.RefusedInPart);
    }

    [Fact]
    public void A_domain_without_a_RouteAction_is_remote() => Assert.False(Metabases.Import("", others: Metabases.Domain("a.example", "")).Model.RemoteDomains.Single().AllowRelay);

    [Fact]
    public void Relaying_to_a_domain_is_a_guess_that_grants_only_when_it_is_trusted()
    {
        IisImport import = Metabases.Import("", others: Metabases.Domain("a.example", "RouteAction=\"4096\""));

        Assert.False(import.Model.RemoteDomains.Single().AllowRelay);
        Assert.Contains(import.Findings, finding => finding is { Severity: IisFindingSeverity.Refused, Certainty: IisCertainty.Guessed, Setting: "/LM/SmtpSvc/1/Domain/a.example RouteAction" });
    }

    [Theory]
    [InlineData(false, "*.a.example")]
    [InlineData(true, "*.a.example a.example")]
    public void Whether_a_wildcard_includes_the_domain_is_a_choice(bool includes, string domains)
    {
        IisImport import = Metabases.Import("", others: Metabases.Domain("*.a.example", "RouteAction=\"4096\""), options: new() { TrustGuesses = true, WildcardIncludesDomain = includes });

        Assert.Equal(domains, string.Join(' ', import.Model.RemoteDomains.Select(domain => domain.Name)));
        Assert.Contains(import.Findings, finding => finding.Meaning == "whether *.a.example includes a.example is not documented");
    }

    [Fact]
    public void A_setting_at_a_key_that_is_neither_server_nor_domain_is_said() => Assert.Contains(
        Metabases.Import("", others: "<x Location=\"/LM/SmtpSvc/1/Alias/x\" RelayIpList=\"\"/>").Findings,
        finding => finding is { Severity: IisFindingSeverity.Warning, Setting: "/LM/SmtpSvc/1/Alias/x RelayIpList" });

    [Fact]
    public void Every_setting_is_in_the_report_in_some_way()
    {
        const string attributes = "AuthFlags=\"3\" BadMailDirectory=\"x\" EnableReverseDnsLookup=\"1\" HopCount=\"7\" IPSecurity=\"\" MaxConnections=\"9\" RelayForAuth=\"0\" SmartHost=\"x\" Strange=\"1\"";
        IisImport import = Metabases.ImportQuiet(attributes);
        string report = string.Join('\n', import.Findings);

        Assert.All(import.Server.Settings, setting => Assert.Contains(setting.Name, report));
    }

    [Fact]
    public void The_report_holds_no_control_character_and_no_markup_of_the_metabase()
    {
        IisImport import = Metabases.Import("ServerComment=\"**x** &lt;b> \u001b[31m | y\".".Replace("\u001b", "&#x9b;", StringComparison.Ordinal).TrimEnd('.'), Metabases.Custom("Name=\"a|b&#x202e;\" Value=\"1\""));
        string markdown = import.ToMarkdown();

        Assert.DoesNotContain(markdown, c => c != '\n' && c is < ' ' or > '~');
        Assert.Contains(@"\*\*x\*\* \<b>", markdown);
        Assert.Contains(@"a\|b\\u202e", markdown);
    }

    [Fact]
    public void The_report_is_a_table_with_the_rules_below_it()
    {
        string[] lines = Metabases.ImportQuiet("RelayIpList=\"\"").ToMarkdown().Split('\n');

        Assert.Equal("# Import of /LM/SmtpSvc/1", lines[0]);
        Assert.Contains("| severity | setting | what it meant | what it became | certainty | what to do |", lines);
        Assert.Equal("Danger", lines[6].Split(" | ")[0].TrimStart('|', ' '));
        Assert.Contains(lines, line => line.StartsWith("- \"relay restrictions\": at Recipient, accept when Client.IsIPv4", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_servers_one_must_be_named()
    {
        IisSettings settings = Metabases.Read(Metabases.Xml("", others: "<x Location=\"/LM/SmtpSvc/2\" ServerComment=\"Inbound\"/>"));

        Assert.Equal("There are several SMTP servers; name one of 1, 2 (Inbound).", Assert.Throws<ArgumentException>(() => settings.ToPolicy()).Message);
        Assert.Equal("There is no SMTP server \"3\"; name one of 1, 2 (Inbound).", Assert.Throws<ArgumentException>(() => settings.ToPolicy(new() { Server = "3" })).Message);
        Assert.Equal("Inbound", settings.ToPolicy(new() { Server = "2" }).Server.Comment);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("x")]
    public void With_an_IP_restriction_flag_and_no_list_of_who_may_connect_nobody_comes_in_anonymously(string flag)
    {
        IisImport import = Metabases.ImportQuiet($"SmtpIpRestrictionFlag=\"{flag}\"");

        Assert.Equal(IisAuthentication.Basic | IisAuthentication.Integrated, import.Model.Authentication);
        Assert.Contains("SmtpIpRestrictionFlag", import.Policy.RuleSet.Rules[0].Comment);
    }

    [Theory]
    [InlineData(Blobs.OnlyLoopback, false)]
    [InlineData(Blobs.OnlyLoopback, true)]
    public void With_an_IP_restriction_flag_a_connection_list_keeps_everybody_else_out(string list, bool flag)
    {
        IisImport import = Metabases.ImportQuiet($"IPSecurity=\"{list}\"{(flag ? " SmtpIpRestrictionFlag=\"1\"" : "")}");

        Assert.Equal("Only the list below: 127.0.0.1", import.Model.ConnectionControl.ToString());
        Assert.Equal(flag, import.Status == IisImportStatus.RefusedInPart);
    }
}
