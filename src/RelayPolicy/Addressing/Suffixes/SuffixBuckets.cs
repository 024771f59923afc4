namespace RelayPolicy;

/// <summary>
/// Where the records of each hash stand: those of a bucket lie together, bucket after bucket. A bucket also holds a tag of each of
/// its first four records, an octet of its hash. So a name that is not there hardly ever reads a record, and one that is there reads
/// only its own: the processor need not wait for the record, which comes from memory, to know where to go on.
/// </summary>
internal readonly struct SuffixBuckets
{
    private const int Tags = 4;

    // Rarely more than four in a bucket, and yet six octets a record.
    private const double RecordsPerBucket = 4.0 / 3;

    private const uint Every = 0x0101_0101;
    private const uint LowBits = 0x7f * Every;

    // In the place of the last tag: there are more records than tags.
    private const byte More = 0xff;

    // From the lowest bit: 32 bits of the place of the first record, four tags of eight bits, from the first record on. An empty
    // bucket is 0, and no tag is.
    private readonly ulong[] _buckets;

    /// <param name="records">How many records there will be.</param>
    public SuffixBuckets(int records) => _buckets = new ulong[1 + (int)(records / RecordsPerBucket)];

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => sizeof(ulong) * (long)_buckets.Length;

    /// <summary>The bucket of a hash.</summary>
    public ulong this[ulong hash] => _buckets[Number(hash)];

    /// <summary>The number of the bucket of a hash: the order of the hashes is that of their buckets.</summary>
    public int Number(ulong hash) => (int)(((hash >> 32) * (uint)_buckets.Length) >> 32);

    /// <summary>Fills a bucket.</summary>
    /// <param name="hashes">The hashes of its records, at least one.</param>
    /// <param name="first">Where the first of them stands.</param>
    public void Fill(ReadOnlySpan<ulong> hashes, int first)
    {
        ulong bucket = (uint)first;
        for (int i = 0; i < Math.Min(Tags, hashes.Length); i++)
        {
            byte tag = i == Tags - 1 && hashes.Length > Tags ? More : Tag(hashes[i]);
            bucket |= (ulong)tag << (32 + (8 * i));
        }

        _buckets[Number(hashes[0])] = bucket;
    }

    /// <summary>The first record of a bucket.</summary>
    public static int First(ulong bucket) => (int)(uint)bucket;

    /// <summary>Whether a bucket holds records without a tag, from the fourth on.</summary>
    public static bool HasMore(ulong bucket) => bucket >> 56 == More;

    /// <summary>The records of a bucket that may be those of a hash: for the first one bit 7, for the second one bit 15, and so on.</summary>
    public static uint Matches(ulong bucket, ulong hash)
    {
        uint differences = (uint)(bucket >> 32) ^ (Tag(hash) * Every);
        return ~(((differences & LowBits) + LowBits) | differences | LowBits);
    }

    private static byte Tag(ulong hash) => (byte)Math.Clamp((uint)(byte)hash, 1, More - 1);
}
