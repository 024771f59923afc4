using System.Numerics;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// Finds the longest entry that matches a name, among exact names and wildcards, in a number of probes that does not depend on
/// the number of labels of the name that is asked for.
/// <para>Most names of a real list have the same number of labels. The first probe is the suffix with so many labels. When it is
/// there, it says whether longer names exist below it, and only then the next longer suffix is asked for; it also repeats the id
/// of the longest wildcard over it, so no shorter one is. When it is not there, no longer name is either, because every longer
/// name has left a record at each of its suffixes down to there; then only shorter wildcards remain, if the list has any.</para>
/// </summary>
internal sealed class SuffixIndex
{
    /// <summary>The most octets of a domain name (RFC 5321 §4.5.3.1.2).</summary>
    private const int MaxName = 255;

    private const int Missing = -1;

    private readonly SuffixBuckets _buckets;
    private readonly SuffixRecords _records;
    private readonly SuffixHash _hash;
    private readonly int _commonLabels;
    private readonly int _fewestLabelsOfWildcard;

    /// <param name="buckets">Where the records of a hash begin.</param>
    /// <param name="records">The records, those of a bucket together.</param>
    /// <param name="hash">The hash by which they are put into buckets.</param>
    /// <param name="commonLabels">The number of labels of most names, at least 1.</param>
    /// <param name="fewestLabelsOfWildcard">The fewest labels of a wildcard, not counting the asterisk; <c>int.MaxValue</c> without one.</param>
    /// <param name="count">The number of entries.</param>
    public SuffixIndex(SuffixBuckets buckets, SuffixRecords records, SuffixHash hash, int commonLabels, int fewestLabelsOfWildcard, int count)
    {
        _buckets = buckets;
        _records = records;
        _hash = hash;
        _commonLabels = commonLabels;
        _fewestLabelsOfWildcard = fewestLabelsOfWildcard;
        Count = count;
    }

    /// <summary>The index without entries.</summary>
    public static SuffixIndex Empty { get; } = new SuffixIndexBuilder().Build()!;

    /// <summary>How many different entries the index holds.</summary>
    public int Count { get; }

    /// <summary>Whether there is a wildcard over a single label, such as <c>*.com</c>.</summary>
    public bool HasOneLabelWildcard => _fewestLabelsOfWildcard == 1;

    /// <summary>The id of the longest entry that matches, an exact name over every wildcard; 0 when none does.</summary>
    /// <param name="name">A domain name of <see cref="DomainName"/>.</param>
    public int Find(DomainName name) => Find(name.Value.AsSpan(), isKnownName: true);

    /// <summary>The id of the longest entry that matches, an exact name over every wildcard; 0 when none does.</summary>
    /// <param name="text">Anything. What is no domain name in ASCII (underscores allowed) matches nothing.</param>
    public int Find<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T> => Find(text, isKnownName: false);

    /// <summary>Every entry, in no particular order.</summary>
    public IEnumerable<DomainEntry> Entries()
    {
        for (int record = SuffixRecords.First; record < _records.End; record = _records.Next(record))
        {
            SuffixFlags flags = _records.Flags(record);
            if ((flags & SuffixFlags.Own) == 0) continue;
            string name = Encoding.ASCII.GetString(_records.Name(record));
            if (flags.HasFlag(SuffixFlags.Exact)) yield return new DomainEntry(name, IsWildcard: false);
            if (flags.HasFlag(SuffixFlags.Wildcard)) yield return new DomainEntry(name, IsWildcard: true);
        }
    }

    /// <summary>Whether both indexes hold the same entries, whatever their ids.</summary>
    public bool HasSameEntries(SuffixIndex other)
    {
        if (Count != other.Count) return false;
        for (int record = SuffixRecords.First; record < _records.End; record = _records.Next(record))
        {
            SuffixFlags own = _records.Flags(record) & SuffixFlags.Own;
            if (own == 0) continue;
            int same = other.FindRecord(_records.Name(record), start: 0);
            if (same == Missing || (other._records.Flags(same) & SuffixFlags.Own) != own) return false;
        }

        return true;
    }

    /// <summary>A hash of the entries that does not depend on their order, for this process.</summary>
    public int HashOfEntries()
    {
        ulong sum = 0;
        for (int record = SuffixRecords.First; record < _records.End; record = _records.Next(record))
        {
            uint own = (uint)(_records.Flags(record) & SuffixFlags.Own);
            if (own != 0) sum += own * SuffixHash.OfProcess.Of(_records.Name(record), start: 0);
        }

        return sum.GetHashCode();
    }

    private int Find<T>(ReadOnlySpan<T> name, bool isKnownName)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (name.Length is 0 or > MaxName) return 0;
        int start = name.Length + 1;
        int labels = 0;
        while (labels < _commonLabels && start > 0)
        {
            start = NameWords.LastDot(name, start - 1) + 1;
            labels++;
        }

        int record = FindRecord(name, start);
        record = record == Missing ? FindShorter(name, labels, ref start) : FindLonger(name, record, ref start);
        if (record == Missing) return 0;
        if (start == 0) return _records.IdAt(record);
        int id = _records.IdBelow(record);

        // The record proves what it was compared with; what stands before it was not looked at yet.
        return id == 0 || isKnownName || LdhLabel.AreLabels(name[..(start - 1)]) ? id : 0;
    }

    private int FindLonger<T>(ReadOnlySpan<T> name, int record, ref int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (start > 0 && _records.Flags(record).HasFlag(SuffixFlags.HasLonger))
        {
            int longer = NameWords.LastDot(name, start - 1) + 1;
            int next = FindRecord(name, longer);
            if (next == Missing) break;
            (record, start) = (next, longer);
        }

        return record;
    }

    private int FindShorter<T>(ReadOnlySpan<T> name, int labels, ref int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        int record = Missing;
        for (; labels > _fewestLabelsOfWildcard && record == Missing; labels--)
        {
            start += NameWords.FirstDot(name[start..]) + 1;
            record = FindRecord(name, start);
        }

        return record;
    }

    private int FindRecord<T>(ReadOnlySpan<T> name, int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!_buckets.TryFindFirst(_hash.Of(name, start), out int record)) return Missing;
        while (!_records.IsOf(record, name, start))
        {
            if (_records.Flags(record).HasFlag(SuffixFlags.EndsBucket)) return Missing;
            record = _records.Next(record);
        }

        return record;
    }
}
