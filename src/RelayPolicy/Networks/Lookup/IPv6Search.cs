using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// Finds the value id of an IPv6 address by its upper bits, 64 of them or 48: hardly any network is longer. Where one is, the
/// id names a slice of a sorted list of whole addresses, which is searched by halving.
/// </summary>
internal sealed class IPv6Search
{
    /// <summary>More runs than this pay for the memory and the cache misses of a root table.</summary>
    internal const int MaxTreeRuns = 2_048;

    private readonly RunSearch _upper;
    private readonly int _upperBits;

    // Ids from here on name slices: slice s is [_sliceStarts[s], _sliceStarts[s + 1]) of the long runs.
    private readonly int _firstSliceId;
    private readonly int[] _sliceStarts;

    // INVARIANT: within a slice the addresses ascend, and the first one has no bit set below the upper ones.
    private readonly UInt128[] _longFirst;
    private readonly IdColumn _longIds;

    public IPv6Search(RunList<UInt128> runs)
    {
        bool isTree = runs.Count <= MaxTreeRuns;
        _upperBits = isTree ? 64 : 48;
        var split = new IPv6Split(runs, _upperBits);
        _firstSliceId = split.FirstSliceId;
        _sliceStarts = [.. split.SliceStarts];
        _longFirst = [.. split.LongFirst];
        _longIds = new IdColumn([.. split.LongIds]);
        ulong[] first = [.. split.UpperFirst];
        int[] ids = [.. split.UpperIds];
        _upper = isTree ? new TreeSearch<ulong>(first, ids) : new ForestSearch(first, ids);
    }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => _upper.Bytes + (sizeof(int) * (long)_sliceStarts.Length) + (16L * _longFirst.Length) + _longIds.Bytes;

    public int Find(UInt128 address)
    {
        int id = _upper.Find((ulong)(address >> 64) >> (64 - _upperBits));
        return id < _firstSliceId ? id : FindInSlice(id - _firstSliceId, address);
    }

    public RunList<UInt128> ToRunList()
    {
        var runs = new RunListBuilder<UInt128>();
        foreach ((ulong first, int id) in _upper.Runs())
        {
            if (id < _firstSliceId)
            {
                runs.Append((UInt128)first << (128 - _upperBits), id);
                continue;
            }

            int slice = id - _firstSliceId;
            for (int i = _sliceStarts[slice]; i < _sliceStarts[slice + 1]; i++) runs.Append(_longFirst[i], _longIds[i]);
        }

        return runs.ToRunList();
    }

    private int FindInSlice(int slice, UInt128 address)
    {
        int low = _sliceStarts[slice];
        int count = _sliceStarts[slice + 1] - low;
        while (count > 1)
        {
            int half = count >> 1;
            if (_longFirst[low + half] <= address) low += half;
            count -= half;
        }

        return _longIds[low];
    }
}
