namespace RelayPolicy;

/// <summary>Prints the sets that are made of entries.</summary>
internal static class EntryList
{
    private const int Shown = 4;

    /// <summary>The name of a set if it has one; else all of a few entries, or the first ones and the number of the others.</summary>
    public static string Print(string? name, IEnumerable<string> entries)
    {
        if (name is not null) return name;
        string[] all = [.. entries];
        string shown = string.Join(", ", all.Take(Shown));
        return all.Length switch
        {
            0 => "(none)",
            <= Shown => shown,
            _ => $"{shown}, and {all.Length - Shown} more",
        };
    }
}
