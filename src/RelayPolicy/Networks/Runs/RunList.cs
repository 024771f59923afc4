using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// The addresses of one family cut into runs: from the first address of a run up to the next run, all addresses have one
/// value id; id 0 says that no network holds them. The form in which tables are built, combined and compared.
/// </summary>
/// <typeparam name="TAddress">The address as a number: <see cref="uint"/> for IPv4, <see cref="UInt128"/> for IPv6.</typeparam>
internal sealed class RunList<TAddress> : IEquatable<RunList<TAddress>>
    where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress>
{
    /// <summary>No address in any network.</summary>
    public static readonly RunList<TAddress> Nobody = new([TAddress.Zero], [0]);

    /// <summary>Every address of the family under the id 1.</summary>
    public static readonly RunList<TAddress> Everybody = new([TAddress.Zero], [1]);

    // INVARIANT: same length, at least one; _first[0] is 0; _first ascends; neighbours in _ids differ.
    private readonly TAddress[] _first;
    private readonly int[] _ids;

    public RunList(TAddress[] first, int[] ids) => (_first, _ids) = (first, ids);

    public int Count => _first.Length;

    public bool IsEverybody => Count == 1 && _ids[0] != 0;

    public ReadOnlySpan<TAddress> First => _first;

    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>The runs that some network holds, whatever their ids.</summary>
    public IEnumerable<AddressBlock<TAddress>> Blocks()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_ids[i] != 0) yield return new AddressBlock<TAddress>(_first[i], LastOf(i));
        }
    }

    /// <summary>The union of blocks, under the id 1. Sorts the list that it is given.</summary>
    public static RunList<TAddress> Union(List<AddressBlock<TAddress>> blocks)
    {
        blocks.Sort();
        var runs = new RunListBuilder<TAddress>();
        for (int i = 0; i < blocks.Count;)
        {
            (TAddress first, TAddress last) = blocks[i];
            for (i++; i < blocks.Count && blocks[i].First <= last; i++) last = TAddress.Max(last, blocks[i].Last);
            runs.Append(first, 1);
            if (last != TAddress.MaxValue) runs.Append(last + TAddress.One, 0);
        }

        return runs.ToRunList();
    }

    /// <summary>Nested blocks flattened: every address gets the id of the smallest block that holds it.</summary>
    /// <param name="blocks">In order; any two are equal, apart, or one inside the other.</param>
    /// <param name="entries">What belongs to each block.</param>
    /// <param name="idOf">The id of an entry.</param>
    public static RunList<TAddress> Flatten<TEntry>(ReadOnlySpan<AddressBlock<TAddress>> blocks, ReadOnlySpan<TEntry> entries, Func<TEntry, int> idOf)
    {
        var runs = new RunListBuilder<TAddress>(blocks.Length);
        var open = new Stack<(TAddress Last, int Id)>();
        for (int i = 0; i < blocks.Length; i++)
        {
            while (open.Count > 0 && open.Peek().Last < blocks[i].First) Close(open, runs);
            int id = idOf(entries[i]);
            open.Push((blocks[i].Last, id));
            runs.Append(blocks[i].First, id);
        }

        while (open.Count > 0) Close(open, runs);
        return runs.ToRunList();
    }

    /// <summary>The addresses that the operation chooses by whether each of the two holds them, under the id 1.</summary>
    public static RunList<TAddress> Combine(RunList<TAddress> left, RunList<TAddress> right, Func<bool, bool, bool> chooses)
    {
        var runs = new RunListBuilder<TAddress>();
        int l = 0;
        int r = 0;
        while (true)
        {
            runs.Append(TAddress.Max(left._first[l], right._first[r]), chooses(left._ids[l] != 0, right._ids[r] != 0) ? 1 : 0);
            bool leftEnds = l + 1 == left.Count;
            bool rightEnds = r + 1 == right.Count;
            if (leftEnds && rightEnds) return runs.ToRunList();
            // The one whose next run begins first goes on; both if they begin together.
            bool goLeft = !leftEnds && (rightEnds || left._first[l + 1] <= right._first[r + 1]);
            bool goRight = !rightEnds && (leftEnds || right._first[r + 1] <= left._first[l + 1]);
            if (goLeft) l++;
            if (goRight) r++;
        }
    }

    /// <summary>Whether all addresses of the block are held.</summary>
    public bool Holds(TAddress first, TAddress last) => !HasRun(first, last, isHeld: false);

    /// <summary>Whether some address of the block is held.</summary>
    public bool HoldsAny(TAddress first, TAddress last) => HasRun(first, last, isHeld: true);

    /// <summary>Whether at least so many addresses are held.</summary>
    public bool HoldsAtLeast(UInt128 count)
    {
        foreach (AddressBlock<TAddress> block in Blocks())
        {
            UInt128 distance = UInt128.CreateChecked(block.Last - block.First);
            if (distance >= count - 1) return true;
            count -= distance + 1;
        }

        return false;
    }

    /// <summary>How many addresses are held.</summary>
    public BigInteger CountAddresses() =>
        Blocks().Aggregate(BigInteger.Zero, (sum, block) => sum + BigInteger.CreateChecked(block.Last - block.First) + 1);

    public bool Equals(RunList<TAddress>? other) => other is not null && _first.AsSpan().SequenceEqual(other._first) && _ids.AsSpan().SequenceEqual(other._ids);

    public override bool Equals(object? obj) => Equals(obj as RunList<TAddress>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (TAddress first in _first) hash.Add(first);
        return hash.ToHashCode();
    }

    private bool HasRun(TAddress first, TAddress last, bool isHeld)
    {
        int at = Array.BinarySearch(_first, first);
        for (int i = at >= 0 ? at : ~at - 1; i < Count && _first[i] <= last; i++)
        {
            if (_ids[i] != 0 == isHeld) return true;
        }

        return false;
    }

    private TAddress LastOf(int run) => run + 1 == Count ? TAddress.MaxValue : _first[run + 1] - TAddress.One;

    private static void Close(Stack<(TAddress Last, int Id)> open, RunListBuilder<TAddress> runs)
    {
        TAddress last = open.Pop().Last;
        if (last != TAddress.MaxValue) runs.Append(last + TAddress.One, open.Count > 0 ? open.Peek().Id : 0);
    }
}
