using System.Collections.Frozen;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// The peer for domains: a hash set asked once for the whole name and once for the suffix at every dot, as long as nothing is found.
/// A wildcard <c>*.example.com</c> stands in it as <c>.example.com</c>. The alternate lookups take spans, so nothing is allocated.
/// </summary>
internal static class SuffixLookup
{
    /// <summary>The entries in the form in which the peers hold them.</summary>
    public static IEnumerable<string> ToKeys(IEnumerable<string> entries) =>
        entries.Select(entry => entry.StartsWith("*.", StringComparison.Ordinal) ? entry[1..] : entry);

    public static FrozenSet<string> ToFrozenSet(IEnumerable<string> entries) => ToKeys(entries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static HashSet<string> ToHashSet(IEnumerable<string> entries) => ToKeys(entries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(in FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set, ReadOnlySpan<char> name)
    {
        if (set.Contains(name)) return true;
        for (int at = 0; name[at..].IndexOf('.') is >= 0 and int dot; at += dot + 1)
        {
            if (set.Contains(name[(at + dot)..])) return true;
        }

        return false;
    }

    public static bool Contains(in HashSet<string>.AlternateLookup<ReadOnlySpan<char>> set, ReadOnlySpan<char> name)
    {
        if (set.Contains(name)) return true;
        for (int at = 0; name[at..].IndexOf('.') is >= 0 and int dot; at += dot + 1)
        {
            if (set.Contains(name[(at + dot)..])) return true;
        }

        return false;
    }
}
