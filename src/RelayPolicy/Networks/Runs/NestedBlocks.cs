using System.Numerics;
using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>The networks of one family with their value ids: any two are equal, apart, or one inside the other.</summary>
internal sealed class NestedBlocks<TAddress>
    where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress>
{
    private readonly List<AddressBlock<TAddress>> _blocks = [];
    private readonly List<Entry> _entries = [];

    private readonly record struct Entry(int Index, int Id);

    /// <summary>How many different blocks there are; known after <see cref="Flatten"/>.</summary>
    public int DistinctCount { get; private set; }

    public void Add(AddressBlock<TAddress> block, int id, int index)
    {
        _blocks.Add(block);
        _entries.Add(new Entry(index, id));
    }

    /// <summary>Every address under the id of the smallest block that holds it.</summary>
    /// <param name="onConflict">Is given each block that came with another id before: the block, its index, and the earlier one's.</param>
    public RunList<TAddress> Flatten(Action<AddressBlock<TAddress>, int, int> onConflict)
    {
        Span<AddressBlock<TAddress>> blocks = CollectionsMarshal.AsSpan(_blocks);
        Span<Entry> entries = CollectionsMarshal.AsSpan(_entries);
        blocks.Sort(entries);
        DistinctCount = 0;
        for (int begin = 0, end; begin < blocks.Length; begin = end)
        {
            for (end = begin + 1; end < blocks.Length && blocks[end] == blocks[begin]; end++) { }
            DistinctCount++;
            if (end - begin > 1) FindConflicts(blocks[begin], entries[begin..end], onConflict);
        }

        return RunList<TAddress>.Flatten(blocks, entries, static entry => entry.Id);
    }

    private static void FindConflicts(AddressBlock<TAddress> block, Span<Entry> same, Action<AddressBlock<TAddress>, int, int> onConflict)
    {
        same.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        foreach (Entry entry in same[1..])
        {
            if (entry.Id != same[0].Id) onConflict(block, entry.Index, same[0].Index);
        }
    }
}
