namespace RelayPolicy;

/// <summary>
/// The classes of a dimension and the atoms that hold in each. There is one class for each key of each set, and one, named
/// <see cref="None"/>, for all other values. What holds for an address holds for every network around it, and what holds for a name
/// for every wildcard over it: so a class has a parent, and no list of atoms repeats another.
/// </summary>
internal sealed class AtomClasses
{
    /// <summary>The class of the values that no set holds.</summary>
    public const int None = 0;

    private const int FewAtoms = 16;

    private readonly Entry[] _entries;
    private readonly int[] _atoms;

    /// <param name="entries">The classes, <see cref="None"/> first.</param>
    /// <param name="atoms">The atoms of each class in ascending order.</param>
    public AtomClasses(Entry[] entries, int[] atoms) => (_entries, _atoms) = (entries, atoms);

    public static AtomClasses Empty { get; } = new(new Entry[1], []);

    /// <summary>How many classes there are besides <see cref="None"/>.</summary>
    public int Count => _entries.Length - 1;

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => (3 * sizeof(int) * (long)_entries.Length) + (sizeof(int) * (long)_atoms.Length);

    /// <summary>The class that holds wherever this one does.</summary>
    public int ParentOf(int number) => _entries[number].Parent;

    /// <summary>The atoms that hold in the class and not in its parent already, in ascending order.</summary>
    public ReadOnlySpan<int> AtomsAt(int number) => AtomsOf(in _entries[number]);

    /// <summary>Whether the atom holds in the class.</summary>
    public bool Holds(int number, int atom)
    {
        while (number != None)
        {
            ref readonly Entry entry = ref _entries[number];
            ReadOnlySpan<int> atoms = AtomsOf(in entry);
            if (atoms.Length <= FewAtoms ? atoms.Contains(atom) : atoms.BinarySearch(atom) >= 0) return true;
            number = entry.Parent;
        }

        return false;
    }

    // Most classes have one atom, which then stands in the entry itself.
    private ReadOnlySpan<int> AtomsOf(ref readonly Entry entry) =>
        entry.Count == 1 ? new ReadOnlySpan<int>(in entry.Atoms) : _atoms.AsSpan(entry.Atoms, entry.Count);

    /// <summary>A class.</summary>
    /// <param name="parent">The class that holds wherever this one does.</param>
    /// <param name="atoms">The atom, if it is one; else where its atoms begin.</param>
    /// <param name="count">How many atoms it has.</param>
    public readonly struct Entry(int parent, int atoms, int count)
    {
        public readonly int Parent = parent;
        public readonly int Atoms = atoms;
        public readonly int Count = count;
    }
}
