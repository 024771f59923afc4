using static RelayPolicy.Condition;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>What fails the build of a rule set, and what it warns of.</summary>
public class RuleSetErrorTests
{
    private static readonly NetworkSet Office = NetworkSet.Parse("192.0.2.0/24");

    public static TheoryData<string, bool> Grants => new()
    {
        { "Any", false },
        { "Sender.In", false },
        { "Sender.IsLocal", false },
        { "!Client.In", false },
        { "Client.In | Sender.In", false },
        { "!(Client.In & Tls.IsOn)", false },
        { "Client.IsIPv4", false },
        { "Client.HasConfirmedName", false },
        { "Client.IsProxied", false },
        { "Client.Listener", false },
        { "Tls.IsOn", false },
        { "Client.In(EveryIPv4)", false },
        { "Recipient.IsRouted", false },
        { "!Recipient.IsLocal", false },
        { "custom over the ownership alone", false },
        { "custom over the sender", false },
        { "Client.In", true },
        { "!!Client.In", true },
        { "Client.In & Sender.In", true },
        { "Client.In | Recipient.IsLocal", true },
        { "(Client.In | Sender.In) & Identity.IsAuthenticated", true },
        { "!(!Client.In | Tls.IsOn)", true },
        { "!Any", true },
        { "Client.HostIn", true },
        { "Tls.Certificate", true },
        { "Identity.User", true },
        { "Identity.Group", true },
        { "Identity.Mechanism", true },
        { "Identity.OwnsSender", true },
        { "Recipient.In", true },
        { "Recipient.Is", true },
        { "custom over the identity", true },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void An_accepting_rule_builds_only_if_every_conjunction_rests_on_the_client_or_the_destination(string condition, bool builds)
    {
        Condition parsed = Named(condition);
        IReadOnlyList<PolicyDiagnostic> errors = ErrorsOf(AtRecipient("grant", parsed));
        Assert.Equal(builds, errors.Count == 0);
        if (builds) return;
        Assert.Contains("strangers", Assert.Single(errors).Problem, StringComparison.Ordinal);
        Assert.Contains("AcceptsFromAnyone", errors[0].Mend, StringComparison.Ordinal);
        Assert.Empty(ErrorsOf(AtRecipient("grant", parsed) with { AcceptsFromAnyone = true }));
        Assert.Empty(ErrorsOf(AtRecipient("refuse", parsed, RuleAction.Reject)));
    }

    private static Condition Named(string condition) => condition switch
    {
        "Any" => Any,
        "Sender.In" => Sender.In(Local),
        "Sender.IsLocal" => Sender.IsLocal,
        "!Client.In" => !Client.In(Office),
        "Client.In | Sender.In" => Client.In(Office) | Sender.In(Local),
        "!(Client.In & Tls.IsOn)" => !(Client.In(Office) & Tls.IsOn),
        "Client.IsIPv4" => Client.IsIPv4,
        "Client.HasConfirmedName" => Client.HasConfirmedName,
        "Client.IsProxied" => Client.IsProxied,
        "Client.Listener" => Client.Listener("smtp"),
        "Tls.IsOn" => Tls.IsOn,
        "Client.In(EveryIPv4)" => Client.In(NetworkSet.EveryIPv4),
        "Recipient.IsRouted" => Recipient.IsRouted,
        "!Recipient.IsLocal" => !Recipient.IsLocal,
        "custom over the sender" => Custom("c", RelayFacts.Sender | RelayFacts.Recipient, (in RelayRequest _) => true),
        "custom over the ownership alone" => Custom("c", RelayFacts.Ownership, (in RelayRequest _) => true),
        "Client.In" => Client.In(Office),
        "!!Client.In" => !!Client.In(Office),
        "Client.In & Sender.In" => Client.In(Office) & Sender.In(Local),
        "Client.In | Recipient.IsLocal" => Client.In(Office) | Recipient.IsLocal,
        "(Client.In | Sender.In) & Identity.IsAuthenticated" => (Client.In(Office) | Sender.In(Local)) & Identity.IsAuthenticated,
        "!(!Client.In | Tls.IsOn)" => !(!Client.In(Office) | Tls.IsOn),
        "!Any" => !Any,
        "Client.HostIn" => Client.HostIn(Local),
        "Tls.Certificate" => Tls.Certificate(CertificateFingerprint.Compute([1])),
        "Identity.User" => Identity.User("alice"),
        "Identity.Group" => Identity.Group("staff"),
        "Identity.Mechanism" => Identity.Mechanism("EXTERNAL"),
        "Identity.OwnsSender" => Identity.OwnsSender,
        "Recipient.In" => Recipient.In(Local),
        "Recipient.Is" => Recipient.Is(AddressSet.Parse("a@b.example")),
        _ => Custom("c", RelayFacts.Identity, (in RelayRequest _) => true),
    };

    public static TheoryData<string, string, string> Errors => new()
    {
        { "no name", "rule 0", "it has no name" },
        { "same name", "rule \"a\"", "several rules have this name" },
        { "undefined stage", "rule \"x\"", "its stage is undefined" },
        { "undefined action", "rule \"x\"", "its action is undefined" },
        { "no condition", "rule \"x\"", "it has no condition" },
        { "null rule", "rule 0", "it is null" },
        { "period", "rule \"x\"", "its validity period ends before it begins" },
        { "comment of two lines", "rule \"x\"", "its comment is a text with a control or format character" },
        { "blank comment", "rule \"x\"", "its comment is blank" },
        { "recipient at connect", "rule \"x\"", "at Connect it looks at Recipient, which is not known yet" },
        { "identity at connect", "rule \"x\"", "at Connect it looks at Identity, which is not known yet" },
        { "locality at sender", "rule \"x\"", "at Sender it looks at Recipient, which is not known yet" },
        { "custom at connect", "rule \"x\"", "at Connect it looks at Tls, which is not known yet" },
        { "negated nothing", "rule \"x\"", "it negates Client.In of nothing, which holds for everybody" },
        { "negated no names", "rule \"x\"", "it negates Identity.User of nothing, which holds for everybody" },
        { "anyone at connect", "rule \"x\"", "AcceptsFromAnyone belongs to an accepting rule at Recipient" },
        { "reply of another class", "rule \"x\"", "its reply 451 does not fit the action" },
        { "reply with a sender at connect", "rule \"x\"", "its reply cannot be filled: {sender} is not known at Connect" },
        { "reply with a strange placeholder", "rule \"x\"", "its reply cannot be filled: \"{password}\" is no placeholder" },
        { "literal as host", "rule \"x\"", "Client.HostIn holds an address literal, which is no host name" },
        { "blank user", "rule \"x\"", "Identity.User holds a name that is blank" },
        { "malformed user", "rule \"x\"", "Identity.User holds a name that is not well-formed Unicode" },
        { "two-line listener", "rule \"x\"", "Client.Listener holds a name that is a text with a control or format character" },
        { "two-line name", "rule \"x\\u000ay\"", "its name is a text with a control or format character" },
        { "hidden character", "rule \"x\\u202ey\"", "its name is a text with a control or format character" },
        { "deep nesting", "rule \"x\"", "its condition is nested deeper than 24 operators" },
        { "empty fingerprint", "rule \"x\"", "Tls.Certificate holds an empty fingerprint" },
        { "two customs of a name", "rules", "several custom conditions have the name \"c\"" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_rule_that_cannot_mean_what_it_says_fails_the_build(string kind, string place, string problem)
    {
        RelayRule refuse = AtRecipient("x", Client.In(Office), RuleAction.Reject);
        RelayRule[] rules = kind switch
        {
            "no name" => [refuse with { Name = " " }],
            "same name" => [refuse with { Name = "a" }, refuse with { Name = "A" }],
            "undefined stage" => [refuse with { Stage = (RelayStage)3 }],
            "undefined action" => [refuse with { Action = (RuleAction)3 }],
            "no condition" => [refuse with { Condition = null! }],
            "null rule" => [null!],
            "period" => [refuse with { NotBefore = Noon, NotAfter = Noon.AddTicks(-1) }],
            "comment of two lines" => [refuse with { Comment = "a\nb" }],
            "blank comment" => [refuse with { Comment = " " }],
            "recipient at connect" => [AtConnect("x", Client.In(Office) & Recipient.In(Local))],
            "identity at connect" => [AtConnect("x", Identity.IsAuthenticated)],
            "locality at sender" => [AtSender("x", Recipient.IsRouted)],
            "custom at connect" => [AtConnect("x", Custom("c", RelayFacts.Tls, (in RelayRequest _) => true))],
            "negated nothing" => [AtConnect("x", !Client.In(NetworkSet.Empty))],
            "negated no names" => [AtSender("x", !(Identity.User() & Tls.IsOn))],
            "anyone at connect" => [AtConnect("x", Any, RuleAction.Accept) with { AcceptsFromAnyone = true }],
            "reply of another class" => [refuse with { Reply = SmtpReply.Parse("451 4.7.1 Later") }],
            "reply with a sender at connect" => [AtConnect("x", Any) with { Reply = SmtpReply.Parse("554 5.7.1 Not for {sender}") }],
            "reply with a strange placeholder" => [refuse with { Reply = SmtpReply.Parse("550 5.7.1 {password}") }],
            "literal as host" => [AtConnect("x", Client.HostIn(DomainSet.Parse("[192.0.2.1]")))],
            "blank user" => [AtSender("x", Identity.User("alice", " "))],
            "malformed user" => [AtSender("x", Identity.User("root\ud800"))],
            "two-line listener" => [AtConnect("x", Client.Listener("a\nb"))],
            "two-line name" => [refuse with { Name = "x\ny" }],
            "hidden character" => [refuse with { Name = "x\u202ey" }],
            "deep nesting" => [refuse with { Condition = Enumerable.Range(0, 100_000).Aggregate(Client.IsIPv4, (condition, _) => !condition) }],
            "empty fingerprint" => [AtSender("x", Tls.Certificate(default(CertificateFingerprint)))],
            _ => [AtSender("x", Custom("c", RelayFacts.Tls, (in RelayRequest _) => true)), AtSender("y", Custom("C", RelayFacts.Tls, (in RelayRequest _) => false))],
        };
        PolicyDiagnostic error = Assert.Single(ErrorsOf(rules));
        Assert.Equal((place, problem), (error.Place.ToLowerInvariant(), error.Problem.Replace("name \"C\"", "name \"c\"", StringComparison.Ordinal)));
        Assert.NotEmpty(error.Mend);
    }

    [Fact]
    public void All_errors_come_at_once_and_the_exception_holds_them()
    {
        var exception = Assert.Throws<PolicyException>(() => RelayRuleSet.Create(
            [AtRecipient("open", Any), AtConnect("early", Recipient.IsLocal), AtConnect("early", Any) with { Reply = SmtpReply.Parse("250 2.0.0 ok") }],
            new RelayRuleSetOptions { RefusalReply = SmtpReply.Parse("451 4.0.0 later"), RoutedRecipients = (RoutedRecipients)7 }));
        Assert.Equal(["options", "options", "rule \"open\"", "rule \"early\"", "rule \"early\"", "rule \"early\""], exception.Errors.Select(error => error.Place));
        Assert.All(exception.Errors, error => Assert.Contains(error.ToString(), exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Null_options_are_errors()
    {
        var options = new RelayRuleSetOptions { LocalDomains = null!, SenderOwnership = null!, Gateways = null!, NameComparer = null! };
        Assert.False(RelayRuleSet.TryCreate([], options, out _, out IReadOnlyList<PolicyDiagnostic> errors));
        Assert.Equal(4, errors.Count);
    }

    [Fact]
    public void What_is_dangerous_or_useless_is_warned_of()
    {
        var rules = RelayRuleSet.Create(
            [
                AtConnect("empty", Client.In(NetworkSet.Empty)),
                AtRecipient("wide", Recipient.In(DomainSet.Parse("*.com"))),
                AtRecipient("open", Any) with { AcceptsFromAnyone = true },
            ],
            new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("*.org") });
        Assert.Equal(
            ["options: *.org stands for a whole top-level domain", "rule \"empty\": Client.In of nothing never holds", "rule \"wide\": *.com stands for a whole top-level domain", "rule \"open\": it accepts from anyone, which makes an open relay unless its condition prevents that"],
            rules.Warnings.Select(warning => $"{warning.Place}: {warning.Problem}"));
    }

    [Fact]
    public void A_condition_of_24_operators_inside_each_other_builds() =>
        Assert.Empty(ErrorsOf(AtConnect("x", Enumerable.Range(0, 24).Aggregate(Client.IsIPv4, (condition, _) => !condition))));

    public static TheoryData<string[], bool> LargeNetworks => new()
    {
        { ["0.0.0.0/2"], true },
        { ["0.0.0.0/3", "64.0.0.0/3"], true },
        { ["0.0.0.0/3", "192.0.2.0/24"], false },
        { ["2000::/4"], true },
        { ["2000::/5", "2001:db8::/32"], false },
        { ["EveryIPv4"], false },
    };

    [Theory]
    [MemberData(nameof(LargeNetworks))]
    public void Networks_too_large_to_know_are_warned_of_where_they_grant(string[] networks, bool warned)
    {
        Condition large = Client.In(NetworkSet.Parse(networks));
        bool Warns(RelayRule rule) => RelayRuleSet.Create([rule]).Warnings.Any(warning => warning.Problem.Contains("a quarter or more", StringComparison.Ordinal));
        Assert.Equal(warned, Warns(AtRecipient("x", large & Identity.IsAuthenticated)));
        Assert.False(Warns(AtRecipient("x", large, RuleAction.Reject)));
        Assert.False(Warns(AtRecipient("x", !large & Identity.IsAuthenticated)));
    }

    [Fact]
    public void Names_are_never_compared_by_culture()
    {
        // Without globalisation data the platform has no culture, and such a comparer is an ordinal one.
        Assert.SkipWhen(CultureIsOrdinal, "Globalisation is invariant, so that no comparer goes by culture.");
        var options = new RelayRuleSetOptions { NameComparer = StringComparer.InvariantCultureIgnoreCase };
        Assert.False(RelayRuleSet.TryCreate([], options, out _, out IReadOnlyList<PolicyDiagnostic> errors));
        Assert.Equal("NameComparer goes by culture, which overlooks characters", Assert.Single(errors).Problem);
        Assert.Throws<ArgumentException>(() => SenderOwnership.Create([], StringComparer.InvariantCulture));
    }

    private static bool CultureIsOrdinal => !StringComparer.InvariantCulture.Equals("a", "a\u200b");

    [Fact]
    public void A_policy_that_never_accepts_is_warned_of() =>
        Assert.Equal("no rule at Recipient accepts, so every recipient is refused", Assert.Single(RelayRuleSet.Create([]).Warnings).Problem);

    [Fact]
    public void The_facts_that_a_host_must_find_are_known()
    {
        Assert.Equal(RelayFacts.Recipient | RelayFacts.Locality | RelayFacts.Identity, RelayRuleSet.SecureDefault(Local).RequiredFacts);
        Assert.True(RelayRuleSet.Create([AtConnect("x", Client.HasConfirmedName) with { AuditOnly = true }]).RequiredFacts.HasFlag(RelayFacts.HostName));
    }
}
