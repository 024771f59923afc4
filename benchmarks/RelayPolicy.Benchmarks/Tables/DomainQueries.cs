namespace RelayPolicy.Benchmarks;

/// <summary>Names to look up in a set of domains.</summary>
internal static class DomainQueries
{
    private const int ManyLabels = 100;

    /// <summary><see cref="Queries.Count"/> names, all valid and in lower case.</summary>
    /// <param name="entries">Names and wildcards.</param>
    /// <param name="kind">Which questions.</param>
    public static string[] Create(string[] entries, DomainQueryKind kind)
    {
        var random = new Random(Queries.Seed);
        var names = new SyntheticDomains(Queries.Seed);
        var skew = new Zipf(entries.Length, exponent: 1);
        HashSet<string> known = SuffixLookup.ToHashSet(kind == DomainQueryKind.Miss ? entries : []);
        string[] wildcards = [.. entries.Where(IsWildcard)];
        var queries = new string[Queries.Count];
        for (int i = 0; i < queries.Length; i++)
        {
            queries[i] = kind switch
            {
                DomainQueryKind.Hit => Matching(entries[random.Next(entries.Length)], names),
                DomainQueryKind.Skewed => Matching(entries[skew.Next(random)], names),
                DomainQueryKind.ManyLabels => Deep(wildcards[random.Next(wildcards.Length)]),
                _ => Outside(entries, known, random, names),
            };
        }

        return queries;
    }

    private static bool IsWildcard(string entry) => entry[0] == '*';

    // A new string, because a name that is asked for has just been received and is in the cache.
    private static string Matching(string entry, SyntheticDomains names) => IsWildcard(entry) ? names.NextHost() + entry[1..] : new string(entry);

    /// <summary>Half of the misses lie below an exact name of the set, as <c>mail.example.com</c> does below <c>example.com</c>; half are strangers.</summary>
    private static string Outside(string[] entries, HashSet<string> known, Random random, SyntheticDomains names)
    {
        while (true)
        {
            string entry = random.Next(2) == 0 ? entries[random.Next(entries.Length)] : names.NextEntry();
            string name = $"{names.NextHost()}.{entry.AsSpan(IsWildcard(entry) ? 2 : 0)}";
            if (!SuffixLookup.Contains(known.GetAlternateLookup<ReadOnlySpan<char>>(), name)) return name;
        }
    }

    private static string Deep(string wildcard)
    {
        string suffix = wildcard[1..];
        int labels = suffix.Count(letter => letter == '.');
        return string.Join('.', Enumerable.Repeat("x", ManyLabels - labels)) + suffix;
    }
}
