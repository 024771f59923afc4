using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>May this recipient pass, by a policy with a rule for each customer? Nanoseconds per request.</summary>
[MemoryDiagnoser]
public class PolicyEvaluation
{
    private const int Requests = 1_024;
    private const int NaiveRequests = 256;

    private RelayRuleSet? _policy;
    private SyntheticRule[] _naive = [];
    private RelayRequest[] _requests = [];

    /// <summary>Rules in the policy.</summary>
    [Params(10, 100, 1_000, 10_000, 30_000)]
    public int Entries { get; set; }

    /// <summary>Makes the policy and the requests, which are the same in every run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] policy = SyntheticPolicy.Create(PolicyShape.Ordinary, Entries);
        _policy = RelayRuleSet.Create(policy.Select(rule => rule.Rule));
        _naive = policy;
        _requests = SyntheticPolicy.Requests(policy, Requests);
        foreach (RelayRequest request in _requests[..NaiveRequests])
        {
            if (FirstMatch(request) != _policy.Evaluate(request).Rule) throw new InvalidOperationException($"{Entries} rules: the library and the peer do not agree on {request.Recipient}.");
        }
    }

    /// <summary>Every rule asked in turn, until one holds.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = NaiveRequests)]
    public int NaiveFirstMatch()
    {
        int matches = 0;
        for (int i = 0; i < NaiveRequests; i++)
        {
            if (FirstMatch(_requests[i]) is not null) matches++;
        }

        return matches;
    }

    /// <summary>The library's rule set.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public int RelayRuleSetEvaluate()
    {
        int granted = 0;
        for (int i = 0; i < Requests; i++)
        {
            if (_policy!.Evaluate(_requests[i]).Action is RelayAction.Relay or RelayAction.Deliver) granted++;
        }

        return granted;
    }

    private RelayRule? FirstMatch(in RelayRequest request)
    {
        foreach (SyntheticRule rule in _naive)
        {
            if (rule.Twin.Holds(request)) return rule.Rule;
        }

        return null;
    }
}
