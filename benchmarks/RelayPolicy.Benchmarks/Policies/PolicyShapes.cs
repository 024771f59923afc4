using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>10,000 rules of shapes that are hard to index. Nanoseconds per request.</summary>
[MemoryDiagnoser]
public class PolicyShapes
{
    private const int Rules = 10_000;
    private const int Requests = 1_024;

    private RelayRuleSet? _ordinary;
    private RelayRuleSet? _policy;
    private RelayRequest[] _ordinaryRequests = [];
    private RelayRequest[] _requests = [];

    /// <summary>What the rules are like.</summary>
    [Params(PolicyShape.SharedNetwork, PolicyShape.SharedDomain, PolicyShape.Grid, PolicyShape.DeeplyNested)]
    public PolicyShape Shape { get; set; }

    /// <summary>Makes the policies and the requests.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (_ordinary, _ordinaryRequests) = Make(PolicyShape.Ordinary);
        (_policy, _requests) = Make(Shape);
    }

    /// <summary>The ordinary policy with as many rules.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public int OrdinaryRules() => Evaluate(_ordinary!, _ordinaryRequests);

    /// <summary>The policy of this shape.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public int RulesOfThisShape() => Evaluate(_policy!, _requests);

    private static (RelayRuleSet Policy, RelayRequest[] Requests) Make(PolicyShape shape)
    {
        SyntheticRule[] policy = SyntheticPolicy.Create(shape, Rules);
        return (RelayRuleSet.Create(policy.Select(rule => rule.Rule)), SyntheticPolicy.Requests(policy, Requests));
    }

    private static int Evaluate(RelayRuleSet policy, RelayRequest[] requests)
    {
        int granted = 0;
        for (int i = 0; i < requests.Length; i++)
        {
            if (policy.Evaluate(requests[i]).Action is RelayAction.Relay or RelayAction.Deliver) granted++;
        }

        return granted;
    }
}
