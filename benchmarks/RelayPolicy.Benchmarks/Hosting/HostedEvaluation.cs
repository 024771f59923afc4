using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RelayPolicy.Benchmarks;

/// <summary>What a host adds to an evaluation when logging is off and nobody listens to the metrics: it should be nothing that matters.</summary>
[MemoryDiagnoser]
public class HostedEvaluation
{
    private const int Rules = 100;
    private const int Requests = 16_384;

    private RelayRuleSet? _policy;
    private IRelayDecision? _hosted;
    private RelayRequest[] _requests = [];

    /// <summary>Makes the policy, the host's services and the requests, which are the same in every run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] rules = SyntheticPolicy.Create(PolicyShape.Ordinary, Rules);
        _policy = RelayRuleSet.Create(rules.Select(rule => rule.Rule));
        _requests = SyntheticPolicy.Requests(rules, Requests);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddMetrics().AddRelayPolicy(options => options.RuleSet = _policy);
        _hosted = services.BuildServiceProvider().GetRequiredService<IRelayDecision>();
    }

    /// <summary>The rule set alone.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public int RelayRuleSetEvaluate() => Count(_policy!);

    /// <summary>The decision that <c>AddRelayPolicy</c> registers.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public int HostedDecisionEvaluate() => Count(_hosted!);

    private int Count(IRelayDecision decision)
    {
        int granted = 0;
        foreach (ref readonly RelayRequest request in _requests.AsSpan())
        {
            if (decision.Evaluate(request).IsAccepted) granted++;
        }

        return granted;
    }
}
