using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Building a policy from its rules: checks, warnings and index. One operation is the whole policy.</summary>
[MemoryDiagnoser]
public class PolicyBuild
{
    private RelayRule[] _rules = [];
    private string[] _entries = [];

    /// <summary>Rules in the policy.</summary>
    [Params(1_000, 10_000)]
    public int Entries { get; set; }

    /// <summary>Makes the rules and lists their entries.</summary>
    [GlobalSetup]
    public void Setup()
    {
        SyntheticRule[] policy = SyntheticPolicy.Create(PolicyShape.Ordinary, Entries);
        _rules = [.. policy.Select(rule => rule.Rule)];
        _entries = [.. policy.SelectMany(rule => rule.Twin.Entries)];
    }

    /// <summary>Sorting the entries of all rules, as text.</summary>
    [Benchmark(Baseline = true)]
    public string[] SortEntries()
    {
        string[] entries = [.. _entries];
        Array.Sort(entries, StringComparer.Ordinal);
        return entries;
    }

    /// <summary>The library's rule set.</summary>
    [Benchmark]
    public RelayRuleSet RelayRuleSetCreate() => RelayRuleSet.Create(_rules);
}
