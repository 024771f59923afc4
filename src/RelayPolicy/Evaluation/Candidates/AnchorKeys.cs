using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>
/// The keys of one kind of anchor, such as the networks of all <c>Client.In</c> of a stage, and the rules that rest on them. First
/// every set is counted, so that what each would cost is known, then the chosen ones are given their rules.
/// </summary>
internal sealed class AnchorKeys<TKey>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    // A set with more keys that several rules rest on is one list to which its keys refer, not a copy for each key.
    private const int MaxKeysToCopy = 16;

    private readonly Dictionary<object, Source> _sources = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TKey, int> _numbers = new(comparer);
    private readonly List<TKey> _keys = [];
    private int[]? _uses;

    public IReadOnlyList<TKey> Keys => _keys;

    /// <summary>Counts a set that a rule holds.</summary>
    /// <param name="set">The set itself: the same object has the same keys.</param>
    /// <param name="keys">Its keys.</param>
    public void Count(object set, IEnumerable<TKey> keys)
    {
        if (!_sources.TryGetValue(set, out Source? source)) _sources.Add(set, source = new Source([.. keys.Select(NumberOf).Distinct()]));
        source.Uses++;
    }

    /// <summary>How many rules hold the key of the set that most rules hold. Known when all sets are counted.</summary>
    public int CostOf(object set)
    {
        int[] uses = _uses ??= CountUses();
        Source source = _sources[set];
        if (source.Cost < 0) source.Cost = source.Keys.Length == 0 ? 0 : source.Keys.Max(key => uses[key]);
        return source.Cost;
    }

    /// <summary>Lets a rule rest on the set. Rules come in ascending order.</summary>
    public void Add(object set, int rule)
    {
        List<int> rules = _sources[set].Rules;
        if (rules.Count == 0 || rules[^1] != rule) rules.Add(rule);
    }

    /// <summary>Every rule that rests on some key.</summary>
    public int[] AllRules() => [.. _sources.Values.SelectMany(source => source.Rules).Distinct().Order()];

    /// <summary>Writes the lists of the keys.</summary>
    /// <param name="lists">Where to.</param>
    /// <param name="order">The numbers of all keys, in an order in which every key comes after the one that <paramref name="over"/> names.</param>
    /// <param name="over">The number of the key that holds wherever this one does, or a negative number.</param>
    /// <returns>The chain of each key, by its number.</returns>
    public int[] Write(RuleListsBuilder lists, IEnumerable<int> order, Func<int, int> over)
    {
        (ulong[] pairs, List<(int Start, int End)>[] shared) = Distribute(lists);
        int[] begin = BeginOfEach(pairs);
        int[] chains = new int[_keys.Count];
        var rules = new List<int>();
        foreach (int key in order)
        {
            int above = over(key);
            int chain = above < 0 ? RuleLists.None : chains[above];
            foreach ((int start, int end) in shared[key] ?? []) chain = lists.AddLink(start, end, chain);
            rules.Clear();
            for (int i = begin[key]; i < begin[key + 1]; i++)
            {
                int rule = (int)(uint)pairs[i];
                if (rules.Count == 0 || rules[^1] != rule) rules.Add(rule);
            }

            (int first, int last) = lists.AddRange(CollectionsMarshal.AsSpan(rules));
            chains[key] = lists.AddLink(first, last, chain);
        }

        return chains;
    }

    // The key in the upper half, the rule in the lower one, in ascending order; and the lists that keys share.
    private (ulong[] Pairs, List<(int Start, int End)>[] Shared) Distribute(RuleListsBuilder lists)
    {
        var pairs = new List<ulong>();
        var shared = new List<(int Start, int End)>[_keys.Count];
        foreach (Source source in _sources.Values.Where(source => source.Rules.Count > 0))
        {
            bool copies = source.Rules.Count == 1 || source.Keys.Length <= MaxKeysToCopy;
            (int Start, int End) range = copies ? default : lists.AddRange(CollectionsMarshal.AsSpan(source.Rules));
            foreach (int key in source.Keys)
            {
                if (copies) pairs.AddRange(source.Rules.Select(rule => ((ulong)(uint)key << 32) | (uint)rule));
                else (shared[key] ??= []).Add(range);
            }
        }

        ulong[] sorted = [.. pairs];
        Array.Sort(sorted);
        return (sorted, shared);
    }

    private int[] BeginOfEach(ulong[] pairs)
    {
        int[] begin = new int[_keys.Count + 1];
        foreach (ulong pair in pairs) begin[(pair >> 32) + 1]++;
        for (int key = 0; key < _keys.Count; key++) begin[key + 1] += begin[key];
        return begin;
    }

    private int[] CountUses()
    {
        int[] uses = new int[_keys.Count];
        foreach (Source source in _sources.Values)
        {
            foreach (int key in source.Keys) uses[key] += source.Uses;
        }

        return uses;
    }

    private int NumberOf(TKey key)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out bool exists);
        if (exists) return number;
        number = _keys.Count;
        _keys.Add(key);
        return number;
    }

    private sealed class Source(int[] keys)
    {
        public int[] Keys { get; } = keys;

        public List<int> Rules { get; } = [];

        public int Uses { get; set; }

        public int Cost { get; set; } = -1;
    }
}
