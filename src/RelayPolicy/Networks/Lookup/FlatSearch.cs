using System.Numerics;

namespace RelayPolicy;

/// <summary>One tree over all runs: for few runs, which fit the nearest cache.</summary>
internal sealed class FlatSearch<TKey> : RunSearch
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private readonly KeyTree<TKey> _tree;
    private readonly IdColumn _ids;
    private readonly int _last;

    public FlatSearch(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        var keys = new TKey[first.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = TKey.CreateChecked(first[i]);
        _tree = new KeyTree<TKey>(keys);
        _ids = new IdColumn(ids);
        _last = keys.Length - 1;
    }

    public override int Find(ulong key) => _ids[_tree.FindLast(TKey.CreateTruncating(key), 0, _last)];

    public override IEnumerable<(ulong First, int Id)> Runs()
    {
        for (int i = 0; i < _tree.Count; i++) yield return (ulong.CreateTruncating(_tree.Keys[i]), _ids[i]);
    }
}
