using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>A hundred recipients of one message, asked of the rule set and of a decision for the connection. Nanoseconds per recipient.</summary>
[MemoryDiagnoser]
public class PolicyConnection
{
    private const int Recipients = 100;

    private RelayRuleSet? _policy;
    private RelayConnection? _connection;
    private RelayRequest[] _requests = [];

    /// <summary>Rules in the policy.</summary>
    [Params(10, 10_000)]
    public int Entries { get; set; }

    /// <summary>Makes the policy, and the requests of one client and one sender.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] policy = SyntheticPolicy.Create(PolicyShape.Ordinary, Entries);
        _policy = RelayRuleSet.Create(policy.Select(rule => rule.Rule).Prepend(SyntheticPolicy.BlockList));
        RelayRequest first = policy[3].Match;
        _requests = [.. SyntheticPolicy.Requests(policy, Recipients).Select(request => first with { Recipient = request.Recipient })];
        _connection = _policy.ForConnection(first.Client);
    }

    /// <summary>Every recipient asked of the rule set.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Recipients)]
    public int RelayRuleSetEvaluate() => Ask(_policy!);

    /// <summary>Every recipient asked of the decision for the connection.</summary>
    [Benchmark(OperationsPerInvoke = Recipients)]
    public int RelayConnectionEvaluate() => Ask(_connection!);

    private int Ask(IRelayDecision decision)
    {
        int granted = 0;
        for (int i = 0; i < _requests.Length; i++)
        {
            if (decision.Evaluate(_requests[i]).Action is RelayAction.Relay or RelayAction.Deliver) granted++;
        }

        return granted;
    }
}
