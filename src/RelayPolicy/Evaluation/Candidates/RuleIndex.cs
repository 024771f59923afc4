using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>
/// The rules of a stage by what they rest on, so that a request meets only those that can hold for it, however many there are.
/// It is a filter and nothing more: every rule that is not false for a request is a candidate, and the candidates are evaluated in
/// rule order as they would be without it.
/// </summary>
internal sealed class RuleIndex
{
    private readonly RuleLists _lists;
    private readonly AnchorDimension[] _dimensions;
    private readonly int _withoutAnchor;
    private readonly int _all;

    /// <summary>Indexes the conditions of the rules, in rule order.</summary>
    /// <param name="conditions">The condition of each rule.</param>
    /// <param name="names">How user and group names are compared.</param>
    public RuleIndex(IReadOnlyList<Condition> conditions, IEqualityComparer<string> names)
    {
        AnchorDimension[] dimensions = Dimensions(names);
        foreach (Condition condition in conditions)
        {
            foreach ((Atom atom, bool negated) in condition.Atoms())
            {
                if (!negated) DimensionOf(dimensions, atom)?.Count(atom);
            }
        }

        var lists = new RuleListsBuilder(conditions.Count);
        var withoutAnchor = new List<int>();
        for (int rule = 0; rule < conditions.Count; rule++)
        {
            if (Anchors.Of(conditions[rule], atom => DimensionOf(dimensions, atom)?.CostOf(atom)) is not { } anchors)
            {
                withoutAnchor.Add(rule);
                continue;
            }

            foreach (Atom atom in anchors) DimensionOf(dimensions, atom)!.Add(atom, rule);
        }

        (int start, int end) = lists.AddRange([.. withoutAnchor]);
        _withoutAnchor = lists.AddLink(start, end, RuleLists.None);
        _dimensions = [.. dimensions.Where(dimension => dimension.TryFreeze(lists))];
        _lists = lists.Build();
        _all = lists.All;
    }

    /// <summary>Bytes of the lists of rules.</summary>
    public long Size => _lists.Size;

    /// <summary>The rules that may be other than false for the request.</summary>
    /// <param name="view">The request.</param>
    /// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
    public CandidateRules Find(in RequestView view, Span<(int Place, int End)> ranges)
    {
        var candidates = new CandidateRules(_lists, ranges);
        candidates.Add(_withoutAnchor);
        foreach (AnchorDimension dimension in _dimensions)
        {
            if (view.UnknownAmong(dimension.Reads) != UnknownKinds.None) candidates.Add(dimension.AllRules);
            else dimension.Find(view, ref candidates);
        }

        return candidates.IsOverfull ? All(ranges) : candidates;
    }

    /// <summary>All rules.</summary>
    /// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
    public CandidateRules All(Span<(int Place, int End)> ranges)
    {
        var candidates = new CandidateRules(_lists, ranges);
        candidates.Add(_all);
        return candidates;
    }

    private static AnchorDimension? DimensionOf(AnchorDimension[] dimensions, Atom atom)
    {
        foreach (AnchorDimension dimension in dimensions)
        {
            if (dimension.Takes(atom)) return dimension;
        }

        return null;
    }

    // A comparer of the user's may say that names are equal whose hashes differ, and then a rule would be passed over.
    private static AnchorDimension[] Dimensions(IEqualityComparer<string> names)
    {
        ImmutableArray<AnchorDimension> all =
        [
            new NetworkDimension(), new DomainDimension(DomainSubject.Host), new CertificateDimension(), new DomainDimension(DomainSubject.Sender),
            new SenderDimension(), new DomainDimension(DomainSubject.Recipient), new RecipientDimension(),
        ];
        bool isOurs = names.Equals(StringComparer.Ordinal) || names.Equals(StringComparer.OrdinalIgnoreCase);
        return isOurs ? [.. all, new UserDimension(names), new GroupDimension(names)] : [.. all];
    }
}
