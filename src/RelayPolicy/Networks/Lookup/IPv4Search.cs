namespace RelayPolicy;

/// <summary>Finds the value id of an IPv4 address.</summary>
internal sealed class IPv4Search
{
    // More runs than this pay for the memory and the cache misses of a root table.
    internal const int MaxTreeRuns = 4_096;

    private readonly RunSearch _runs;

    public IPv4Search(RunList<uint> runs)
    {
        var first = new ulong[runs.Count];
        for (int i = 0; i < first.Length; i++) first[i] = runs.First[i];
        _runs = runs.Count <= MaxTreeRuns ? new TreeSearch<uint>(first, runs.Ids) : new BitmapSearch(first, runs.Ids);
    }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => _runs.Bytes;

    public int Find(uint address) => _runs.Find(address);

    public RunList<uint> ToRunList()
    {
        var runs = new RunListBuilder<uint>();
        foreach ((ulong first, int id) in _runs.Runs()) runs.Append((uint)first, id);
        return runs.ToRunList();
    }
}
