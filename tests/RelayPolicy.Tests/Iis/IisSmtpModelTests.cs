using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

public sealed class IisSmtpModelTests
{
    private const string Listed = "a list holds domains, which need reverse DNS look-ups of every client, confirmed by a forward look-up";

    private static readonly IisSmtpModel Quiet = new() { LocalDomains = DomainSet.Parse("local.example") };

    /// <summary>The settings of a fresh installation by Microsoft's articles 310356 and 303734.</summary>
    public static TheoryData<string, object?> Defaults { get; } = new()
    {
        { nameof(IisSmtpModel.ConnectionControl), new IisAccessList(IisListMode.AllExceptTheList) },
        { nameof(IisSmtpModel.Authentication), IisAuthentication.Anonymous | IisAuthentication.Basic | IisAuthentication.Integrated },
        { nameof(IisSmtpModel.RequireTls), false },
        { nameof(IisSmtpModel.RelayRestrictions), new IisAccessList(IisListMode.OnlyTheList) },
        { nameof(IisSmtpModel.AuthenticatedMayRelay), true },
        { nameof(IisSmtpModel.LocalDomains), DomainSet.Empty },
        { nameof(IisSmtpModel.AliasDomains), DomainSet.Empty },
        { nameof(IisSmtpModel.RemoteDomains), Array.Empty<IisRemoteDomain>() },
        { nameof(IisSmtpModel.Gateways), NetworkSet.Empty },
        { nameof(IisSmtpModel.Limits), new SmtpLimits() },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_setting_has_the_default_of_a_fresh_installation(string setting, object? value) =>
        Assert.Equal(value, typeof(IisSmtpModel).GetProperty(setting)!.GetValue(new IisSmtpModel()));

    [Theory]
    [InlineData(nameof(SmtpLimits.MaxMessageSize), 2048L * 1024)]
    [InlineData(nameof(SmtpLimits.MaxSessionSize), 10240L * 1024)]
    [InlineData(nameof(SmtpLimits.MaxRecipients), 100)]
    [InlineData(nameof(SmtpLimits.MaxHops), 15)]
    [InlineData(nameof(SmtpLimits.MaxConnections), null)]
    public void A_limit_has_the_default_of_a_fresh_installation(string limit, object? value) =>
        Assert.Equal(value, typeof(SmtpLimits).GetProperty(limit)!.GetValue(new SmtpLimits()));

    [Fact]
    public void The_remote_domains_are_not_relayed_to_by_default() => Assert.False(new IisRemoteDomain("remote.example").AllowRelay);

    [Fact]
    public void The_rules_of_a_fresh_installation_are_those_of_the_secure_default() => Assert.Equal(
        RelayRuleSet.SecureDefault(DomainSet.Empty).Rules.Select(rule => (rule.Stage, rule.Condition, rule.Action)),
        new IisSmtpModel().ToRules().Select(rule => (rule.Stage, rule.Condition, rule.Action)));

    [Fact]
    public void The_rules_print_readably()
    {
        var model = new IisSmtpModel
        {
            ConnectionControl = new IisAccessList(IisListMode.AllExceptTheList, IisListEntry.Computer("198.51.100.7"), IisListEntry.Domain("bad.example")),
            Authentication = IisAuthentication.Basic,
            RequireTls = true,
            RelayRestrictions = new IisAccessList(IisListMode.AllExceptTheList, IisListEntry.Group("192.0.2.0 255.255.255.0")),
            LocalDomains = DomainSet.Parse("local.example"),
            RemoteDomains = [new("remote.example", AllowRelay: true), new("*.wild.example", AllowRelay: true), new("closed.example")],
        };

        Assert.Equal(
            """
            "connection control": at Connect, reject when Client.In(198.51.100.7) | Client.HostIn(bad.example, *.bad.example)
            "TLS required": at Sender, reject when !Tls.IsOn
            "authentication required": at Sender, reject when !Identity.IsAuthenticated
            "remote domains": at Recipient, accept when Recipient.In(remote.example, *.wild.example)
            "relay restrictions": at Recipient, accept when Client.IsIPv4 & !Client.In(192.0.2.0/24) (accepts from anyone)
            "authenticated": at Recipient, accept when Identity.IsAuthenticated
            "local domains": at Recipient, accept when Recipient.IsLocal
            """,
            string.Join('\n', model.ToRules()),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(IisListMode.OnlyTheList, "Only the list below: 192.0.2.7, 192.0.2.0/24, example.com")]
    [InlineData(IisListMode.AllExceptTheList, "All except the list below: 192.0.2.7, 192.0.2.0/24, example.com")]
    public void A_list_prints_in_the_words_of_IIS(IisListMode mode, string text) => Assert.Equal(
        text,
        new IisAccessList(mode, IisListEntry.Computer("192.0.2.7"), IisListEntry.Group("192.0.2.0 255.255.255.0"), IisListEntry.Domain("Example.com")).ToString());

    [Fact]
    public void Settings_without_anything_remarkable_have_no_diagnostics() => Assert.Empty(Quiet.Diagnostics);

    [Fact]
    public void An_ordinary_relay_list_is_nothing_remarkable() =>
        Assert.Empty((Quiet with { RelayRestrictions = new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("192.0.2.7")) }).Diagnostics);

    public static TheoryData<IisSmtpModel, DiagnosticSeverity, string, string> Remarkable { get; } = new()
    {
        { Quiet with { RelayRestrictions = new(IisListMode.AllExceptTheList) }, DiagnosticSeverity.Warning, "/Iis/RelayRestrictions", "an open relay" },
        { Quiet with { RelayRestrictions = new(IisListMode.AllExceptTheList, IisListEntry.Computer("192.0.2.7")) }, DiagnosticSeverity.Warning, "/Iis/RelayRestrictions", "an open relay" },
        { Quiet with { Authentication = IisAuthentication.None, AuthenticatedMayRelay = false }, DiagnosticSeverity.Warning, "/Iis/Authentication", "nobody can send" },
        { Quiet with { ConnectionControl = new(IisListMode.OnlyTheList) }, DiagnosticSeverity.Warning, "/Iis/ConnectionControl", "lets nobody connect" },
        { new IisSmtpModel(), DiagnosticSeverity.Warning, "/Iis/LocalDomains", "there is no local domain" },
        { Quiet with { Authentication = IisAuthentication.Anonymous }, DiagnosticSeverity.Remark, "/Iis/AuthenticatedMayRelay", "is left out" },
        { Quiet with { RelayRestrictions = new(IisListMode.OnlyTheList, IisListEntry.Domain("example.com")) }, DiagnosticSeverity.Remark, "/Iis", Listed },
        { Quiet with { ConnectionControl = new(IisListMode.AllExceptTheList, IisListEntry.Domain("example.com")) }, DiagnosticSeverity.Remark, "/Iis", Listed },
        { Quiet with { RemoteDomains = [new("*.remote.example", AllowRelay: true)] }, DiagnosticSeverity.Remark, "/Iis/RemoteDomains", "*.remote.example does not include remote.example itself" },
    };

    [Theory]
    [MemberData(nameof(Remarkable))]
    public void What_an_administrator_should_know_is_said(IisSmtpModel model, DiagnosticSeverity severity, string place, string problem)
    {
        PolicyDiagnostic diagnostic = Assert.Single(model.Diagnostics);

        Assert.Equal((severity, place), (diagnostic.Severity, diagnostic.Place));
        Assert.Contains(problem, diagnostic.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(diagnostic.Mend);
    }

    [Fact]
    public void An_alias_domain_is_a_local_domain_too() => Assert.Empty(new IisSmtpModel { AliasDomains = DomainSet.Parse("alias.example") }.Diagnostics);

    [Fact]
    public void A_wildcard_without_relay_is_nothing_remarkable() =>
        Assert.Empty((Quiet with { RemoteDomains = [new("*.remote.example")] }).Diagnostics);

    [Fact]
    public void Warnings_come_before_remarks_and_an_open_relay_first()
    {
        var model = new IisSmtpModel
        {
            Authentication = IisAuthentication.None,
            ConnectionControl = new IisAccessList(IisListMode.OnlyTheList),
            RelayRestrictions = new IisAccessList(IisListMode.AllExceptTheList, IisListEntry.Domain("example.com")),
            RemoteDomains = [new("*.a.example", AllowRelay: true), new("*.b.example", AllowRelay: true)],
        };

        Assert.Equal(
            [
                "Warning /Iis/RelayRestrictions", "Warning /Iis/Authentication", "Warning /Iis/ConnectionControl", "Warning /Iis/LocalDomains",
                "Remark /Iis/AuthenticatedMayRelay", "Remark /Iis", "Remark /Iis/RemoteDomains", "Remark /Iis/RemoteDomains",
            ],
            model.Diagnostics.Select(diagnostic => $"{diagnostic.Severity} {diagnostic.Place}"));
    }

    [Theory]
    [InlineData(IisEntryKind.Computer, "192.0.2.7", "192.0.2.7")]
    [InlineData(IisEntryKind.Computer, "192.0.2.7/32", "192.0.2.7")]
    [InlineData(IisEntryKind.Computer, "2001:db8::5", "2001:db8::5")]
    [InlineData(IisEntryKind.Group, "192.0.2.0 255.255.255.0", "192.0.2.0/24")]
    [InlineData(IisEntryKind.Group, "192.0.2.0/255.255.255.0", "192.0.2.0/24")]
    [InlineData(IisEntryKind.Group, "192.0.2.0/24", "192.0.2.0/24")]
    [InlineData(IisEntryKind.Group, "192.0.2.7", "192.0.2.7")]
    [InlineData(IisEntryKind.Domain, "Example.COM", "example.com")]
    [InlineData(IisEntryKind.Domain, "b\u00FCcher.example", "xn--bcher-kva.example")]
    public void A_valid_entry_is_read(IisEntryKind kind, string text, string printed)
    {
        Assert.True(IisListEntry.TryCreate(kind, text, out IisListEntry? entry, out _));
        Assert.Equal((kind, printed), (entry!.Kind, entry.ToString()));
    }

    [Theory]
    [InlineData(IisEntryKind.Computer, null, "it is empty")]
    [InlineData(IisEntryKind.Computer, "", "it is empty")]
    [InlineData(IisEntryKind.Computer, "192.0.2.0/24", "it is a group of computers, not a single one")]
    [InlineData(IisEntryKind.Computer, "192.0.2.0 255.255.255.0", "it is a group of computers, not a single one")]
    [InlineData(IisEntryKind.Computer, "2001:db8::/64", "it is a group of computers, not a single one")]
    [InlineData(IisEntryKind.Computer, "192.0.2.007", "leading zero")]
    [InlineData(IisEntryKind.Computer, "127.1", "short form")]
    [InlineData(IisEntryKind.Computer, "0x7f000001", "hexadecimal")]
    [InlineData(IisEntryKind.Computer, "::ffff:192.0.2.7", "IPv4-mapped")]
    [InlineData(IisEntryKind.Computer, "fe80::1%eth0", "scope id")]
    [InlineData(IisEntryKind.Computer, "192.0.2.7\n", "white space")]
    [InlineData(IisEntryKind.Computer, "example.com", "it is not an IP address")]
    [InlineData(IisEntryKind.Group, "192.0.2.1 255.255.255.0", "host bits are set")]
    [InlineData(IisEntryKind.Group, "192.0.2.0 255.0.255.0", "not contiguous")]
    [InlineData(IisEntryKind.Group, "192.0.2.0 0.0.0.255", "wildcard mask")]
    [InlineData(IisEntryKind.Group, "192.0.2.0, 255.255.255.0", "it is not an IP")]
    [InlineData(IisEntryKind.Group, "192.0.2.1-192.0.2.5", "a range is not one network")]
    [InlineData(IisEntryKind.Group, "192.0.2.0/33", "out of range")]
    [InlineData(IisEntryKind.Group, "Everyone", "it is not an IP address")]
    [InlineData(IisEntryKind.Domain, null, "")]
    [InlineData(IisEntryKind.Domain, "", "")]
    [InlineData(IisEntryKind.Domain, "*.example.com", "")]
    [InlineData(IisEntryKind.Domain, "*", "")]
    [InlineData(IisEntryKind.Domain, ".example.com", "")]
    [InlineData(IisEntryKind.Domain, "example.com.", "")]
    [InlineData(IisEntryKind.Domain, "[192.0.2.7]", "")]
    [InlineData(IisEntryKind.Domain, "192.0.2.7", "")]
    [InlineData(IisEntryKind.Domain, "user@example.com", "")]
    [InlineData(IisEntryKind.Domain, "\u212Aelvin.example", "")]
    [InlineData((IisEntryKind)3, "192.0.2.7", "the kind of the entry is undefined")]
    public void An_invalid_entry_is_refused(IisEntryKind kind, string? text, string problem)
    {
        Assert.False(IisListEntry.TryCreate(kind, text, out IisListEntry? entry, out EntryError error));
        Assert.Null(entry);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Problem);
        Assert.NotEmpty(error.Mend);
    }

    [Fact]
    public void What_is_no_entry_is_thrown_with_its_reason()
    {
        Assert.Contains("make it a group", Assert.ThrowsAny<FormatException>(() => IisListEntry.Computer("192.0.2.0/24")).Message, StringComparison.Ordinal);
        Assert.Contains("host bits", Assert.ThrowsAny<FormatException>(() => IisListEntry.Group("192.0.2.1/24")).Message, StringComparison.Ordinal);
        Assert.Contains("without a wildcard", Assert.ThrowsAny<FormatException>(() => IisListEntry.Domain("*.example.com")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("0.0.0.0 0.0.0.0")]
    [InlineData("0.0.0.0/1", "128.0.0.0/1")]
    [InlineData("::/0")]
    [InlineData("::/1", "8000::/1")]
    public void A_list_that_covers_every_address_is_refused(params string[] groups)
    {
        foreach (IisListMode mode in Enum.GetValues<IisListMode>())
        {
            Assert.ThrowsAny<FormatException>(() => new IisAccessList(mode, groups.Select(IisListEntry.Group)));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_list_with_an_undefined_mode_is_refused(int mode) => Assert.Throws<ArgumentOutOfRangeException>(() => new IisAccessList((IisListMode)mode));

    [Fact]
    public void A_remote_domain_that_is_no_domain_is_refused() =>
        Assert.ThrowsAny<FormatException>((Quiet with { RemoteDomains = [new("a@remote.example", AllowRelay: true)] }).ToRuleSet);

    // What grants by a way that nobody knows must not be taken for a setting.
    [Fact]
    public void An_undefined_way_to_authenticate_lets_nobody_in()
    {
        RelayRequest request = new(default, new AuthIdentity("alice"), SmtpPath.Null, SmtpPath.ParseMailbox("user@foreign.example"));

        Assert.Equal(RelayAction.Reject, (Quiet with { Authentication = (IisAuthentication)8 }).ToRuleSet().Evaluate(request).Action);
    }

    public static TheoryData<IisSmtpModel> Others { get; } =
    [
        Quiet with { ConnectionControl = new(IisListMode.OnlyTheList) },
        Quiet with { ConnectionControl = new(IisListMode.AllExceptTheList, IisListEntry.Computer("192.0.2.7")) },
        Quiet with { Authentication = IisAuthentication.Basic },
        Quiet with { RequireTls = true },
        Quiet with { RelayRestrictions = new(IisListMode.AllExceptTheList) },
        Quiet with { RelayRestrictions = new(IisListMode.OnlyTheList, IisListEntry.Domain("example.com")) },
        Quiet with { AuthenticatedMayRelay = false },
        Quiet with { LocalDomains = DomainSet.Parse("*.local.example") },
        Quiet with { AliasDomains = DomainSet.Parse("alias.example") },
        Quiet with { RemoteDomains = [new("remote.example")] },
        Quiet with { RemoteDomains = [new("remote.example", AllowRelay: true)] },
        Quiet with { Limits = new SmtpLimits { MaxHops = null } },
        Quiet with { Gateways = NetworkSet.Parse("192.0.2.7") },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Settings_that_differ_are_not_equal(IisSmtpModel other)
    {
        Assert.NotEqual(Quiet, other);
        Assert.All(Others.Where(row => !ReferenceEquals(row.Data, other)), row => Assert.NotEqual(row.Data, other));
    }

    [Fact]
    public void Settings_that_are_written_alike_are_equal()
    {
        static IisSmtpModel Create() => new()
        {
            ConnectionControl = new(IisListMode.OnlyTheList, IisListEntry.Computer("192.0.2.7")),
            RelayRestrictions = new(IisListMode.OnlyTheList, IisListEntry.Group("192.0.2.0 255.255.255.0"), IisListEntry.Domain("example.com")),
            LocalDomains = DomainSet.Parse("local.example"),
            AliasDomains = DomainSet.Parse("alias.example"),
            RemoteDomains = [new("remote.example", AllowRelay: true)],
            Limits = new SmtpLimits { MaxHops = 7 },
            Gateways = NetworkSet.Parse("192.0.2.7"),
        };

        Assert.Equal(Create(), Create());
        Assert.Equal(Create().GetHashCode(), Create().GetHashCode());
    }

    [Theory]
    [InlineData(IisEntryKind.Computer, "192.0.2.7", IisEntryKind.Computer, "192.0.2.7/32", true)]
    [InlineData(IisEntryKind.Group, "192.0.2.0 255.255.255.0", IisEntryKind.Group, "192.0.2.0/24", true)]
    [InlineData(IisEntryKind.Computer, "192.0.2.7", IisEntryKind.Group, "192.0.2.7", false)]
    [InlineData(IisEntryKind.Domain, "EXAMPLE.com", IisEntryKind.Domain, "example.com", true)]
    [InlineData(IisEntryKind.Domain, "a.example", IisEntryKind.Domain, "b.example", false)]
    public void Entries_are_equal_when_they_mean_the_same(IisEntryKind kind, string text, IisEntryKind otherKind, string otherText, bool equal)
    {
        Assert.True(IisListEntry.TryCreate(kind, text, out IisListEntry? entry, out _));
        Assert.True(IisListEntry.TryCreate(otherKind, otherText, out IisListEntry? other, out _));

        Assert.Equal(equal, entry == other);
    }
}
