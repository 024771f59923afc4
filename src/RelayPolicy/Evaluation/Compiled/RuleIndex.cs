namespace RelayPolicy;

/// <summary>
/// The rules of a stage by what they rest on, so that a request meets only those that can hold for it, however many there are.
/// It is a filter and nothing more: every rule that is not false for a request is a candidate, and the candidates are evaluated in
/// rule order as they would be without it.
/// </summary>
internal sealed class RuleIndex
{
    private readonly int[] _rules;
    private readonly DimensionRules[] _dimensions;
    private readonly (int Start, int End) _all;
    private readonly (int Start, int End) _withoutAnchor;

    /// <param name="rules">The lists of rules.</param>
    /// <param name="dimensions">The rules that rest on each dimension.</param>
    /// <param name="all">The list of all rules.</param>
    /// <param name="withoutAnchor">The list of the rules that rest on nothing.</param>
    public RuleIndex(int[] rules, DimensionRules[] dimensions, (int Start, int End) all, (int Start, int End) withoutAnchor)
    {
        _rules = rules;
        _dimensions = dimensions;
        _all = all;
        _withoutAnchor = withoutAnchor;
    }

    /// <summary>How many rules rest on nothing, and are looked at for every request.</summary>
    public int RulesWithoutAnchor => _withoutAnchor.End - _withoutAnchor.Start;

    /// <summary>Bytes of the lists of rules.</summary>
    public long Bytes => (sizeof(int) * (long)_rules.Length) + _dimensions.Sum(dimension => dimension.Bytes);

    /// <summary>The rules that may be other than false for the request.</summary>
    /// <param name="evaluation">The request.</param>
    /// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
    public CandidateRules Find(scoped ref Evaluation evaluation, Span<(int Place, int End)> ranges)
    {
        var candidates = new CandidateRules(_rules, ranges);
        candidates.Add(_withoutAnchor);
        foreach (DimensionRules dimension in _dimensions) dimension.Find(ref evaluation, ref candidates);
        return candidates.IsOverfull ? All(ranges) : candidates;
    }

    /// <summary>All rules.</summary>
    /// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
    public CandidateRules All(Span<(int Place, int End)> ranges)
    {
        var candidates = new CandidateRules(_rules, ranges);
        candidates.Add(_all);
        return candidates;
    }
}

/// <summary>The rules of a stage that rest on the atoms of one dimension.</summary>
/// <param name="number">The number of the dimension.</param>
/// <param name="classes">Its classes.</param>
/// <param name="all">The list of all these rules.</param>
/// <param name="lists">The list of each atom.</param>
/// <param name="merged">The lists of the classes that have very many atoms.</param>
internal sealed class DimensionRules(int number, AtomClasses classes, (int Start, int End) all, (int Start, int End)[] lists, Dictionary<int, (int Start, int End)> merged)
{
    /// <summary>A class with more atoms has one list for all of them.</summary>
    public const int MaxAtoms = 4;

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => (2 * sizeof(int) * (long)lists.Length) + (24L * merged.Count);

    /// <summary>Adds the rules that rest on what the request has in the dimension; all of them where that is unknown.</summary>
    public void Find(scoped ref Evaluation evaluation, ref CandidateRules candidates)
    {
        int found = evaluation.ClassOf(number);
        if (found >= 0)
        {
            Add(found, ref candidates);
        }
        else if (found == Evaluation.Unknown)
        {
            candidates.Add(all);
        }
        else
        {
            for (int value = evaluation.CountValues(number) - 1; value >= 0; value--) Add(evaluation.ClassOf(number, value), ref candidates);
        }
    }

    private void Add(int found, ref CandidateRules candidates)
    {
        for (; found != AtomClasses.None; found = classes.ParentOf(found))
        {
            ReadOnlySpan<int> atoms = classes.AtomsAt(found);
            if (atoms.Length > MaxAtoms)
            {
                candidates.Add(merged.GetValueOrDefault(found));
                continue;
            }

            foreach (int atom in atoms) candidates.Add(lists[atom]);
        }
    }
}
