namespace RelayPolicy;

/// <summary>
/// A root table over the upper 16 of 48 bits, with a tree over the other 32 for each of their values in which something begins:
/// for the many runs of a large set of IPv6, which share few beginnings.
/// </summary>
internal sealed class ForestSearch : RunSearch
{
    private const int LowerBits = 32;
    private const int Roots = 1 << 16;

    // Where nothing begins, the id; where something does, _firstTreeId and the position of the tree.
    private readonly int[] _root = new int[Roots];
    private readonly int _firstTreeId;
    private readonly TreeSearch<uint>[] _trees;

    public ForestSearch(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        foreach (int id in ids) _firstTreeId = Math.Max(_firstTreeId, id + 1);
        var trees = new List<TreeSearch<uint>>();
        int before = 0;
        for (int root = 0, next = 0; root < Roots; root++)
        {
            int begin = next;
            while (next < first.Length && first[next] >> LowerBits == (ulong)root) next++;
            bool beginsWithin = next - begin > 1 || (next > begin && (uint)first[begin] != 0);
            int id = next > begin ? ids[next - 1] : before;
            _root[root] = beginsWithin ? _firstTreeId + trees.Count : id;
            if (beginsWithin) trees.Add(Tree(first[begin..next], ids[begin..next], before));
            before = id;
        }

        _trees = [.. trees];
    }

    public override long Bytes => (sizeof(int) * (long)_root.Length) + _trees.Sum(tree => tree.Bytes);

    public override int Find(ulong key)
    {
        int id = _root[(int)(key >> LowerBits)];
        return id < _firstTreeId ? id : _trees[id - _firstTreeId].Find((uint)key);
    }

    public override IEnumerable<(ulong First, int Id)> Runs()
    {
        for (int root = 0; root < Roots; root++)
        {
            ulong upper = (ulong)root << LowerBits;
            if (_root[root] < _firstTreeId)
            {
                yield return (upper, _root[root]);
                continue;
            }

            foreach ((ulong lower, int id) in _trees[_root[root] - _firstTreeId].Runs()) yield return (upper | lower, id);
        }
    }

    // A tree begins with the key 0; unless a run begins just there, the one before goes on.
    private static TreeSearch<uint> Tree(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids, int before) =>
        (uint)first[0] == 0 ? new TreeSearch<uint>(first, ids) : new TreeSearch<uint>([0, .. first], [before, .. ids]);
}
