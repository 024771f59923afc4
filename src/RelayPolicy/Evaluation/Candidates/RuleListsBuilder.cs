namespace RelayPolicy;

/// <summary>Collects lists of rules.</summary>
internal sealed class RuleListsBuilder
{
    private readonly List<int> _rules;
    private readonly List<RuleLists.Link> _links = [];

    /// <param name="count">How many rules there are. Their numbers stand first, so that every single rule, and all of them, is a list.</param>
    public RuleListsBuilder(int count)
    {
        _rules = [.. Enumerable.Range(0, count)];
        All = AddLink(0, count, RuleLists.None);
    }

    /// <summary>The chain of all rules.</summary>
    public int All { get; }

    /// <summary>A range that holds the rules, which are in ascending order.</summary>
    public (int Start, int End) AddRange(ReadOnlySpan<int> rules)
    {
        if (rules is [int only]) return (only, only + 1);
        int start = _rules.Count;
        _rules.AddRange(rules);
        return (start, _rules.Count);
    }

    /// <summary>A chain that begins with a range.</summary>
    public int AddLink(int start, int end, int next)
    {
        if (start == end) return next;
        _links.Add(new RuleLists.Link(start, end, next));
        return _links.Count - 1;
    }

    public RuleLists Build() => new([.. _rules], [.. _links]);
}
