using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>Collects the entries of a <see cref="SuffixIndex"/>.</summary>
/// <param name="hash">The hash that the index is to use.</param>
/// <param name="maxSize">The most octets that its records may take; at most <see cref="SuffixRecords.MaxSize"/>.</param>
internal sealed class SuffixIndexBuilder(SuffixHash hash, int maxSize)
{
    /// <summary>The most labels that 255 octets hold, each of one letter.</summary>
    private const int MaxLabels = 128;

    private const int MaxLabelsOfFirstProbe = 4;

    // One of so many.
    private const int HardlyAny = 64;

    // Suffixes that are no entries: hardly any for real names, a hundred for each of hostile ones.
    private const int MostAddedForOne = 2;
    private const int MostAddedAnyway = 1 << 20;

    private readonly Dictionary<ReadOnlyMemory<char>, int> _numbers = new(new NameComparer());
    private readonly List<Node> _nodes = [];
    private int _largestId = 1;
    private int _count;
    private long _size;

    /// <summary>A builder with the hash of this process and the largest size.</summary>
    public SuffixIndexBuilder()
        : this(SuffixHash.OfProcess, SuffixRecords.MaxSize)
    {
    }

    /// <summary>What is wrong with a list from which no index can be built.</summary>
    public static EntryError TooLarge => new(-1, "", "the names are too many, or too many of them have very many labels", "split the list");

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">A name or a wildcard.</param>
    /// <param name="id">Its id, at least 1.</param>
    /// <returns>False when the entry is there already with another id: then nothing changes.</returns>
    public bool TryAdd(DomainEntry entry, int id)
    {
        ref Node node = ref At(GetOrAdd(entry.Name.AsMemory()));
        ref int place = ref entry.IsWildcard ? ref node.Wildcard : ref node.Exact;
        if (place != 0) return place == id;
        place = id;
        _largestId = Math.Max(_largestId, id);
        _count++;
        return true;
    }

    /// <summary>The index of the entries, after which the builder is spent; null when it is <see cref="TooLarge"/>.</summary>
    public SuffixIndex? Build()
    {
        int probedLabels = LabelsOfFirstProbe();
        if (!TryAddSuffixes(probedLabels)) return null;
        int fewestLabelsOfWildcard = _nodes.Where(node => node.Wildcard != 0).Select(node => node.Labels).DefaultIfEmpty(int.MaxValue).Min();
        Inherit(fewestLabelsOfWildcard);
        return TryWrite(out SuffixRecords records, out SuffixBuckets buckets)
            ? new SuffixIndex(buckets, records, hash, probedLabels, fewestLabelsOfWildcard, _count)
            : null;
    }

    // So many that hardly a name has more: what is asked for is then found, or not, at the first probe. But no more than a few,
    // because every wildcard has to be looked for at each of them.
    private int LabelsOfFirstProbe()
    {
        Span<int> names = stackalloc int[MaxLabels + 1];
        names.Clear();
        foreach (ref readonly Node node in CollectionsMarshal.AsSpan(_nodes)) names[node.Labels]++;
        int labels = 1;
        for (int longer = _nodes.Count - names[1]; longer > _nodes.Count / HardlyAny && labels < MaxLabelsOfFirstProbe; longer -= names[labels]) labels++;
        return labels;
    }

    /// <summary>Leaves a record at every suffix of a longer name, from the number of labels of the first probe on.</summary>
    private bool TryAddSuffixes(int probedLabels)
    {
        int names = _nodes.Count;
        long most = names + ((long)names * MostAddedForOne) + MostAddedAnyway;
        for (int number = 0; number < names; number++)
        {
            ReadOnlyMemory<char> suffix = At(number).Name;
            for (int labels = At(number).Labels; labels > probedLabels; labels--)
            {
                suffix = Parent(suffix);
                ref Node parent = ref At(GetOrAdd(suffix));
                if (parent.HasLonger) break;
                parent.HasLonger = true;
            }

            // Long before all memory is full of the suffixes of deep names.
            if (_size > maxSize || _nodes.Count > most) return false;
        }

        return true;
    }

