namespace RelayPolicy;

/// <summary>
/// Finds where a table would mean something else if the first match won (Postfix <c>cidr_table(5)</c>) instead of the longest one.
/// The two differ for an address only if the longest of the networks that contain it does not have the value of the earliest one, so
/// it is enough to compare each network with the earliest of those that contain it.
/// </summary>
internal static class FirstMatch
{
    /// <summary>Every row that the first match would not reach, or that gives its network another value, with the earlier row that
    /// is in its way: their indexes, in the order of the rows. Takes the time of sorting.</summary>
    /// <param name="rows">The rows in the order of their lines.</param>
    public static IReadOnlyList<(int Row, int Earlier)> FindConflicts<T>(IReadOnlyList<NetworkRow<T>> rows)
    {
        var conflicts = new List<(int Row, int Earlier)>();
        int[] order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => Compare(rows, a, b));

        // Each of these networks contains the next one; with each stands the earliest row among it and those below it on the stack.
        var containing = new Stack<(int Row, int Earliest)>();
        foreach (int index in order)
        {
            NetworkRow<T> row = rows[index];
            while (containing.Count > 0 && !Contains(rows[containing.Peek().Row].Network, row.Network)) containing.Pop();
            bool isContained = containing.TryPeek(out (int Row, int Earliest) wider);
            bool isRepeated = isContained && rows[wider.Row].Network == row.Network;
            int rival = isRepeated ? wider.Row : wider.Earliest;
            if (isContained && rival < index && !EqualityComparer<T>.Default.Equals(rows[rival].Value, row.Value)) conflicts.Add((index, rival));
            if (!isRepeated) containing.Push((index, isContained ? Math.Min(index, wider.Earliest) : index));
        }

        conflicts.Sort();
        return conflicts;
    }

    // Wider networks before those that they contain, repetitions in the order of their lines.
    private static int Compare<T>(IReadOnlyList<NetworkRow<T>> rows, int a, int b)
    {
        IPPrefix x = rows[a].Network, y = rows[b].Network;
        int result = y.IsIPv4.CompareTo(x.IsIPv4);
        if (result == 0) result = x.First.CompareTo(y.First);
        if (result == 0) result = x.Length.CompareTo(y.Length);
        return result == 0 ? a.CompareTo(b) : result;
    }

    private static bool Contains(IPPrefix wider, IPPrefix network) =>
        wider.IsIPv4 == network.IsIPv4 && wider.First <= network.First && network.Last <= wider.Last;
}
