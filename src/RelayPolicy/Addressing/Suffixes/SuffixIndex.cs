using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// Finds the longest entry that matches a name, among exact names and wildcards, in a number of probes that does not depend on
/// the number of labels of the name that is asked for.
/// <para>Hardly a name of a real list has more than a few labels. The first probe is the suffix with so many labels, or the whole
/// name when it has fewer. When it is there, it says whether longer names exist below it, and only then the next longer suffix is asked for; it also repeats the id
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
    private readonly int _probedLabels;
    private readonly int _fewestLabelsOfWildcard;

    /// <param name="buckets">Where the records of a hash begin.</param>
    /// <param name="records">The records, those of a bucket together.</param>
    /// <param name="hash">The hash by which they are put into buckets.</param>
    /// <param name="probedLabels">The most labels of the first probe, at least 1.</param>
    /// <param name="fewestLabelsOfWildcard">The fewest labels of a wildcard, not counting the asterisk; <c>int.MaxValue</c> without one.</param>
    /// <param name="count">The number of entries.</param>
    public SuffixIndex(SuffixBuckets buckets, SuffixRecords records, SuffixHash hash, int probedLabels, int fewestLabelsOfWildcard, int count)
    {
        _buckets = buckets;
        _records = records;
        _hash = hash;
        _probedLabels = probedLabels;
        _fewestLabelsOfWildcard = fewestLabelsOfWildcard;
        Count = count;
    }

    /// <summary>The index without entries.</summary>
    public static SuffixIndex Empty { get; } = new SuffixIndexBuilder().Build()!;

    /// <summary>How many different entries the index holds.</summary>
    public int Count { get; }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => _buckets.Bytes + _records.End;

    /// <summary>Whether there is a wildcard over a single label, such as <c>*.com</c>.</summary>
    public bool HasOneLabelWildcard => _fewestLabelsOfWildcard == 1;

    /// <summary>The id of the longest entry that matches, an exact name over every wildcard; 0 when none does.</summary>
    /// <param name="name">A domain name of <see cref="DomainName"/>.</param>
    public int Find(DomainName name) => Find(name.Value.AsSpan(), isKnownName: true);

    /// <summary>The id of the longest entry that matches, an exact name over every wildcard; 0 when none does.</summary>
    /// <param name="text">Anything. What is no domain name in ASCII (underscores allowed) matches nothing.</param>
    public int Find<T>(ReadOnlySpan<T> text)
        where T : unmanaged => Find(text, isKnownName: false);

    /// <summary>Every entry, in no particular order.</summary>
    public IEnumerable<DomainEntry> Entries()
    {
        for (int record = SuffixRecords.First; record < _records.End; record = _records.Next(record))
        {
            SuffixFlags flags = _records.Flags(record);
            if ((flags & SuffixFlags.Own) == 0) continue;
            string name = Encoding.ASCII.GetString(_records.Name(record));
            if ((flags & SuffixFlags.Exact) != 0) yield return new DomainEntry(name, IsWildcard: false);
            if ((flags & SuffixFlags.Wildcard) != 0) yield return new DomainEntry(name, IsWildcard: true);
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
            int same = other.FindRecord(_records.Name(record), 0, NameOctets.Last(_records.Name(record)));
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
            if (own != 0) sum += own * SuffixHash.OfProcess.Of(_records.Name(record), 0, NameOctets.Last(_records.Name(record)));
        }

        return sum.GetHashCode();
    }

    private int Find<T>(ReadOnlySpan<T> name, bool isKnownName)
        where T : unmanaged
    {
        if (name.Length is 0 or > MaxName) return 0;
        Vector128<byte> last = NameOctets.Last(name);
        int start = StartOfProbed(name, last, out int labels);
        int record = FindRecord(name, start, last);
        if (record == Missing) record = labels > _fewestLabelsOfWildcard ? FindShorter(name, last, labels, ref start) : Missing;
        else if (start > 0 && (_records.Flags(record) & SuffixFlags.HasLonger) != 0) record = FindLonger(name, last, record, ref start);
        if (record == Missing) return 0;
        if (start == 0) return _records.IdAt(record);
        int id = _records.IdBelow(record);

        // The record proves what it was compared with; what stands before it was not looked at yet.
        return id == 0 || isKnownName || LdhLabel.AreLabels(name[..(start - 1)]) ? id : 0;
    }

    /// <summary>Where the suffix of the first probe begins, or with all labels when the name has fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int StartOfProbed<T>(ReadOnlySpan<T> name, Vector128<byte> last, out int labels)
        where T : unmanaged
    {
        uint dots = NameOctets.Dots(last);
        for (labels = 1; labels < _probedLabels && dots != 0; labels++) dots ^= 0x8000_0000 >> BitOperations.LeadingZeroCount(dots);
        if (dots != 0) return name.Length - BitOperations.LeadingZeroCount(dots << NameOctets.Size);
        return name.Length <= NameOctets.Size ? 0 : StartOfProbedFarBack(name, out labels);
    }

    private int StartOfProbedFarBack<T>(ReadOnlySpan<T> name, out int labels)
        where T : unmanaged
    {
        int start = name.Length + 1;
        for (labels = 0; labels < _probedLabels && start > 0; labels++) start = NameOctets.LastDot(name[..(start - 1)]) + 1;
        return start;
    }

    private int FindLonger<T>(ReadOnlySpan<T> name, Vector128<byte> last, int record, ref int start)
        where T : unmanaged
    {
        while (start > 0 && (_records.Flags(record) & SuffixFlags.HasLonger) != 0)
        {
            int longer = NameOctets.LastDot(name[..(start - 1)]) + 1;
            int next = FindRecord(name, longer, last);
            if (next == Missing) break;
            (record, start) = (next, longer);
        }

        return record;
    }

    private int FindShorter<T>(ReadOnlySpan<T> name, Vector128<byte> last, int labels, ref int start)
        where T : unmanaged
    {
        int record = Missing;
        for (; labels > _fewestLabelsOfWildcard && record == Missing; labels--)
        {
            start += NameOctets.FirstDot(name[start..]) + 1;
            record = FindRecord(name, start, last);
        }

        return record;
    }

    private int FindRecord<T>(ReadOnlySpan<T> name, int start, Vector128<byte> last)
        where T : unmanaged
    {
        ulong hash = _hash.Of(name, start, last);
        ulong bucket = _buckets[hash];
        int record = SuffixBuckets.First(bucket);
        int place = 0;
        for (uint matches = SuffixBuckets.Matches(bucket, hash); matches != 0; matches &= matches - 1)
        {
            for (int match = BitOperations.TrailingZeroCount(matches) / 8; place < match; place++) record = _records.Next(record);
            if (_records.IsOf(record, name, start, last)) return record;
        }

        return SuffixBuckets.HasMore(bucket) ? FindInFull(bucket, name, start, last) : Missing;
    }

    private int FindInFull<T>(ulong bucket, ReadOnlySpan<T> name, int start, Vector128<byte> last)
        where T : unmanaged
    {
        for (int record = SuffixBuckets.First(bucket); ; record = _records.Next(record))
        {
            if (_records.IsOf(record, name, start, last)) return record;
            if ((_records.Flags(record) & SuffixFlags.EndsBucket) != 0) return Missing;
        }
    }
}
