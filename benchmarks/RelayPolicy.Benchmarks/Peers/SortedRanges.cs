using System.Numerics;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// The peer that a careful programmer writes by hand: the networks flattened into ranges that do not overlap, their borders in a
/// sorted array, and a binary search. Far better than a scan, and the baseline of the ratios because it works at every size.
/// (Networks that reach the last address of a family are not supported: multicast and reserved addresses are in no routing table.)
/// </summary>
/// <typeparam name="TKey">An address: <see cref="uint"/> or <see cref="UInt128"/>.</typeparam>
/// <param name="starts">Where the ranges begin, ascending; a range ends where the next begins.</param>
/// <param name="values">The value of each range, or -1 where no network is; null if only membership is asked for, when ranges
/// inside and outside of the networks alternate, beginning inside.</param>
internal sealed class SortedRanges<TKey>(TKey[] starts, int[]? values) where TKey : struct, IBinaryInteger<TKey>
{
    private readonly TKey[] _starts = starts;
    private readonly int[]? _values = values;

    /// <summary>Whether the address lies in a network.</summary>
    public bool Contains(TKey address) => (RangeOf(address) & 1) == 0;

    /// <summary>The value of the longest network that contains the address, or -1.</summary>
    public int Find(TKey address)
    {
        int range = RangeOf(address);
        return range < 0 ? -1 : _values![range];
    }

    // The last range that begins at or below the address, -1 if none.
    private int RangeOf(TKey address)
    {
        TKey[] all = _starts;
        int low = 0;
        int high = all.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (all[middle] <= address) low = middle + 1;
            else high = middle - 1;
        }

        return high;
    }
}

internal static class SortedRanges
{
    /// <summary>The ranges of a table of one family, for membership.</summary>
    public static SortedRanges<TKey> Of<TKey>(Prefix[] table) where TKey : struct, IBinaryInteger<TKey>
    {
        var borders = new List<TKey>();
        (UInt128 First, UInt128 Last)? open = null;
        foreach (Prefix prefix in Sorted(table))
        {
            if (open is { } range && prefix.First <= range.Last + 1)
            {
                open = (range.First, UInt128.Max(range.Last, prefix.Last));
                continue;
            }

            Close();
            open = (prefix.First, prefix.Last);
        }

        Close();
        return new SortedRanges<TKey>([.. borders], values: null);

        void Close()
        {
            if (open is { } range) borders.AddRange([TKey.CreateChecked(range.First), TKey.CreateChecked(range.Last + 1)]);
        }
    }

    /// <summary>The ranges of a table of one family with the value of each prefix.</summary>
    public static SortedRanges<TKey> Of<TKey>(Prefix[] table, Func<Prefix, int> valueOf) where TKey : struct, IBinaryInteger<TKey>
    {
        var starts = new List<TKey>();
        var values = new List<int>();
        var open = new Stack<Prefix>();
        foreach (Prefix prefix in Sorted(table))
        {
            CloseBefore(prefix.First);
            Begin(prefix.First, valueOf(prefix));
            open.Push(prefix);
        }

        CloseBefore(UInt128.MaxValue);
        return new SortedRanges<TKey>([.. starts], [.. values]);

        void CloseBefore(UInt128 address)
        {
            while (open.TryPeek(out Prefix inner) && inner.Last < address)
            {
                open.Pop();
                Begin(inner.Last + 1, open.TryPeek(out Prefix outer) ? valueOf(outer) : -1);
            }
        }

        void Begin(UInt128 start, int value)
        {
            TKey key = TKey.CreateChecked(start);
            if (starts.Count > 0 && starts[^1] == key)
            {
                values[^1] = value;
                return;
            }

            starts.Add(key);
            values.Add(value);
        }
    }

    private static IEnumerable<Prefix> Sorted(Prefix[] table) => table.OrderBy(prefix => prefix.First).ThenBy(prefix => prefix.Length);
}
