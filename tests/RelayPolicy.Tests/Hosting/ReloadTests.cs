using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>A change is taken whole, once, and only if it is good.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly RelayRequest ToLocal = Request(to: "<r@local.example>");

    private readonly PolicyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_of_the_file_is_swapped_once()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("old"))).Start();
        Assert.Equal("old", host.Decision.Evaluate(ToLocal).Rule?.Name);
        _folder.Write("policy.json", PolicyTexts.Takes("new"));
        for (int i = 0; i < 5; i++) host.Look();
        Assert.Equal("new", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Assert.Single(host.LogsOf(2001));
        Assert.Single(host.LogsOf(2002));
    }

    [Fact]
    public void The_limits_are_those_of_the_policy_in_force()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("old"))).Start();
        Assert.Equal(new SmtpLimits(), host.Policy.Limits);
        _folder.Write("policy.json", PolicyTexts.Takes("new").TrimEnd()[..^1] + """, "Limits": { "MaxRecipients": 7 } }""");
        host.LookTwice();
        Assert.Equal(7, host.Policy.Limits.MaxRecipients);
        _folder.Write("policy.json", PolicyTexts.Bad);
        host.LookTwice();
        Assert.Equal(7, host.Policy.Limits.MaxRecipients);
    }

    [Fact]
    public void A_file_that_is_still_written_is_not_read()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("old"))).Start();
        Assert.NotNull(host.Policy.RuleSet);
        for (int i = 1; i < 5; i++)
        {
            _folder.Write("policy.json", PolicyTexts.Takes("new")[..^i]);
            host.Look();
        }

        Assert.Empty(host.LogsOf(2003));
        _folder.Write("policy.json", PolicyTexts.Takes("new"));
        host.LookTwice();
        Assert.Empty(host.LogsOf(2003));
        Assert.Equal("new", host.Policy.RuleSet!.Rules[0].Name);
    }

    [Fact]
    public void A_bad_change_leaves_the_last_good_policy_and_is_told_once_with_all_reasons()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("good"))).Start();
        RelayRuleSet? good = host.Policy.RuleSet;
        using var reloads = host.Collect<long>("relaypolicy.reloads");
        _folder.Write("policy.json", PolicyTexts.Bad);
        for (int i = 0; i < 5; i++) host.Look();
        Assert.Same(good, host.Policy.RuleSet);
        Assert.Equal("good", host.Decision.Evaluate(ToLocal).Rule?.Name);
        string message = Assert.Single(host.LogsOf(2003)).Message;
        Assert.Contains("/LocalDomains: the list is empty", message);
        Assert.Contains("/Rules/1: Stage is missing", message);
        Assert.Equal("rejected", Assert.Single(reloads.GetMeasurementSnapshot()).Tags["outcome"]);
        Assert.NotEmpty(host.Policy.Errors);
    }

    [Fact]
    public void After_a_bad_change_a_good_one_is_taken()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("old"))).Start();
        Assert.NotNull(host.Policy.RuleSet);
        _folder.Write("policy.json", PolicyTexts.Bad);
        host.LookTwice();
        _folder.Delete("policy.json");
        host.LookTwice();
        Assert.Equal(2, host.LogsOf(2003).Length);
        _folder.Write("policy.json", PolicyTexts.Takes("new"));
        host.LookTwice();
        Assert.Equal("new", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Assert.Empty(host.Policy.Errors);
    }

    [Fact]
    public void A_link_that_is_turned_is_a_change()
    {
        _folder.Write("one.json", PolicyTexts.Takes("one"));
        _folder.Write("two.json", PolicyTexts.Takes("two"));
        File.CreateSymbolicLink(_folder.PathOf("policy.json"), "one.json");
        using PolicyHost host = PolicyHost.OfFile(_folder.PathOf("policy.json")).Start();
        Assert.Equal("one", host.Policy.RuleSet!.Rules[0].Name);
        File.Delete(_folder.PathOf("policy.json"));
        File.CreateSymbolicLink(_folder.PathOf("policy.json"), "two.json");
        host.LookTwice();
        Assert.Equal("two", host.Policy.RuleSet!.Rules[0].Name);
    }

    [Fact]
    public void A_reload_can_be_asked_for()
    {
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", PolicyTexts.Takes("old"))).Start();
        Assert.NotNull(host.Policy.RuleSet);
        _folder.Write("policy.json", PolicyTexts.Takes("new"));
        Assert.True(host.Policy.Reload());
        Assert.Equal("new", host.Policy.RuleSet!.Rules[0].Name);
        host.LookTwice();
        Assert.Single(host.LogsOf(2002));
        _folder.Write("policy.json", PolicyTexts.Bad);
        Assert.False(host.Policy.Reload());
        Assert.Equal("new", host.Policy.RuleSet!.Rules[0].Name);
    }

    [Fact]
    public void A_change_of_the_section_is_taken_if_it_is_good_and_other_changes_of_the_configuration_are_none()
    {
        var source = new Dictionary<string, string?>
        {
            ["RelayPolicy:Rules:0:Name"] = "old",
            ["RelayPolicy:Rules:0:Stage"] = "Recipient",
            ["RelayPolicy:Rules:0:Action"] = "Accept",
            ["RelayPolicy:Rules:0:When:Recipient.In:0"] = "local.example",
        };
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(source).Build();
        using var host = new PolicyHost();
        host.Services.AddSingleton<IConfiguration>(configuration).AddRelayPolicy(configuration.GetSection(PolicyHost.Section));
        host.Start();
        Assert.Equal("old", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Change("Other", "1");
        Assert.Empty(host.LogsOf(2002));
        Change("RelayPolicy:Rules:0:Name", "new");
        Assert.Equal("new", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Assert.Single(host.LogsOf(2002));
        Change("RelayPolicy:Rules:0:When:Recipient.In:0", "");
        Assert.Equal("new", host.Decision.Evaluate(ToLocal).Rule?.Name);
        Assert.Contains("RelayPolicy:Rules:0:When:Recipient.In:0", Assert.Single(host.LogsOf(2003)).Message);

        void Change(string key, string value)
        {
            configuration[key] = value;
            configuration.Reload();
            host.LookTwice();
        }
    }

    [Fact]
    public async Task Under_load_every_request_meets_one_whole_policy()
    {
        // Both rules of a policy bear its number: a torn policy would show one of each, a torn list another verdict.
        static string Numbered(int number) => $$"""
            { "Rules": [
              { "Name": "audit {{number}}", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true }, "AuditOnly": true },
              { "Name": "take {{number}}", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.In": ["local.example"] } } ] }
            """;
        const int Changes = 20;
        using PolicyHost host = PolicyHost.OfFile(_folder.Write("policy.json", Numbered(0))).Start();
        IRelayDecision decision = host.Decision;
        using var stop = new CancellationTokenSource();
        int evaluations = 0;
        Task[] askers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(Ask, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int number = 1; number <= Changes; number++)
        {
            _folder.Replace("policy.json", Numbered(number));
            host.LookTwice();
            _folder.Write("policy.json", PolicyTexts.Bad);
            host.LookTwice();
            Assert.Equal($"take {number}", decision.Evaluate(ToLocal).Rule?.Name);
        }

        await stop.CancelAsync();
        await Task.WhenAll(askers);
        Assert.True(evaluations > 0);
        Assert.Equal(Changes, host.LogsOf(2002).Length);
        Assert.Equal(Changes, host.LogsOf(2003).Length);

        void Ask()
        {
            while (!stop.IsCancellationRequested || evaluations == 0)
            {
                // The rule set is asked below the observer, which would fill the memory with log records.
                RelayVerdict verdict = host.Policy.RuleSet!.Evaluate(ToLocal);
                Assert.Equal(RelayAction.Deliver, verdict.Action);
                Assert.Equal(verdict.Rule!.Name["take ".Length..], verdict.AuditRule!.Name["audit ".Length..]);
                Interlocked.Increment(ref evaluations);
            }
        }
    }

    [Fact]
    public void Thousands_of_reloads_keep_no_old_policy()
    {
        string path = _folder.Write("policy.json", PolicyTexts.Takes("rule"));
        using ServiceProvider services = new ServiceCollection().AddRelayPolicy(path).BuildServiceProvider();
        IRelayPolicy policy = services.GetRequiredService<IRelayPolicy>();
        var old = new List<WeakReference>();
        for (int i = 0; i < 2000; i++) ReloadAndForget(policy, old, keepsTrack: i % 100 == 0);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.True(old.Count(reference => reference.IsAlive) <= 1, "Old policies are kept.");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void ReloadAndForget(IRelayPolicy policy, List<WeakReference> old, bool keepsTrack)
    {
        if (keepsTrack) old.Add(new WeakReference(policy.RuleSet));
        Assert.True(policy.Reload());
    }
}
