using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Eight rules with lists of 50,000 entries each. Nanoseconds per request.</summary>
[MemoryDiagnoser]
public class PolicyLongLists
{
    private const int Requests = 1_024;

    private RelayRuleSet? _few;
    private RelayRuleSet? _long;
    private SyntheticRule[] _naive = [];
    private RelayRequest[] _fewRequests = [];
    private RelayRequest[] _longRequests = [];

    /// <summary>Makes the policies and the requests.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] few = SyntheticPolicy.Create(PolicyShape.Ordinary, rules: 8);
        _few = RelayRuleSet.Create(few.Select(rule => rule.Rule));
        _fewRequests = SyntheticPolicy.Requests(few, Requests);
        _naive = SyntheticPolicy.WithLongLists();
        _long = RelayRuleSet.Create(_naive.Select(rule => rule.Rule));
        _longRequests = SyntheticPolicy.Requests(_naive, Requests);
    }

    /// <summary>Eight rules with one or two entries each.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public int ShortLists() => Evaluate(_few!, _fewRequests);

    /// <summary>Eight rules with 50,000 entries each.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public int LongLists() => Evaluate(_long!, _longRequests);

    /// <summary>The same rules asked in turn, until one holds.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public int NaiveFirstMatch()
    {
        int matches = 0;
        foreach (ref readonly RelayRequest request in _longRequests.AsSpan())
        {
            foreach (SyntheticRule rule in _naive)
            {
                if (!rule.Twin.Holds(request)) continue;
                matches++;
                break;
            }
        }

        return matches;
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
