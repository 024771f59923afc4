namespace RelayPolicy;

/// <summary>
/// The runs of IPv6 split at a number of upper bits: those that begin on such a boundary, and slices of long runs for the
/// values of the upper bits within which something begins.
/// </summary>
internal sealed class IPv6Split
{
    private readonly int _lowerBits;

    public IPv6Split(RunList<UInt128> runs, int upperBits)
    {
        _lowerBits = 128 - upperBits;
        foreach (int id in runs.Ids) FirstSliceId = Math.Max(FirstSliceId, id + 1);
        for (int begin = 0, end; begin < runs.Count; begin = end)
        {
            ulong upper = Upper(runs.First[begin]);
            for (end = begin + 1; end < runs.Count && Upper(runs.First[end]) == upper; end++) { }
            Add(runs, begin, end, upper);
        }

        SliceStarts.Add(LongFirst.Count);
    }

    public List<ulong> UpperFirst { get; } = [];

    /// <summary>The id of each upper run, or <see cref="FirstSliceId"/> and more for a slice.</summary>
    public List<int> UpperIds { get; } = [];

    public int FirstSliceId { get; }

    public List<int> SliceStarts { get; } = [];

    public List<UInt128> LongFirst { get; } = [];

    public List<int> LongIds { get; } = [];

    // The runs from begin to end share their upper bits.
    private void Add(RunList<UInt128> runs, int begin, int end, ulong upper)
    {
        UInt128 boundary = (UInt128)upper << _lowerBits;
        bool onBoundary = runs.First[begin] == boundary;
        if (onBoundary && end - begin == 1)
        {
            AddUpper(upper, runs.Ids[begin]);
            return;
        }

        AddUpper(upper, FirstSliceId + SliceStarts.Count);
        SliceStarts.Add(LongFirst.Count);
        if (!onBoundary) AddLong(boundary, runs.Ids[begin - 1]);
        for (int i = begin; i < end; i++) AddLong(runs.First[i], runs.Ids[i]);

        // What holds at the end of the slice goes on behind it, unless another run begins just there.
        bool isTop = upper == ulong.MaxValue >> (_lowerBits - 64);
        bool nextBegins = end < runs.Count && Upper(runs.First[end]) == upper + 1;
        if (!isTop && !nextBegins) AddUpper(upper + 1, runs.Ids[end - 1]);
    }

    private void AddUpper(ulong first, int id)
    {
        UpperFirst.Add(first);
        UpperIds.Add(id);
    }

    private void AddLong(UInt128 first, int id)
    {
        LongFirst.Add(first);
        LongIds.Add(id);
    }

    private ulong Upper(UInt128 address) => (ulong)(address >> _lowerBits);
}
