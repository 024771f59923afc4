using Microsoft.Extensions.DependencyInjection;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>Facts from a database: refreshed, used for a while when the source fails, then unknown.</summary>
public sealed class FactSourceTests
{
    private const string TakesLocalAndOwners = """
        { "Rules": [ { "Name": "owners", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.OwnsSender": true } },
                     { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } } ] }
        """;

    private sealed class Source : ILocalDomainSource, ISenderOwnershipSource
    {
        public Func<string>? Domain { get; set; }

        public Func<string>? Entry { get; set; }

        public int Asked { get; private set; }

        Task<DomainSet> ILocalDomainSource.LoadAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(DomainSet.Parse(Domain!()));
        }

        Task<SenderOwnership> ISenderOwnershipSource.LoadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(SenderOwnership.Create([KeyValuePair.Create<string, IReadOnlyList<string>>("alice", [Entry!()])]));
    }

    [Fact]
    public void A_source_says_which_domains_are_local_and_is_asked_again()
    {
        var source = new Source { Domain = () => "ours.example" };
        using PolicyHost host = HostOf(source, domains: true).Start();
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@ours.example>").Action);
        source.Domain = () => "other.example";
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@ours.example>").Action);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RelayAction.Reject, Ask(host, "<r@ours.example>").Action);
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@other.example>").Action);
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public void A_source_that_fails_from_the_start_makes_locality_unknown()
    {
        var source = new Source { Domain = () => throw new TimeoutException("no database") };
        using PolicyHost host = HostOf(source, domains: true).Start();
        RelayVerdict verdict = Ask(host, "<r@ours.example>");
        Assert.Equal((RelayAction.Defer, RelayReason.UnknownFact), (verdict.Action, verdict.Reason));
        Assert.Contains("no database", Assert.Single(host.LogsOf(2101)).Message);
    }

    [Fact]
    public void What_a_source_last_gave_is_used_until_it_is_too_old()
    {
        var source = new Source { Domain = () => "ours.example" };
        using PolicyHost host = HostOf(source, domains: true).Start();
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@ours.example>").Action);
        using var faults = host.Collect<long>("relaypolicy.faults");
        source.Domain = () => throw new TimeoutException("no database");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@ours.example>").Action);
        Assert.Equal("LocalDomains", Assert.Single(faults.GetMeasurementSnapshot()).Tags["source"]);
        for (int minute = 0; minute < 60; minute++) host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RelayAction.Defer, Ask(host, "<r@ours.example>").Action);
        source.Domain = () => "ours.example";
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@ours.example>").Action);
        Assert.Single(host.LogsOf(2102));
    }

    [Fact]
    public void A_source_that_hangs_becomes_unknown_too()
    {
        using var host = new PolicyHost();
        host.Services.AddSingleton<ILocalDomainSource>(new Hanging());
        AddPolicy(host);
        Assert.Equal(RelayAction.Defer, Ask(host.Start(), "<r@ours.example>").Action);
        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RelayAction.Defer, Ask(host, "<r@ours.example>").Action);
    }

    [Fact]
    public void A_source_says_who_owns_which_sender()
    {
        var source = new Source { Entry = () => "alice@b.example" };
        using PolicyHost host = HostOf(source, owners: true).Start();
        Assert.Equal(RelayAction.Relay, host.Decision.Evaluate(Request(user: "alice", from: "<alice@b.example>")).Action);
        Assert.Equal(RelayAction.Reject, host.Decision.Evaluate(Request(user: "bob", from: "<alice@b.example>")).Action);
        source.Entry = () => throw new TimeoutException();
        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RelayAction.Defer, host.Decision.Evaluate(Request(user: "alice", from: "<alice@b.example>")).Action);
    }

    [Fact]
    public void What_a_request_brings_itself_counts_first()
    {
        var source = new Source { Domain = () => throw new TimeoutException() };
        using PolicyHost host = HostOf(source, domains: true).Start();
        Assert.Equal(RelayAction.Deliver, host.Decision.Evaluate(Request(to: "<r@local.example>", local: Local)).Action);
    }

    [Fact]
    public void A_policy_with_local_domains_beside_a_source_is_refused()
    {
        using var folder = new PolicyFolder();
        using PolicyHost host = PolicyHost.OfFile(folder.Write("policy.json", TakesLocalAndOwners.Replace("{ \"Rules\"", "{ \"LocalDomains\": [\"a.example\"], \"Rules\"", StringComparison.Ordinal)));
        host.Services.AddSingleton<ILocalDomainSource>(new Source());
        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => host.Start());
        Assert.Contains("policy.json: /LocalDomains: the policy holds LocalDomains, and a ILocalDomainSource is registered too", Assert.Single(exception.Failures));
    }

    [Fact]
    public void A_custom_condition_of_the_application_is_named_by_the_policy()
    {
        using var folder = new PolicyFolder();
        using PolicyHost host = PolicyHost.OfFile(folder.Write("policy.json", """
            { "LocalDomains": ["local.example"],
              "Rules": [ { "Name": "grey", "Stage": "Recipient", "Action": "Defer", "When": { "Custom": "greylisted" } },
                         { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } } ] }
            """));
        host.Services.AddSingleton<ICustomCondition>(new Greylist());
        host.Start();
        Assert.Equal("grey", Ask(host, "<grey@local.example>").Rule?.Name);
        Assert.Equal(RelayAction.Deliver, Ask(host, "<r@local.example>").Action);
        RelayVerdict faulty = Ask(host, "<broken@local.example>");
        Assert.Equal(RelayAction.Defer, faulty.Action);
        Assert.Contains("broken list", Assert.Single(host.LogsOf(1101)).Message);
    }

    private static RelayVerdict Ask(PolicyHost host, string to) => host.Decision.Evaluate(Request(to: to) with { LocalDomains = null });

    private static PolicyHost HostOf(Source source, bool domains = false, bool owners = false)
    {
        var host = new PolicyHost();
        if (domains) host.Services.AddSingleton<ILocalDomainSource>(source);
        if (owners) host.Services.AddSingleton<ISenderOwnershipSource>(source);
        AddPolicy(host);
        return host;
    }

    private static void AddPolicy(PolicyHost host) => host.Services.AddRelayPolicy(options => options.RuleSet = RelayRuleSet.Create(
    [
        AtRecipient("owners", Condition.Identity.OwnsSender),
        AtRecipient("local", Condition.Recipient.IsLocal),
    ]));

    private sealed class Hanging : ILocalDomainSource
    {
        public Task<DomainSet> LoadAsync(CancellationToken cancellationToken) => new TaskCompletionSource<DomainSet>().Task;
    }

    private sealed class Greylist : ICustomCondition
    {
        public string Name => "greylisted";

        public RelayFacts Reads => RelayFacts.Recipient;

        public bool? Holds(in RelayRequest request) => request.Recipient.LocalPart switch
        {
            "grey" => true,
            "broken" => throw new InvalidOperationException("broken list"),
            _ => false,
        };
    }
}
