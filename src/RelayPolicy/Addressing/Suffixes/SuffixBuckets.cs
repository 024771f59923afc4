namespace RelayPolicy;

/// <summary>Where the records of each hash begin: they lie together, bucket after bucket.</summary>
internal readonly struct SuffixBuckets
{
    // Few enough records to be read in a row, enough of them that the buckets take little memory.
    private const int RecordsPerBucket = 2;

    // Lower half: where the first record of the bucket stands. Upper half: a set of the lowest five bits of the hashes of its
    // records, so that a name that is not there mostly ends here. An empty bucket is 0.
    private readonly ulong[] _buckets;

    /// <param name="records">How many records there will be.</param>
    public SuffixBuckets(int records) => _buckets = new ulong[1 + (records / RecordsPerBucket)];

    /// <summary>The number of the bucket of a hash: the order of the hashes is that of their buckets.</summary>
    public int Number(ulong hash) => (int)(((hash >> 32) * (uint)_buckets.Length) >> 32);

    /// <summary>Adds a record; the first one of a bucket comes first.</summary>
    public void Add(ulong hash, int record)
    {
        ref ulong bucket = ref _buckets[Number(hash)];
        if (bucket == 0) bucket = (uint)record;
        bucket |= Bit(hash);
    }

    /// <summary>The first record of the bucket of a hash, unless no record there has that hash.</summary>
    public bool TryFindFirst(ulong hash, out int record)
    {
        ulong bucket = _buckets[Number(hash)];
        record = (int)(uint)bucket;
        return (bucket & Bit(hash)) != 0;
    }

    private static ulong Bit(ulong hash) => 1UL << 32 << (int)(hash & 31);
}
