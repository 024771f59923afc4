using RelayPolicy.Configuration;
using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

public sealed class PolicyFileWritingTests
{
    public static TheoryData<string> Files => PolicySamples.Files;

    [Fact]
    public void What_is_written_reads_back_into_equal_rules_and_options()
    {
        int written = 0, refused = 0;
        PolicyGenerators.Policies.Sample(
            policy =>
            {
                if (!RelayRuleSet.TryCreate(policy.Rules, policy.Options, out RelayRuleSet? rules, out _))
                {
                    Interlocked.Increment(ref refused);
                    return;
                }

                Interlocked.Increment(ref written);
                RelayRuleSet read = PolicyFile.Parse(new PolicyFile(rules).Write(), PolicyGenerators.Customs).RuleSet;
                Assert.Equal(rules.Rules, read.Rules);
                AssertEqual(rules.Options, read.Options);
            },
            iter: 2000);
        Assert.True(written > refused, $"{written} rule sets built, {refused} did not");
    }

    [Fact]
    public void What_is_written_of_IIS_settings_reads_back_into_equal_settings() => PolicyGenerators.IisModels.Sample(
        model =>
        {
            PolicyFile read = PolicyFile.Parse(new PolicyFile(model).Write());
            Assert.Equal(model, read.Iis);
            Assert.Equal(model.ToRules(), read.RuleSet.Rules);
        },
        iter: 1000);

    [Fact]
    public void The_text_of_a_policy_that_was_read_is_the_text_that_was_written() => PolicyGenerators.Policies.Sample(
        policy =>
        {
            if (!RelayRuleSet.TryCreate(policy.Rules, policy.Options, out RelayRuleSet? rules, out _)) return;
            string text = new PolicyFile(rules).Write();
            Assert.Equal(text, PolicyFile.Parse(text, PolicyGenerators.Customs).Write());
        },
        iter: 1000);

    [Fact]
    public void The_text_of_IIS_settings_that_were_read_is_the_text_that_was_written() => PolicyGenerators.IisModels.Sample(
        model =>
        {
            string text = new PolicyFile(model).Write();
            Assert.Equal(text, PolicyFile.Parse(text).Write());
        },
        iter: 500);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_is_the_same_policy_after_it_was_written(string json)
    {
        PolicyFile file = PolicySamples.Parse(json);
        PolicyFile read = PolicySamples.Parse(file.Write());

        Assert.Equal(file.RuleSet.Rules, read.RuleSet.Rules);
        AssertEqual(file.RuleSet.Options, read.RuleSet.Options);
        Assert.Equal(file.Iis, read.Iis);
    }

