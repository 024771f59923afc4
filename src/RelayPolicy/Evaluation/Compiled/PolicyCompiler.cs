namespace RelayPolicy;

/// <summary>Makes the compiled form of a rule set. Takes time and memory in proportion to the rules and the entries of their sets.</summary>
internal sealed class PolicyCompiler
{
    // Up to so many rules that share a key are looked at sooner than a value is looked up in a dearer dimension.
    private const int FewRules = 4;

    private readonly IReadOnlyList<RelayRule> _rules;
    private readonly Dimension[] _dimensions;
    private readonly BoxTableBuilder _boxes = new();
    private readonly BoxForm _form;

    private PolicyCompiler(IReadOnlyList<RelayRule> rules, IEqualityComparer<string> names)
    {
        _rules = rules;
        _dimensions = Classify(rules, AllDimensions(names));
        _form = new BoxForm(LiteralOf);
    }

    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The rules in their order; checked already.</param>
    /// <param name="names">How user and group names are compared.</param>
    public static CompiledPolicy Compile(IReadOnlyList<RelayRule> rules, IEqualityComparer<string> names)
    {
        var compiler = new PolicyCompiler(rules, names);
        CompiledStage[] stages = [.. Enum.GetValues<RelayStage>().Select(compiler.CompileStage)];
        foreach (Dimension dimension in compiler._dimensions) dimension.Seal();
        return new CompiledPolicy(compiler._dimensions, compiler._boxes.Build(), stages, [.. rules.SelectMany(CompiledRule.CustomsOf).Distinct()]);
    }

    private CompiledStage CompileStage(RelayStage stage)
    {
        CompiledRule[] rules = [.. _rules.Where(rule => rule.Stage == stage).Select(rule => new CompiledRule(rule, BoxesOf(rule)))];
        var index = new RuleIndexBuilder(rules.Length, _dimensions);
        for (int rule = 0; rule < rules.Length; rule++) AddTo(index, rule, rules[rule].Rule.Condition);
        return new CompiledStage(rules, index.Build());
    }

    // User code is asked last and part by part, so a rule that holds some stays a tree.
    private Range? BoxesOf(RelayRule rule) => _form.Of(rule.Condition) is { } boxes ? _boxes.Add(boxes, IsDestination) : null;

    private void AddTo(RuleIndexBuilder index, int rule, Condition condition)
    {
        if (Anchors.Of(condition, PriceOf) is not { } anchors)
        {
            index.AddWithoutAnchor(rule);
            return;
        }

        foreach (Atom atom in anchors)
        {
            int dimension = DimensionOf(atom);
            index.Add(dimension, _dimensions[dimension].NumberOf(atom), rule);
        }
    }

    // The fewer rules share its keys, the better an atom is to rest on; among equals the earlier dimension.
    private int? PriceOf(Atom atom) => DimensionOf(atom) is >= 0 and int dimension
        ? (Math.Max(_dimensions[dimension].SharingOf(_dimensions[dimension].NumberOf(atom)), FewRules) * CompiledPolicy.MaxDimensions) + dimension
        : null;

    private Literal? LiteralOf(Atom atom)
    {
        if (Facts.TryGet(atom, out Fact fact)) return Literal.Of(fact, isNegated: false);
        return DimensionOf(atom) is >= 0 and int dimension ? new Literal((byte)dimension, _dimensions[dimension].NumberOf(atom), IsNegated: false) : null;
    }

    private bool IsDestination(Literal literal) => !literal.IsNegated
        && (literal.IsFact ? Facts.AtomOf((Fact)literal.Atom).Support == AtomSupport.Destination : _dimensions[literal.Dimension].NamesDestination);

    private int DimensionOf(Atom atom) => DimensionOf(atom, _dimensions);

    private static int DimensionOf(Atom atom, Dimension[] dimensions)
    {
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i].Takes(atom)) return i;
        }

        return -1;
    }

    private static Dimension[] Classify(IReadOnlyList<RelayRule> rules, Dimension[] dimensions)
    {
        foreach ((Atom atom, bool negated) in rules.SelectMany(rule => rule.Condition.Atoms()))
        {
            if (DimensionOf(atom, dimensions) is >= 0 and int dimension) dimensions[dimension].Count(atom, negated);
        }

        foreach (Dimension dimension in dimensions) dimension.Classify();
        return [.. dimensions.Where(dimension => dimension.AtomCount > 0)];
    }

    // The cheaper to look up, the earlier. A comparer of the user's own may say that names are equal whose hashes differ, so
    // names under it have no classes.
    private static Dimension[] AllDimensions(IEqualityComparer<string> names)
    {
        bool isOurs = names.Equals(StringComparer.Ordinal) || names.Equals(StringComparer.OrdinalIgnoreCase);
        return
        [
            new ClientDimension(), new ListenerDimension(), new CertificateDimension(), new MechanismDimension(),
            .. isOurs ? new Dimension[] { new UserDimension(names), new GroupDimension(names) } : [],
            new HostDimension(), new SenderDomainDimension(), new RecipientDomainDimension(), new SenderDimension(), new RecipientDimension(),
        ];
    }
}