    // From fewer labels to more, so that the next longer record has all that is over it: from the first probe on it is the parent.
    private void Inherit(int fewestLabelsOfWildcard)
    {
        if (fewestLabelsOfWildcard == int.MaxValue) return;
        byte[] labels = new byte[_nodes.Count];
        int[] order = new int[_nodes.Count];
        for (int i = 0; i < order.Length; i++) (labels[i], order[i]) = ((byte)At(i).Labels, i);
        Array.Sort(labels, order);
        foreach (int number in order)
        {
            ref Node node = ref At(number);
            ReadOnlyMemory<char> suffix = node.Name;
            for (int left = node.Labels; left > fewestLabelsOfWildcard; left--)
            {
                suffix = Parent(suffix);
                if (!_numbers.TryGetValue(suffix, out int over)) continue;
                node.Inherited = At(over) is { Wildcard: not 0 } wildcard ? wildcard.Wildcard : At(over).Inherited;
                break;
            }
        }
    }

    private bool TryWrite(out SuffixRecords records, out SuffixBuckets buckets)
    {
        (records, buckets) = (default, default);
        int idWidth = SuffixRecords.IdWidth(_largestId);
        long size = 0;
        ulong[] hashes = new ulong[_nodes.Count];
        int[] order = new int[_nodes.Count];
        for (int i = 0; i < order.Length; i++)
        {
            ref Node node = ref At(i);
            size += SuffixRecords.Size(node.Name.Length, node.Flags, idWidth);
            hashes[i] = hash.Of(node.Name.Span, start: 0, NameOctets.Last(node.Name.Span));
            order[i] = i;
        }

        if (size > maxSize) return false;
        Array.Sort(hashes, order);
        records = new SuffixRecords((int)size, idWidth);
        buckets = new SuffixBuckets(order.Length);
        int record = SuffixRecords.First;
        for (int start = 0, end; start < order.Length; start = end)
        {
            int bucket = buckets.Number(hashes[start]);
            for (end = start + 1; end < order.Length && buckets.Number(hashes[end]) == bucket;) end++;
            buckets.Fill(hashes.AsSpan(start..end), record);
            for (int i = start; i < end; i++)
            {
                ref Node node = ref At(order[i]);
                SuffixFlags flags = node.Flags | (i == end - 1 ? SuffixFlags.EndsBucket : SuffixFlags.None);
                record = records.Write(record, node.Name.Span, flags, node.Exact, node.Wildcard, node.Inherited);
            }
        }

        return true;
    }

    private int GetOrAdd(ReadOnlyMemory<char> name)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out bool exists);
        if (exists) return number;
        number = _nodes.Count;
        _nodes.Add(new Node { Name = name, Labels = 1 + name.Span.Count('.') });
        _size += name.Length;
        return number;
    }

    private ref Node At(int number) => ref CollectionsMarshal.AsSpan(_nodes)[number];

    private static ReadOnlyMemory<char> Parent(ReadOnlyMemory<char> name) => name[(name.Span.IndexOf('.') + 1)..];

    /// <summary>A name that is to have a record. Ids are 0 for none.</summary>
    private record struct Node
    {
        public ReadOnlyMemory<char> Name { get; init; }

        public int Labels { get; init; }

        public bool HasLonger { get; set; }

        public int Exact;
        public int Wildcard;
        public int Inherited;

        public readonly SuffixFlags Flags =>
            (Exact == 0 ? 0 : SuffixFlags.Exact)
            | (Wildcard == 0 ? 0 : SuffixFlags.Wildcard)
            | (Inherited == 0 ? 0 : SuffixFlags.Inherited)
            | (HasLonger ? SuffixFlags.HasLonger : 0);
    }

    /// <summary>Compares names, which are in lower case already, so that a suffix needs no string of its own.</summary>
    private sealed class NameComparer : IEqualityComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> obj) => string.GetHashCode(obj.Span);
    }
}
