namespace RelayPolicy;

/// <summary>
/// A dimension of the requests: one kind of atom over sets, such as <c>Client.In</c>. All its sets in all rules together divide the
/// values into classes, so that the value of a request is looked up once, and every atom is then a question about its class.
/// Built in three steps: atoms are counted, classified, and when the rules have been compiled the dimension is sealed and only asked.
/// </summary>
internal abstract class Dimension(string name, RelayFacts reads)
{
    /// <summary>The name of its atoms.</summary>
    public string Name => name;

    /// <summary>The facts without which every atom of the dimension is unknown.</summary>
    public RelayFacts Reads => reads;

    /// <summary>Its classes; none until it is classified, and none if its values cannot be.</summary>
    public AtomClasses Classes { get; protected set; } = AtomClasses.Empty;

    /// <summary>Whether its values have classes. If not, its atoms are asked one by one.</summary>
    public bool IsClassified { get; protected set; }

    /// <summary>How many atoms it has.</summary>
    public int AtomCount { get; protected set; }

    /// <summary>Whether its atoms name where the message goes.</summary>
    public virtual bool NamesDestination => false;

    /// <summary>Whether the atom is of this kind.</summary>
    public abstract bool Takes(Atom atom);

    /// <summary>Counts an atom that a rule holds.</summary>
    /// <param name="atom">The atom.</param>
    /// <param name="isNegated">Whether it stands there under a negation; no rule can rest on such an atom.</param>
    public abstract void Count(Atom atom, bool isNegated);

    /// <summary>Finds the classes when all atoms are counted.</summary>
    public abstract void Classify();

    /// <summary>The number of an atom, from 0.</summary>
    public abstract int NumberOf(Atom atom);

    /// <summary>How many rules hold the key that most rules hold, of the keys of the atom. Negated atoms do not count.</summary>
    public abstract int SharingOf(int atom);

    /// <summary>Forgets what only the compiling needs.</summary>
    public abstract void Seal();

    /// <summary>Bytes of the table that finds the classes.</summary>
    public abstract long TableBytes { get; }

    /// <summary>How many values the request has in the dimension. All facts that the dimension reads are known.</summary>
    public virtual int CountValues(in RequestView view) => 1;

    /// <summary>The class of a value of the request, or <see cref="AtomClasses.None"/>.</summary>
    /// <param name="view">The request.</param>
    /// <param name="value">Which value, from 0.</param>
    public abstract int ClassOf(in RequestView view, int value);
}

/// <summary>A dimension with its keys.</summary>
internal abstract class Dimension<TKey>(string name, RelayFacts reads, IEqualityComparer<TKey>? comparer = null) : Dimension(name, reads)
    where TKey : notnull
{
    private AtomClassesBuilder<TKey>? _building = new(comparer);

    public sealed override bool Takes(Atom atom) => SetOf(atom) is not null;

    public sealed override void Count(Atom atom, bool isNegated) => Building.Count(SetOf(atom)!, KeysOf, isNegated);

    public sealed override void Classify()
    {
        if (FindParents(Building.Keys) is not { } parents) return;
        Classes = Building.Build(parents);
        AtomCount = Building.AtomCount;
        IsClassified = true;
    }

    public sealed override int NumberOf(Atom atom) => Building.NumberOf(SetOf(atom)!);

    public sealed override int SharingOf(int atom) => Building.SharingOf(atom);

    public sealed override void Seal() => _building = null;

    /// <summary>The set of an atom of this kind, else null. The same object is the same atom.</summary>
    protected abstract object? SetOf(Atom atom);

    protected abstract IEnumerable<TKey> KeysOf(object set);

    /// <summary>
    /// Makes the keys findable, the key at place i as class i + 1, and says for each the class that holds wherever it does, or
    /// <see cref="AtomClasses.None"/>. Null if the keys cannot be classified.
    /// </summary>
    protected abstract int[]? FindParents(IReadOnlyList<TKey> keys);

    private AtomClassesBuilder<TKey> Building => _building ?? throw new InvalidOperationException("The dimension is sealed.");
}
