using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// Builds the root and the nodes of <see cref="BitmapSearch"/>, whose layout is described there. The lower nodes come first, so
/// that cells, which name no others, hold small numbers.
/// </summary>
internal sealed class BitmapNodes
{
    private const int Places = 256;

    private readonly List<ulong> _lower = [];
    private readonly List<ulong> _upper = [];
    private readonly List<int> _cells = [];

    /// <param name="first">The first key of each run, ascending from 0, in 32 bits.</param>
    /// <param name="ids">The id of each run.</param>
    public BitmapNodes(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        foreach (int id in ids) FirstNodeId = Math.Max(FirstNodeId, id + 1);
        var hasNode = new List<int>();
        int before = 0;
        for (int root = 0, next = 0; root < Root.Length; root++)
        {
            int begin = next;
            while (next < first.Length && (int)(first[next] >> 16) == root) next++;
            Root[root] = Cell(first[begin..next], ids[begin..next], before, bits: 16);
            if (Root[root] >= FirstNodeId) hasNode.Add(root);
            if (next > begin) before = ids[next - 1];
        }

        foreach (int root in hasNode) Root[root] += _lower.Count / BitmapSearch.NodeWords;
    }

    public int FirstNodeId { get; }

    public int[] Root { get; } = new int[1 << 16];

    public int[] Cells => [.. _cells];

    public ulong[] Nodes => [.. _lower, .. _upper];

    // The cell for some lower bits of the key: an id if nothing begins within, else a new node.
    private int Cell(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids, int before, int bits)
    {
        bool beginsWithin = first.Length > 1 || (first.Length == 1 && (first[0] & ((1UL << bits) - 1)) != 0);
        if (!beginsWithin) return first.Length == 1 ? ids[0] : before;
        if (bits == 0) return ids[^1];
        int shift = bits - 8;
        ulong[] bitmap = new ulong[4];
        var cells = new List<int>();
        bool goesOn = true; // what holds behind the last place, or before the first one, begins a run at the next
        for (int place = 0, next = 0; place < Places; place++)
        {
            int begin = next;
            while (next < first.Length && (int)(first[next] >> shift & 0xff) == place) next++;
            if (begin == next && !goesOn) continue;
            int cell = Cell(first[begin..next], ids[begin..next], before, shift);
            cells.Add(cell);
            bitmap[place >> 6] |= 1UL << place;
            goesOn = cell >= FirstNodeId;
            if (next > begin) before = ids[next - 1];
        }

        return AddNode(bits == 16 ? _upper : _lower, bitmap, cells);
    }

    private int AddNode(List<ulong> nodes, ulong[] bitmap, List<int> cells)
    {
        ulong header = (uint)(_cells.Count - 1);
        int before = 0;
        for (int word = 0; word < bitmap.Length; word++)
        {
            header |= (ulong)before << (32 + (word * 8));
            before += BitOperations.PopCount(bitmap[word]);
        }

        _cells.AddRange(cells);
        nodes.AddRange([.. bitmap, header]);
        return FirstNodeId + (nodes.Count / BitmapSearch.NodeWords) - 1;
    }
}
