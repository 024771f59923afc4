using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// Building a set of domains from text. The library's set checks the grammar of every name; the peers take any string. One operation
/// is the whole set.
/// </summary>
[MemoryDiagnoser]
public class DomainSetBuild
{
    private string[] _entries = [];

    /// <summary>Names and wildcards in the set.</summary>
    [Params(1_000, 100_000, 1_000_000)]
    public int Entries { get; set; }

    /// <summary>Makes the entries, in random order.</summary>
    [GlobalSetup]
    public void Setup() => _entries = SyntheticDomains.Create(Entries);

    /// <summary>A frozen set.</summary>
    [Benchmark(Baseline = true)]
    public FrozenSet<string> ToFrozenSet() => SuffixLookup.ToFrozenSet(_entries);

    /// <summary>A hash set.</summary>
    [Benchmark]
    public HashSet<string> ToHashSet() => SuffixLookup.ToHashSet(_entries);

    /// <summary>The library's set.</summary>
    [Benchmark]
    public DomainSet DomainSetParse() => DomainSet.Parse(_entries);
}