    [Fact]
    public void Named_lists_survive_used_or_not()
    {
        string text = PolicySamples.Parse(PolicySamples.Full).Write();
        PolicyFile read = PolicySamples.Parse(text);

        Assert.Equal(["office", "spare"], read.NamedNetworks.Select(set => set.Name!));
        Assert.Equal(["partners", "blocked"], read.NamedDomains.Select(set => set.Name!));
        Assert.Contains("\"Client.In\": \"office\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Recipient.In\": \"partners\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_set_of_code_becomes_a_named_list()
    {
        NetworkSet office = NetworkSet.Parse("192.0.2.0/24").Named("office");
        string text = Write(Accept(Condition.Client.In(office)));

        Assert.Equal(["office"], PolicyFile.Parse(text).NamedNetworks.Select(set => set.Name!));
        Assert.Contains("\"Client.In\": \"office\"", text, StringComparison.Ordinal);
    }

    // A reference to the wrong list would trust other clients than the rule set does.
    [Fact]
    public void Of_two_sets_with_the_same_name_the_second_is_written_in_full()
    {
        RelayRule first = Accept(Condition.Client.In(NetworkSet.Parse("192.0.2.0/24").Named("office")));
        RelayRule second = first with { Name = "second", Condition = Condition.Client.In(NetworkSet.Parse("198.51.100.0/24").Named("OFFICE")) };

        Assert.Equal([first, second], PolicyFile.Parse(Write(first, second)).RuleSet.Rules);
    }

    [Fact]
    public void A_name_in_two_cases_is_written_in_one()
    {
        NetworkSet office = NetworkSet.Parse("192.0.2.0/24");
        RelayRule first = Accept(Condition.Client.In(office.Named("office")));
        string text = Write(first, first with { Name = "second", Condition = Condition.Client.In(office.Named("OFFICE")) });

        Assert.Equal(text, PolicyFile.Parse(text).Write());
    }

    [Fact]
    public void A_policy_is_written_as_a_person_would() => Assert.Equal(
        """
        {
          "Networks": {
            "office": [
              "192.0.2.0/24"
            ]
          },
          "Rules": [
            {
              "Name": "office",
              "Stage": "Recipient",
              "Action": "Accept",
              "When": {
                "Client.In": "office",
                "Tls.IsOn": false,
                "AnyOf": [
                  {
                    "Identity.User": [
                      "alice"
                    ]
                  },
                  {
                    "Not": {
                      "Recipient.In": [
                        "example.com"
                      ]
                    }
                  }
                ]
              },
              "NotBefore": "2026-11-24T00:00:00Z"
            }
          ]
        }

        """,
        Write(new RelayRule(
            "office",
            RelayStage.Recipient,
            Condition.Client.In(NetworkSet.Parse("192.0.2.0/24").Named("office")) & !Condition.Tls.IsOn
                & (Condition.Identity.User("alice") | !Condition.Recipient.In(DomainSet.Parse("example.com"))),
            RuleAction.Accept)
        {
            NotBefore = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
        }),
        ignoreLineEndingDifferences: true);

    public static TheoryData<IEqualityComparer<string>> OtherComparers =>
        [EqualityComparer<string>.Create((x, y) => x == y), EqualityComparer<string>.Create((x, y) => x?.Length == y?.Length && x?[0] == y?[0])];

    [Theory]
    [MemberData(nameof(OtherComparers))]
    public void A_rule_set_with_another_comparer_of_names_is_no_file(IEqualityComparer<string> names)
    {
        RelayRuleSet rules = RelayRuleSet.Create([Accept(Condition.Recipient.IsLocal)], new RelayRuleSetOptions { NameComparer = names });

        Assert.Throws<ArgumentException>(() => new PolicyFile(rules));
    }

    // Read back, the map would compare by NameComparison: with another case, users would own what they did not.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rule_set_whose_ownership_compares_names_otherwise_is_no_file(bool ignoreCase)
    {
        (StringComparer names, StringComparer owners) = ignoreCase
            ? (StringComparer.OrdinalIgnoreCase, StringComparer.Ordinal)
            : (StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase);
        SenderOwnership ownership = SenderOwnership.Create([KeyValuePair.Create("alice", (IReadOnlyList<string>)["alice@example.com"])], owners);
        RelayRuleSet rules = RelayRuleSet.Create(
            [Accept(Condition.Identity.OwnsSender)],
            new RelayRuleSetOptions { NameComparer = names, SenderOwnership = ownership });

        Assert.Throws<ArgumentException>(() => new PolicyFile(rules));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_ownership_fits_any_comparison(bool ignoreCase)
    {
        StringComparer names = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        RelayRuleSet rules = RelayRuleSet.Create([Accept(Condition.Recipient.IsLocal)], new RelayRuleSetOptions { NameComparer = names });

        Assert.Equal(names, PolicyFile.Parse(new PolicyFile(rules).Write()).RuleSet.Options.NameComparer);
    }

    // The most levels of a file that an operator can take: an object with an array of objects.
    [Fact]
    public void A_condition_nested_as_deep_as_a_rule_may_be_is_written_and_read_back()
    {
        Condition condition = Enumerable.Range(0, Condition.MaxDepth / 2).Aggregate(Condition.Recipient.IsLocal, (inner, _) => Condition.Recipient.IsLocal & (inner | Condition.Identity.IsAuthenticated));
        string text = Write(Accept(condition));

        Assert.Equal(Condition.MaxDepth, condition.Depth);
        Assert.Equal(condition, PolicyFile.Parse(text).RuleSet.Rules[0].Condition);
    }

    [Fact]
    public void A_remote_domain_that_is_no_domain_is_no_file() =>
        Assert.ThrowsAny<FormatException>(() => new PolicyFile(new IisSmtpModel { RemoteDomains = [new IisRemoteDomain("a@b", AllowRelay: true)] }));

    [Fact]
    public void A_remote_domain_without_relay_that_is_no_domain_is_no_file() =>
        Assert.ThrowsAny<FormatException>(() => new PolicyFile(new IisSmtpModel { RemoteDomains = [new IisRemoteDomain("a@b")] }));

    private static RelayRule Accept(Condition condition) => new("accept", RelayStage.Recipient, condition, RuleAction.Accept);

    [Fact]
    public void Limits_are_written_beside_the_rules()
    {
        var rules = RelayRuleSet.Create([new("r", RelayStage.Recipient, Condition.Any, RuleAction.Reject)]);
        var limits = new SmtpLimits { MaxMessageSize = null, MaxConnections = 5 };
        Assert.Equal(limits, PolicyFile.Parse(new PolicyFile(rules, limits).Write()).Limits);
    }

    private static string Write(params IEnumerable<RelayRule> rules) => new PolicyFile(RelayRuleSet.Create(rules)).Write();

    private static void AssertEqual(RelayRuleSetOptions expected, RelayRuleSetOptions actual)
    {
        Assert.Equal(expected.LocalDomains, actual.LocalDomains);
        Assert.Equal(expected.Gateways, actual.Gateways);
        Assert.Equal(expected.RoutedRecipients, actual.RoutedRecipients);
        Assert.Equal(expected.NameComparer, actual.NameComparer);
        Assert.Equal(expected.RefusalReply, actual.RefusalReply);
        Assert.Equal(expected.SenderOwnership.Entries.Select(Text), actual.SenderOwnership.Entries.Select(Text));
    }

    private static string Text(KeyValuePair<string, IReadOnlyList<string>> user) => $"{user.Key}: {string.Join(", ", user.Value)}";
}
