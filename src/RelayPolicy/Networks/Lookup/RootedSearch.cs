using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>
/// A root table over the upper 16 bits of the key, which names for each of their values a segment of one tree over the lower
/// bits: for many runs. A key has 16 bits and those of <typeparamref name="TKey"/>.
/// </summary>
internal sealed class RootedSearch<TKey> : RunSearch
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private const int Segments = 1 << 16;

    // INVARIANT: the segment of root r is [_root[r], _root[r + 1]), is not empty, and begins with the key 0.
    private readonly int[] _root = new int[Segments + 1];
    private readonly KeyTree<TKey> _tree;
    private readonly IdColumn _ids;

    public RootedSearch(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        var keys = new List<TKey>(first.Length + Segments);
        var cells = new List<int>(first.Length + Segments);
        int next = 0;
        for (int root = 0; root < Segments; root++)
        {
            _root[root] = keys.Count;
            bool begins = next < first.Length && first[next] == (ulong)root << KeyBits;
            if (!begins)
            {
                keys.Add(TKey.Zero);
                cells.Add(ids[next - 1]);
            }

            for (; next < first.Length && first[next] >> KeyBits == (ulong)root; next++)
            {
                keys.Add(TKey.CreateTruncating(first[next]));
                cells.Add(ids[next]);
            }
        }

        _root[Segments] = keys.Count;
        _tree = new KeyTree<TKey>([.. keys]);
        _ids = new IdColumn([.. cells]);
    }

    private static int KeyBits => Unsafe.SizeOf<TKey>() * 8;

    public override int Find(ulong key)
    {
        int root = (int)(key >> KeyBits);
        return _ids[_tree.FindLast(TKey.CreateTruncating(key), _root[root], _root[root + 1] - 1)];
    }

    public override IEnumerable<(ulong First, int Id)> Runs()
    {
        for (int root = 0; root < Segments; root++)
        {
            for (int i = _root[root]; i < _root[root + 1]; i++)
            {
                yield return (((ulong)root << KeyBits) | ulong.CreateTruncating(_tree.Keys[i]), _ids[i]);
            }
        }
    }
}
