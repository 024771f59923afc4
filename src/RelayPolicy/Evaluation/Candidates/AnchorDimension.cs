namespace RelayPolicy;

/// <summary>
/// One kind of anchors, such as <c>Client.In</c>: from the value that a request has there to the rules that rest on it. Built in three steps:
/// every set is counted, the chosen ones are given their rules, and then it is frozen and only asked.
/// </summary>
internal abstract class AnchorDimension(RelayFacts reads)
{
    /// <summary>The facts without which every rule that rests on the dimension may hold.</summary>
    public RelayFacts Reads => reads;

    /// <summary>The chain of all rules that rest on the dimension; known when it is frozen.</summary>
    public int AllRules { get; protected set; }

    /// <summary>Whether the atom is of this kind.</summary>
    public abstract bool Takes(Atom atom);

    /// <summary>Counts an atom that a rule holds.</summary>
    public abstract void Count(Atom atom);

    /// <summary>What <see cref="AnchorKeys{TKey}.CostOf"/> says of the atom.</summary>
    public abstract int CostOf(Atom atom);

    /// <summary>Lets a rule rest on the atom.</summary>
    public abstract void Add(Atom atom, int rule);

    /// <summary>Ends the building; false when no rule rests on the dimension.</summary>
    public abstract bool TryFreeze(RuleListsBuilder lists);

    /// <summary>Adds the rules that rest on what the request has there. All facts that the dimension reads are known.</summary>
    public abstract void Find(in RequestView view, ref CandidateRules candidates);
}

/// <summary>A dimension with its keys.</summary>
internal abstract class AnchorDimension<TKey>(RelayFacts reads, IEqualityComparer<TKey>? comparer = null) : AnchorDimension(reads)
    where TKey : notnull
{
    private AnchorKeys<TKey>? _building = new(comparer);

    public sealed override bool Takes(Atom atom) => SetOf(atom) is not null;

    public sealed override void Count(Atom atom) => Building.Count(SetOf(atom)!, KeysOf(SetOf(atom)!));

    public sealed override int CostOf(Atom atom) => Building.CostOf(SetOf(atom)!);

    public override void Add(Atom atom, int rule) => Building.Add(SetOf(atom)!, rule);

    public sealed override bool TryFreeze(RuleListsBuilder lists)
    {
        AnchorKeys<TKey> keys = Building;
        _building = null;
        int[] rules = keys.AllRules();
        (int start, int end) = lists.AddRange(rules);
        AllRules = lists.AddLink(start, end, RuleLists.None);
        if (rules.Length > 0) Freeze(keys, lists);
        return rules.Length > 0;
    }

    /// <summary>The set of an atom of this kind, else null. The same object has the same keys.</summary>
    protected abstract object? SetOf(Atom atom);

    protected abstract IEnumerable<TKey> KeysOf(object set);

    protected abstract void Freeze(AnchorKeys<TKey> keys, RuleListsBuilder lists);

    private AnchorKeys<TKey> Building => _building ?? throw new InvalidOperationException("The dimension is frozen.");
}
