using System.Numerics;

namespace RelayPolicy;

/// <summary>One tree over all runs.</summary>
internal sealed class TreeSearch<TKey> : RunSearch
    where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
{
    private readonly KeyTree<TKey> _tree;
    private readonly IdColumn _ids;

    public TreeSearch(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        var keys = new TKey[first.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = TKey.CreateTruncating(first[i]);
        _tree = new KeyTree<TKey>(keys);
        _ids = new IdColumn(ids);
    }

    public override long Bytes => _tree.Bytes + _ids.Bytes;

    public override int Find(ulong key) => _ids[_tree.FindLast(TKey.CreateTruncating(key))];

    public override IEnumerable<(ulong First, int Id)> Runs()
    {
        for (int i = 0; i < _tree.Count; i++) yield return (ulong.CreateTruncating(_tree.Keys[i]), _ids[i]);
    }
}
