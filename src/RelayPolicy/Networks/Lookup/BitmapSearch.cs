using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// A root table over the upper 16 of 32 bits, then nodes over 8 bits each: for the many runs of a large set of IPv4. A node is a
/// bitmap of the 256 places at which a run may begin; how many begin up to a place (its rank) tells which of the node's cells
/// holds there. A lookup takes three steps at most, whatever the set.
/// </summary>
internal sealed class BitmapSearch : RunSearch
{
    internal const int NodeWords = 5;

    private const int LowerBits = 16;
    private const int NodeBits = 8;
    private const int Header = 4;

    // A cell is an id, or _firstNodeId and the number of a node.
    private readonly int _firstNodeId;
    private readonly IdColumn _root;
    private readonly IdColumn _cells;

    // INVARIANT: five words a node. Four are the bitmap, whose first bit is set. The last holds the position of the node's first
    // cell, less one, in its lower half; in its upper half, a byte for each word of the bitmap: how many bits are set before it.
    private readonly ulong[] _nodes;

    public BitmapSearch(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids)
    {
        var nodes = new BitmapNodes(first, ids);
        _firstNodeId = nodes.FirstNodeId;
        _root = new IdColumn(nodes.Root);
        _cells = new IdColumn(nodes.Cells);
        _nodes = nodes.Nodes;
    }

    public override long Bytes => _root.Bytes + _cells.Bytes + (sizeof(ulong) * (long)_nodes.Length);

    public override int Find(ulong key)
    {
        int cell = _root[(int)(key >> LowerBits)];
        if (cell < _firstNodeId) return cell;
        cell = Cell(cell - _firstNodeId, (int)(key >> NodeBits) & 0xff);
        if (cell < _firstNodeId) return cell;
        return Cell(cell - _firstNodeId, (int)key & 0xff);
    }

    public override IEnumerable<(ulong First, int Id)> Runs()
    {
        var runs = new List<(ulong, int)>();
        for (int upper = 0; upper < 1 << LowerBits; upper++) AddRuns(runs, _root[upper], (ulong)upper << LowerBits, NodeBits);
        return runs;
    }

    private int Cell(int node, int place)
    {
        int word = (node * NodeWords) + (place >> 6);
        ulong header = _nodes[(node * NodeWords) + Header];
        int before = (int)(header >> (32 + ((place >> 6) * 8))) & 0xff;
        return _cells[(int)(uint)header + before + BitOperations.PopCount(_nodes[word] << (~place & 63))];
    }

    private void AddRuns(List<(ulong First, int Id)> runs, int cell, ulong first, int shift)
    {
        if (cell < _firstNodeId)
        {
            runs.Add((first, cell));
            return;
        }

        int node = cell - _firstNodeId;
        for (int place = 0; place < 1 << NodeBits; place++)
        {
            bool begins = (_nodes[(node * NodeWords) + (place >> 6)] >> place & 1) != 0;
            if (begins) AddRuns(runs, Cell(node, place), first | ((ulong)place << shift), shift - NodeBits);
        }
    }
}
