using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RelayPolicy;

/// <summary>
/// A static B-tree over keys, made of arrays without pointers. A block is one cache line of keys and is searched with one
/// comparison of vectors, without a branch; every level above samples the first key of each block below. The keys may be
/// cut into segments, each sorted by itself: a search is told the segment and climbs no higher than the segment is wide,
/// so that many small sorted lists share one tree and pay nothing for it.
/// </summary>
/// <typeparam name="TKey">An unsigned integer: <see cref="ushort"/>, <see cref="uint"/> or <see cref="ulong"/>.</typeparam>
internal sealed class KeyTree<TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private const int BlockBytes = 64;

    // All levels, the keys themselves first. Each level fills whole blocks; what follows its last key is never looked at.
    private readonly TKey[] _keys;
    private readonly int[] _levelStarts;

    public KeyTree(ReadOnlySpan<TKey> keys)
    {
        Count = keys.Length;
        int total = 0;
        var starts = new List<int>();
        for (int length = keys.Length; ; length = BlocksOf(length))
        {
            starts.Add(total);
            total += BlocksOf(length) * BlockLength;
            if (length <= BlockLength) break;
        }

        _levelStarts = [.. starts];
        _keys = new TKey[total];
        keys.CopyTo(_keys);
        int below = keys.Length;
        for (int level = 1; level < _levelStarts.Length; level++)
        {
            below = BlocksOf(below);
            for (int i = 0; i < below; i++) _keys[_levelStarts[level] + i] = _keys[_levelStarts[level - 1] + (i * BlockLength)];
        }
    }

    public int Count { get; }

    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, Count);

    private static int BlockLength => BlockBytes / Unsafe.SizeOf<TKey>();

    // The base 2 logarithm of BlockLength; both become constants.
    private static int Shift => Unsafe.SizeOf<TKey>() switch { 2 => 5, 4 => 4, _ => 3 };

    /// <summary>The position of the last key in a segment that is at most the given key.</summary>
    /// <param name="key">The key to look for.</param>
    /// <param name="first">The position of the segment's first key, which must be at most the given key.</param>
    /// <param name="last">The position of the segment's last key.</param>
    public int FindLast(TKey key, int first, int last)
    {
        int level = LevelOf(first, last);
        int block = first >> (Shift * (level + 1));
        while (true)
        {
            int at = FindInBlock(key, level, block, first >> (Shift * level), last >> (Shift * level));
            if (level == 0) return at;
            block = at;
            level--;
        }
    }

    // The lowest level on which the segment lies within one block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LevelOf(int first, int last) => (31 - BitOperations.LeadingZeroCount((uint)(first ^ last) | 1)) / Shift;

    // INVARIANT: within [first, last] the keys of a level ascend, and the key at first, or the first one of the block if that
    // is later, is at most the wanted one: at the top because a segment begins with such a key, below because the level above
    // chose the block by its first key. So only keys behind it are compared, and none that belongs to another segment.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindInBlock(TKey key, int level, int block, int first, int last)
    {
        int origin = block << Shift;
        int from = Math.Max(first, origin);
        int end = Math.Min(last - origin, BlockLength - 1);
        ulong atMost = AtMost(_keys.AsSpan(_levelStarts[level] + origin, BlockLength), key);
        ulong withinSegment = (2UL << end) - 1;
        return from + BitOperations.PopCount((atMost & withinSegment) >> (from - origin) >> 1);
    }

    // One bit for each key of the block, the lowest for the first: whether it is at most the given one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AtMost(ReadOnlySpan<TKey> block, TKey key)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual(Vector512.Create(block), Vector512.Create(key)).ExtractMostSignificantBits();
        }

        ulong bits = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<TKey> keys = Vector256.Create(key);
            for (int i = 0; i < BlockLength; i += Vector256<TKey>.Count)
            {
                bits |= (ulong)Vector256.LessThanOrEqual(Vector256.Create(block[i..]), keys).ExtractMostSignificantBits() << i;
            }

            return bits;
        }

        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<TKey> keys = Vector128.Create(key);
            for (int i = 0; i < BlockLength; i += Vector128<TKey>.Count)
            {
                bits |= (ulong)Vector128.LessThanOrEqual(Vector128.Create(block[i..]), keys).ExtractMostSignificantBits() << i;
            }

            return bits;
        }

        for (int i = 0; i < BlockLength; i++) bits |= block[i] <= key ? 1UL << i : 0;
        return bits;
    }

    private static int BlocksOf(int length) => (length + BlockLength - 1) / BlockLength;
}
