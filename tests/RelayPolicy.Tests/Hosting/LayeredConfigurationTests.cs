using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>.NET configuration merges its layers by key, lists by index, and loses empty values. None of that may change a policy.</summary>
public sealed class LayeredConfigurationTests
{
    private const string Two = """{ "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": ["192.0.2.0/24", "198.51.100.0/24"] } } ] }""";

    [Theory]
    [InlineData("""{ "Rules": [ { "When": { "Client.In": ["192.0.2.0/24"] } } ] }""")]
    [InlineData("""{ "Rules": [ { "When": { "Client.In": [] } } ] }""")]
    [InlineData("""{ "Rules": [ { "Action": "Accept" } ] }""")]
    [InlineData("""{ "Rules": [] }""")]
    [InlineData("""{ "Rules": null }""")]
    [InlineData("""{ "Rules": "none" }""")]
    public void A_list_that_two_providers_feed_is_refused(string second) =>
        Assert.Contains(FailuresOf(Two, second), failure => failure.StartsWith("RelayPolicy:Rules: several providers feed this list", StringComparison.Ordinal));

    [Fact]
    public void The_providers_of_the_list_are_named() =>
        Assert.Contains("JsonStreamConfigurationProvider, JsonStreamConfigurationProvider", FailuresOf(Two, Two)[0]);

    [Theory]
    [InlineData("LocalDomains", "[]")]
    [InlineData("LocalDomains", "null")]
    [InlineData("Gateways", "{}")]
    [InlineData("Gateways", "\"\"")]
    [InlineData("SenderOwnership", "{}")]
    [InlineData("RefusalReply", "null")]
    [InlineData("Networks", "{ \"office\": [] }")]
    public void What_is_empty_is_refused(string key, string value) =>
        Assert.All(FailuresOf($$"""{ "{{key}}": {{value}}, "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } } ] }"""), failure => Assert.StartsWith($"RelayPolicy:{key}", failure));

    [Fact]
    public void A_condition_that_is_empty_is_refused() =>
        Assert.Contains("RelayPolicy:Rules:0:When: it is empty", FailuresOf("""{ "Rules": [ { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": {} } ] }""")[0]);

    [Fact]
    public void A_list_may_be_empty_where_it_says_so()
    {
        using PolicyHost host = PolicyHost.OfSection("""{ "Rules": [ { "Name": "a", "Stage": "Connect", "Action": "Reject", "When": { "Client.In": { "Entries": [], "AllowEmpty": true } } } ] }""").Start();
        Assert.Equal(RelayAction.Continue, host.Decision.Evaluate(Request(), RelayStage.Connect).Action);
    }

    [Fact]
    public void A_list_with_a_hole_is_refused()
    {
        using var host = new PolicyHost();
        host.Configuration.AddInMemoryCollection([new("RelayPolicy:LocalDomains:0", "example.com"), new("RelayPolicy:LocalDomains:2", "example.net")]);
        host.Services.AddRelayPolicy(host.Configuration.GetSection(PolicyHost.Section));
        Assert.Contains(Assert.Throws<OptionsValidationException>(() => host.Start()).Failures, failure => failure.StartsWith("RelayPolicy:LocalDomains", StringComparison.Ordinal));
    }

    [Fact]
    public void Providers_behind_a_chained_one_are_seen_too()
    {
        IConfigurationRoot inner = new ConfigurationBuilder().AddJsonStream(Json(Two)).AddJsonStream(Json(Two)).Build();
        using var host = new PolicyHost();
        host.Configuration.AddConfiguration(inner);
        host.Services.AddRelayPolicy(host.Configuration.GetSection(PolicyHost.Section));
        Assert.Contains("several providers feed this list", Assert.Throws<OptionsValidationException>(() => host.Start()).Failures.First());
    }

    [Fact]
    public void A_list_whose_providers_cannot_be_seen_is_refused()
    {
        IConfigurationRoot stranger = new ConfigurationBuilder().AddJsonStream(Json(Two)).Build();
        using var host = new PolicyHost();
        host.Services.AddRelayPolicy(stranger.GetSection(PolicyHost.Section));
        Assert.Contains("register the configuration root as IConfiguration", Assert.Throws<OptionsValidationException>(() => host.Start()).Failures.First());
    }

    [Fact]
    public void A_single_value_may_be_overridden()
    {
        using PolicyHost host = PolicyHost.OfSection("""{ "NameComparison": "Ordinal", "LocalDomains": ["local.example"] }""", PolicyTexts.Takes("a"), """{ "NameComparison": "OrdinalIgnoreCase" }""").Start();
        Assert.Same(StringComparer.OrdinalIgnoreCase, host.Policy.RuleSet!.Options.NameComparer);
    }

    [Fact]
    public void Everything_that_a_policy_file_can_say_can_be_said_in_configuration() => PolicyGenerators.Policies.Sample(
        policy =>
        {
            if (!RelayRuleSet.TryCreate(policy.Rules, policy.Options, out RelayRuleSet? rules, out _)) return;
            string json = new Configuration.PolicyFile(rules).Write();
            if (HoldsKeyWithColon(json)) return;
            var errors = new Configuration.PolicyErrors();
            IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(Json(json)).Build();
            IConfigurationSection section = root.GetSection(PolicyHost.Section);
            Configuration.PolicyNode tree = new Configuration.ConfigurationPolicyTree(Configuration.ConfigurationProviders.Find(section, root), errors).Read(section);
            (Configuration.PolicyFile? read, IReadOnlyList<PolicyDiagnostic> faults) = Configuration.PolicyReader.Read(tree, [.. PolicyGenerators.Customs.Cast<CustomCondition>()], new Configuration.PolicySources(null));
            Assert.Empty(errors.All.Concat(faults));
            Assert.Equal(rules.Rules.Select(WithoutCondition), read!.RuleSet.Rules.Select(WithoutCondition));
            Assert.All(rules.Rules.Zip(read.RuleSet.Rules), pair => Assert.Equal(pair.First.Condition.Atoms().ToHashSet(), pair.Second.Condition.Atoms().ToHashSet()));
        },
        iter: 100);

    // Configuration sorts its keys, so the conditions of an object come in another order.
    private static RelayRule WithoutCondition(RelayRule rule) => rule with { Condition = Condition.Any };

    // A colon parts the keys of configuration.
    private static bool HoldsKeyWithColon(string json) => System.Text.RegularExpressions.Regex.IsMatch(json, "\"[^\"]*:[^\"]*\" *:");

    private static string[] FailuresOf(params string[] layers)
    {
        using PolicyHost host = PolicyHost.OfSection(layers);
        return [.. Assert.Throws<OptionsValidationException>(() => host.Start()).Failures];
    }

    private static MemoryStream Json(string section) => new(Encoding.UTF8.GetBytes($$"""{ "{{PolicyHost.Section}}": {{section}} }"""));
}
