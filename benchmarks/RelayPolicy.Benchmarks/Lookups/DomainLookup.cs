using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Is that domain ours? Exact names and wildcards. Nanoseconds per lookup.</summary>
[MemoryDiagnoser]
public class DomainLookup
{
    private DomainSet _set = DomainSet.Empty;
    private DomainTable<int>? _table;
    private FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _frozen;
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _hash;
    private string[] _texts = [];
    private DomainName[] _names = [];

    /// <summary>Names and wildcards in the set.</summary>
    [Params(1_000, 100_000, 1_000_000)]
    public int Entries { get; set; }

    /// <summary>The questions asked.</summary>
    [ParamsAllValues]
    public DomainQueryKind Query { get; set; }

    /// <summary>Makes the set and the questions, which are the same in every run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string[] entries = SyntheticDomains.Create(Entries);
        _set = DomainSet.Parse(entries);
        _table = DomainTable.Create(entries.Select((entry, index) => KeyValuePair.Create(entry, index)));
        _frozen = SuffixLookup.ToFrozenSet(entries).GetAlternateLookup<ReadOnlySpan<char>>();
        _hash = SuffixLookup.ToHashSet(entries).GetAlternateLookup<ReadOnlySpan<char>>();
        _texts = DomainQueries.Create(entries, Query);
        _names = [.. _texts.Select(text => DomainName.Parse(text))];
        Check();
    }

    /// <summary>A frozen set, asked for every suffix of the name.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries.Count)]
    public int FrozenSetPerLabel()
    {
        int hits = 0;
        foreach (string name in _texts)
        {
            if (SuffixLookup.Contains(in _frozen, name)) hits++;
        }

        return hits;
    }

    /// <summary>A hash set, asked for every suffix of the name.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int HashSetPerLabel()
    {
        int hits = 0;
        foreach (string name in _texts)
        {
            if (SuffixLookup.Contains(in _hash, name)) hits++;
        }

        return hits;
    }

    /// <summary>The library's set, asked with a name that was parsed before, as a policy does.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int DomainSetContains()
    {
        int hits = 0;
        DomainSet set = _set;
        foreach (DomainName name in _names)
        {
            if (set.Contains(name)) hits++;
        }

        return hits;
    }

    /// <summary>The library's set, asked with the text, which is what the peers are asked with.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int DomainSetContainsText()
    {
        int hits = 0;
        DomainSet set = _set;
        foreach (string name in _texts)
        {
            if (set.Contains(name)) hits++;
        }

        return hits;
    }

    /// <summary>The library's table, asked with a name that was parsed before.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int DomainTableTryFind()
    {
        int sum = 0;
        DomainTable<int> table = _table!;
        foreach (DomainName name in _names)
        {
            sum += table.TryFind(name, out int value) ? value : -1;
        }

        return sum;
    }

    /// <summary>The library's table, asked with the text, which is what the peers are asked with.</summary>
    [Benchmark(OperationsPerInvoke = Queries.Count)]
    public int DomainTableTryFindText()
    {
        int sum = 0;
        DomainTable<int> table = _table!;
        foreach (string name in _texts)
        {
            sum += table.TryFind(name, out int value) ? value : -1;
        }

        return sum;
    }

    /// <summary>Nothing is measured that answers wrongly.</summary>
    private void Check()
    {
        for (int i = 0; i < _texts.Length; i++)
        {
            bool expected = SuffixLookup.Contains(in _frozen, _texts[i]);
            if (_set.Contains(_names[i]) != expected || _set.Contains(_texts[i]) != expected
                || _table!.TryFind(_names[i], out _) != expected || _table.TryFind(_texts[i], out _) != expected)
            {
                throw new InvalidOperationException($"{Entries} domains: the library and the peer do not agree on {_texts[i]}.");
            }
        }
    }
}
