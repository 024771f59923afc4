namespace RelayPolicy;

/// <summary>The rules that a stage has to look at for one request, in rule order and each once: lists merged while they are read.</summary>
internal ref struct CandidateRules
{
    /// <summary>How many lists can be merged; with more, every rule is a candidate.</summary>
    public const int MaxLists = 32;

    private readonly ReadOnlySpan<int> _rules;
    private readonly Span<(int Place, int End)> _ranges;
    private int _count;

    /// <param name="rules">Where the lists are.</param>
    /// <param name="ranges">Working memory, <see cref="MaxLists"/> elements.</param>
    public CandidateRules(ReadOnlySpan<int> rules, Span<(int Place, int End)> ranges)
    {
        _rules = rules;
        _ranges = ranges;
    }

    /// <summary>Whether there were more lists than can be merged.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Adds a list, which may be empty.</summary>
    public void Add((int Start, int End) list)
    {
        if (list.Start == list.End) return;
        if (_count < _ranges.Length) _ranges[_count++] = list;
        else IsOverfull = true;
    }

    /// <summary>The next rule; false when there is none.</summary>
    public bool TryNext(out int rule)
    {
        if (_count == 1) return TryNextOfOne(out rule);
        rule = int.MaxValue;
        for (int i = 0; i < _count; i++) rule = Math.Min(rule, _rules[_ranges[i].Place]);
        for (int i = _count - 1; i >= 0; i--)
        {
            ref (int Place, int End) range = ref _ranges[i];
            if (_rules[range.Place] == rule && ++range.Place == range.End) range = _ranges[--_count];
        }

        return rule != int.MaxValue;
    }

    private bool TryNextOfOne(out int rule)
    {
        (int place, int end) = _ranges[0];
        rule = _rules[place];
        if (++place == end) _count = 0;
        else _ranges[0].Place = place;
        return true;
    }
}
