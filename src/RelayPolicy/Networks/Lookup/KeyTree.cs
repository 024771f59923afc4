using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RelayPolicy;

/// <summary>
/// A static B-tree over ascending keys, made of one array without pointers. A block is one cache line of keys and is searched
/// with one comparison of vectors, without a branch; every level above samples the first key of each block below.
/// </summary>
/// <typeparam name="TKey">An unsigned integer: <see cref="uint"/> or <see cref="ulong"/>.</typeparam>
internal sealed class KeyTree<TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
{
    private const int BlockBytes = 64;

    // The top level may be this wide: comparing a few blocks, none of which waits for another, takes less time than going down
    // one more level.
    private const int MaxTopBlocks = 4;

    // All levels, the keys themselves first. INVARIANT: each level ascends and fills whole blocks, the last one with the largest
    // key; the first key of a level is 0.
    private readonly TKey[] _keys;
    private readonly int[] _levelStarts;
    private readonly int _top;

    /// <param name="keys">Ascending; the first is 0.</param>
    public KeyTree(ReadOnlySpan<TKey> keys)
    {
        Count = keys.Length;
        int total = 0;
        var starts = new List<int>();
        for (int length = keys.Length; ; length = BlocksOf(length))
        {
            starts.Add(total);
            total += BlocksOf(length) * BlockLength;
            if (BlocksOf(length) <= MaxTopBlocks) break;
        }

        _levelStarts = [.. starts];
        _keys = new TKey[total];
        Array.Fill(_keys, TKey.MaxValue);
        keys.CopyTo(_keys);
        int below = keys.Length;
        for (int level = 1; level < _levelStarts.Length; level++)
        {
            below = BlocksOf(below);
            for (int i = 0; i < below; i++) _keys[_levelStarts[level] + i] = _keys[_levelStarts[level - 1] + (i * BlockLength)];
        }

        _top = _levelStarts[^1];
    }

    public int Count { get; }

    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, Count);

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => (long)_keys.Length * Unsafe.SizeOf<TKey>();

    private static int BlockLength => BlockBytes / Unsafe.SizeOf<TKey>();

    /// <summary>The position of the last key that is at most the given one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindLast(TKey key)
    {
        // What fills a block up is the largest key; below it, no search ever gets there.
        if (key == TKey.MaxValue) return Count - 1;
        int at = -1;
        for (int block = _top; block < _keys.Length; block += BlockLength) at += CountAtMost(_keys.AsSpan(block, BlockLength), key);
        for (int level = _levelStarts.Length - 2; level >= 0; level--)
        {
            int block = at * BlockLength;
            at = block + CountAtMost(_keys.AsSpan(_levelStarts[level] + block, BlockLength), key) - 1;
        }

        return at;
    }

    // How many keys of the block are at most the given one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountAtMost(ReadOnlySpan<TKey> block, TKey key)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Create(block), Vector512.Create(key)).ExtractMostSignificantBits());
        }

        int count = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<TKey> keys = Vector256.Create(key);
            for (int i = 0; i < BlockLength; i += Vector256<TKey>.Count)
            {
                count += BitOperations.PopCount(Vector256.LessThanOrEqual(Vector256.Create(block[i..]), keys).ExtractMostSignificantBits());
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<TKey> keys = Vector128.Create(key);
            for (int i = 0; i < BlockLength; i += Vector128<TKey>.Count)
            {
                count += BitOperations.PopCount(Vector128.LessThanOrEqual(Vector128.Create(block[i..]), keys).ExtractMostSignificantBits());
            }
        }
        else
        {
            foreach (TKey other in block) count += other <= key ? 1 : 0;
        }

        return count;
    }

    private static int BlocksOf(int length) => (length + BlockLength - 1) / BlockLength;
}
