using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>Builds the index of a stage.</summary>
internal sealed class RuleIndexBuilder(int rules, Dimension[] dimensions)
{
    // Lists of classes with very many atoms may take so many times the place of the atoms and rules themselves; beyond that such a
    // class stands for all rules of the dimension, of which it then has a good part.
    private const int MaxMerging = 4;

    private readonly List<int> _lists = [.. Enumerable.Range(0, rules)];
    private readonly List<int> _withoutAnchor = [];
    private readonly List<(int Atom, int Rule)>[] _anchored = [.. dimensions.Select(_ => new List<(int, int)>())];

    /// <summary>Lets a rule rest on nothing. Rules come in ascending order.</summary>
    public void AddWithoutAnchor(int rule) => _withoutAnchor.Add(rule);

    /// <summary>Lets a rule rest on an atom. Rules come in ascending order.</summary>
    public void Add(int dimension, int atom, int rule) => _anchored[dimension].Add((atom, rule));

    public RuleIndex Build()
    {
        (int, int) withoutAnchor = AddList(CollectionsMarshal.AsSpan(_withoutAnchor));
        DimensionRules[] anchored = [.. Enumerable.Range(0, dimensions.Length).Where(number => _anchored[number].Count > 0).Select(Build)];
        return new RuleIndex([.. _lists], anchored, (0, rules), withoutAnchor);
    }

    private DimensionRules Build(int number)
    {
        AtomClasses classes = dimensions[number].Classes;
        List<(int Atom, int Rule)> anchored = _anchored[number];
        (int, int) all = AddList([.. anchored.Select(anchor => anchor.Rule).Distinct().Order()]);
        (int, int)[] lists = AddListsOfAtoms(anchored, dimensions[number].AtomCount);
        return new DimensionRules(number, classes, all, lists, MergeLists(classes, lists, all));
    }

    private (int Start, int End)[] AddListsOfAtoms(List<(int Atom, int Rule)> anchored, int atoms)
    {
        var lists = new (int, int)[atoms];
        var list = new List<int>();
        anchored.Sort();
        for (int i = 0; i < anchored.Count; i++)
        {
            (int atom, int rule) = anchored[i];
            if (list.Count == 0 || list[^1] != rule) list.Add(rule);
            if (i + 1 < anchored.Count && anchored[i + 1].Atom == atom) continue;
            lists[atom] = AddList(CollectionsMarshal.AsSpan(list));
            list.Clear();
        }

        return lists;
    }

    private Dictionary<int, (int Start, int End)> MergeLists(AtomClasses classes, (int Start, int End)[] lists, (int Start, int End) all)
    {
        var merged = new Dictionary<int, (int Start, int End)>();
        var known = new Dictionary<AtomList, (int Start, int End)>();
        long budget = MaxMerging * ((classes.Bytes / sizeof(int)) + rules);
        for (int number = 1; number <= classes.Count; number++)
        {
            ReadOnlySpan<int> atoms = classes.AtomsAt(number);
            if (atoms.Length <= DimensionRules.MaxAtoms) continue;
            var key = new AtomList(classes, number);
            if (!known.TryGetValue(key, out (int Start, int End) list))
            {
                int[] union = Union(atoms, lists);
                budget -= union.Length;
                list = budget >= 0 ? AddList(union) : all;
                known.Add(key, list);
            }

            if (list.Start != list.End) merged.Add(number, list);
        }

        return merged;
    }

    private int[] Union(ReadOnlySpan<int> atoms, (int Start, int End)[] lists)
    {
        var union = new List<int>();
        foreach (int atom in atoms) union.AddRange(CollectionsMarshal.AsSpan(_lists)[lists[atom].Start..lists[atom].End]);

        return [.. union.Distinct().Order()];
    }

    private (int Start, int End) AddList(ReadOnlySpan<int> list)
    {
        // The numbers of all rules stand first, so that every single rule is a list already.
        if (list is [int only]) return (only, only + 1);
        int start = _lists.Count;
        _lists.AddRange(list);
        return (start, _lists.Count);
    }

    /// <summary>The atoms of a class: classes with the same atoms share a list.</summary>
    private readonly struct AtomList(AtomClasses classes, int number) : IEquatable<AtomList>
    {
        private ReadOnlySpan<int> Atoms => classes.AtomsAt(number);

        public bool Equals(AtomList other) => Atoms.SequenceEqual(other.Atoms);

        public override bool Equals(object? obj) => obj is AtomList other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(Atoms));
            return hash.ToHashCode();
        }
    }
}
