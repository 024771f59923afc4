using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>Collects the atoms of a dimension and the keys of their sets.</summary>
internal sealed class AtomClassesBuilder<TKey>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<object, int> _atoms = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _uses = [];
    private readonly Dictionary<TKey, int> _numbers = new(comparer);
    private readonly List<TKey> _keys = [];
    private readonly List<int> _lastAtomOfKey = [];
    private readonly List<(int Key, int Atom)> _members = [];
    private int[]? _sharing;

    public IReadOnlyList<TKey> Keys => _keys;

    public int AtomCount => _uses.Count;

    /// <summary>Counts a set that a rule holds.</summary>
    /// <param name="set">The set itself: the same object is the same atom.</param>
    /// <param name="keysOf">Its keys.</param>
    /// <param name="isNegated">Whether the rule cannot rest on it.</param>
    public void Count(object set, Func<object, IEnumerable<TKey>> keysOf, bool isNegated)
    {
        ref int atom = ref CollectionsMarshal.GetValueRefOrAddDefault(_atoms, set, out bool exists);
        if (!exists)
        {
            atom = _uses.Count;
            _uses.Add(0);
            foreach (TKey key in keysOf(set)) AddMember(NumberOf(key), atom);
        }

        if (!isNegated) _uses[atom]++;
    }

    /// <summary>The number of the atom, from 0.</summary>
    public int NumberOf(object set) => _atoms[set];

    /// <summary>How many rules hold the key that most rules hold, of the keys of the atom. Known when all atoms are counted.</summary>
    public int SharingOf(int atom) => (_sharing ??= FindSharing())[atom];

    /// <summary>The classes, the key at place i as class i + 1.</summary>
    /// <param name="parents">The parent of each key's class, by the place of the key.</param>
    public AtomClasses Build(int[] parents)
    {
        int[] starts = new int[_keys.Count + 2];
        foreach ((int key, _) in _members) starts[key + 2]++;
        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        int[] atoms = new int[_members.Count];
        int[] next = starts[1..];
        foreach ((int key, int atom) in _members) atoms[next[key]++] = atom;
        var entries = new AtomClasses.Entry[_keys.Count + 1];
        for (int number = 1; number < entries.Length; number++)
        {
            int start = starts[number];
            int count = starts[number + 1] - start;
            entries[number] = new AtomClasses.Entry(parents[number - 1], count == 1 ? atoms[start] : start, count);
        }

        return new AtomClasses(entries, atoms);
    }

    private void AddMember(int key, int atom)
    {
        // Under a comparer, a list may name the same key twice.
        if (_lastAtomOfKey[key] == atom) return;
        _lastAtomOfKey[key] = atom;
        _members.Add((key, atom));
    }

    private int[] FindSharing()
    {
        int[] usesOfKey = new int[_keys.Count];
        foreach ((int key, int atom) in _members) usesOfKey[key] += _uses[atom];
        int[] sharing = new int[_uses.Count];
        foreach ((int key, int atom) in _members) sharing[atom] = Math.Max(sharing[atom], usesOfKey[key]);
        return sharing;
    }

    private int NumberOf(TKey key)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out bool exists);
        if (exists) return number;
        number = _keys.Count;
        _keys.Add(key);
        _lastAtomOfKey.Add(-1);
        return number;
    }
}
