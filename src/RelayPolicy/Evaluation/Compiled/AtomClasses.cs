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

    private readonly int[] _parents;
    private readonly int[] _starts;
    private readonly int[] _atoms;

    /// <param name="parents">The parent of each class.</param>
    /// <param name="starts">Where the atoms of each class begin, and where the last ones end.</param>
    /// <param name="atoms">The atoms of each class in ascending order.</param>
    public AtomClasses(int[] parents, int[] starts, int[] atoms) => (_parents, _starts, _atoms) = (parents, starts, atoms);

    public static AtomClasses Empty { get; } = new([None], [0, 0], []);

    /// <summary>How many classes there are besides <see cref="None"/>.</summary>
    public int Count => _parents.Length - 1;

    /// <summary>Bytes of the tables.</summary>
    public long Size => sizeof(int) * ((long)_parents.Length + _starts.Length + _atoms.Length);

    /// <summary>The class that holds wherever this one does.</summary>
    public int ParentOf(int number) => _parents[number];

    /// <summary>The atoms that hold in the class and not in its parent already, in ascending order.</summary>
    public ReadOnlySpan<int> AtomsAt(int number) => _atoms.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Whether the atom holds in the class.</summary>
    public bool Holds(int number, int atom)
    {
        for (; number != None; number = _parents[number])
        {
            ReadOnlySpan<int> atoms = AtomsAt(number);
            if (atoms.Length <= FewAtoms ? atoms.Contains(atom) : atoms.BinarySearch(atom) >= 0) return true;
        }

        return false;
    }
}
