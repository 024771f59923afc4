using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>One policy asked by several threads at once. Nanoseconds per request and thread: the same for any number of threads that have a core.</summary>
public class PolicyThreads
{
    private const int Rules = 10_000;
    private const int Requests = 1_024;
    private const int Rounds = 64;

    private RelayRuleSet? _policy;
    private RelayRequest[] _requests = [];

    /// <summary>Threads that ask at the same time.</summary>
    [Params(1, 2, 4)]
    public int Threads { get; set; }

    /// <summary>Makes the policy and the requests.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] policy = SyntheticPolicy.Create(PolicyShape.Ordinary, Rules);
        _policy = RelayRuleSet.Create(policy.Select(rule => rule.Rule));
        _requests = SyntheticPolicy.Requests(policy, Requests);
    }

    /// <summary>Every thread asks all requests, again and again.</summary>
    [Benchmark(OperationsPerInvoke = Requests * Rounds)]
    public int RelayRuleSetEvaluate()
    {
        int granted = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() => Interlocked.Add(ref granted, Ask())))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return granted;
    }

    private int Ask()
    {
        int granted = 0;
        for (int i = 0; i < Requests * Rounds; i++)
        {
            if (_policy!.Evaluate(_requests[i % Requests]).Action is RelayAction.Relay or RelayAction.Deliver) granted++;
        }

        return granted;
    }
}
