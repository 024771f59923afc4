using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>A host starts with a good policy, says everything that is wrong with a bad one, and defers without any.</summary>
public sealed class HostStartTests
{
    private static readonly RelayRequest ToLocal = Request(to: "<r@local.example>");

    [Fact]
    public void The_policy_in_the_section_decides()
    {
        using PolicyHost host = PolicyHost.OfSection(PolicyTexts.Takes("ours")).Start();
        RelayVerdict verdict = host.Decision.Evaluate(ToLocal);
        Assert.Equal((RelayAction.Deliver, "ours"), (verdict.Action, verdict.Rule?.Name));
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(Request()).Action);
    }

    [Fact]
    public void The_policy_file_that_the_section_names_decides()
    {
        using var folder = new PolicyFolder();
        string path = folder.Write("policy.json", PolicyTexts.Takes("ours"));
        using PolicyHost host = PolicyHost.OfSection($$"""{ "PolicyFile": {{System.Text.Json.JsonSerializer.Serialize(path)}}, "WatchInterval": "00:00:05", "CountRules": true }""").Start();
        Assert.Equal("ours", host.Decision.Evaluate(ToLocal).Rule?.Name);
    }

    [Fact]
    public void A_relative_path_begins_at_the_content_root()
    {
        using var folder = new PolicyFolder();
        folder.Write("policy.json", PolicyTexts.Takes("ours"));
        using PolicyHost host = PolicyHost.OfFile("policy.json");
        host.Configuration["contentRoot"] = folder.Root;
        Assert.Equal("ours", host.Start().Decision.Evaluate(ToLocal).Rule?.Name);
    }

    [Fact]
    public void A_rule_set_built_in_code_decides()
    {
        using var host = new PolicyHost();
        host.Services.AddRelayPolicy(options => options.RuleSet = RelayRuleSet.SecureDefault(Local));
        Assert.Equal(RelayAction.Deliver, host.Start().Decision.Evaluate(ToLocal).Action);
    }

    [Fact]
    public void All_errors_of_the_section_are_told_at_the_start_with_their_configuration_paths()
    {
        using PolicyHost host = PolicyHost.OfSection("""
            {
              "WatchInterval": "soon", "RefreshInterval": "00:00:00", "LocalDomains": [],
              "Networks": { "office": ["192.0.2.1/24"] },
              "Rules": [
                { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": ["10.0.0.0/8", "10/8"] } },
                { "Name": "b", "Stage": "Nowhere", "Action": "Accept", "When": { "Recipient.IsLocal": "yes" } }
              ]
            }
            """);
        string[] failures = [.. Assert.Throws<OptionsValidationException>(() => host.Start()).Failures];
        Assert.Collection(
            failures.Order(StringComparer.Ordinal),
            failure => Assert.StartsWith("RelayPolicy:LocalDomains: it is empty; ", failure),
            failure => Assert.StartsWith("RelayPolicy:Networks:office:0: \"192.0.2.1/24\": ", failure),
            failure => Assert.StartsWith("RelayPolicy:RefreshInterval: it is out of range; ", failure),
            failure => Assert.StartsWith("RelayPolicy:Rules:0:When:Client.In:1: \"10/8\": ", failure),
            failure => Assert.StartsWith("RelayPolicy:Rules:1:Stage: \"Nowhere\" is not known here; ", failure),
            failure => Assert.StartsWith("RelayPolicy:Rules:1:When:Recipient.IsLocal: it is a string; write true or false", failure),
            failure => Assert.StartsWith("RelayPolicy:WatchInterval: \"soon\" is no duration; ", failure));
    }

    [Fact]
    public void All_errors_of_a_policy_file_are_told_at_the_start()
    {
        using var folder = new PolicyFolder();
        using PolicyHost host = PolicyHost.OfFile(folder.Write("policy.json", PolicyTexts.Bad));
        string[] failures = [.. Assert.Throws<OptionsValidationException>(() => host.Start()).Failures];
        Assert.Contains(failures, failure => failure.Contains("policy.json: /LocalDomains: the list is empty; ", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("policy.json: /Rules/1: Stage is missing; ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_section_is_an_error()
    {
        using var host = new PolicyHost();
        host.Services.AddRelayPolicy(host.Configuration.GetSection(PolicyHost.Section));
        Assert.StartsWith("RelayPolicy: there is no policy; ", Assert.Single(Assert.Throws<OptionsValidationException>(() => host.Start()).Failures));
    }

    [Fact]
    public void A_missing_file_is_an_error()
    {
        using PolicyHost host = PolicyHost.OfFile("/nowhere/policy.json");
        Assert.Contains("/nowhere/policy.json", Assert.Single(Assert.Throws<OptionsValidationException>(() => host.Start()).Failures));
    }

    [Fact]
    public void A_policy_that_is_given_twice_is_an_error()
    {
        using PolicyHost host = PolicyHost.OfSection("""{ "PolicyFile": "policy.json", "Gateways": ["192.0.2.1"] }""");
        Assert.Contains("given 2 times, by the keys Gateways and by PolicyFile", Assert.Single(Assert.Throws<OptionsValidationException>(() => host.Start()).Failures));
    }

    [Fact]
    public void A_second_policy_in_a_host_is_an_error()
    {
        var services = new ServiceCollection();
        services.AddRelayPolicy("policy.json");
        Assert.Throws<InvalidOperationException>(() => services.AddRelayPolicy("other.json"));
    }

    [Fact]
    public void Without_a_policy_everything_is_deferred_until_there_is_one()
    {
        using var folder = new PolicyFolder();
        using PolicyHost host = PolicyHost.OfFile(folder.PathOf("policy.json"), options => options.StartWithoutPolicy = true).Start();
        RelayVerdict verdict = host.Decision.Evaluate(ToLocal);
        Assert.Equal((RelayAction.Defer, RelayReason.NoPolicy), (verdict.Action, verdict.Reason));
        Assert.StartsWith("451 4.3.5 ", verdict.Reply.ToString());
        Assert.Null(host.Policy.RuleSet);
        Assert.NotEmpty(host.Policy.Errors);
        Assert.Single(host.LogsOf(2004));

        folder.Write("policy.json", PolicyTexts.Takes("ours"));
        host.LookTwice();
        Assert.Equal("ours", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Assert.Empty(host.Policy.Errors);
        Assert.Single(host.LogsOf(2001));
    }

    [Theory]
    [InlineData(RelayStage.Connect)]
    [InlineData(RelayStage.Sender)]
    public void Without_a_policy_earlier_stages_are_deferred_too(RelayStage stage)
    {
        using PolicyHost host = PolicyHost.OfFile("/nowhere/policy.json", options => options.StartWithoutPolicy = true).Start();
        Assert.Equal(RelayAction.Defer, host.Decision.Evaluate(ToLocal, stage).Action);
    }

    [Fact]
    public void A_host_without_logging_metrics_or_a_clock_will_do()
    {
        using var folder = new PolicyFolder();
        using ServiceProvider services = new ServiceCollection().AddRelayPolicy(folder.Write("policy.json", PolicyTexts.Takes("ours"))).BuildServiceProvider();
        Assert.Equal("ours", services.GetRequiredService<IRelayDecision>().Evaluate(ToLocal).Rule?.Name);
    }
}
