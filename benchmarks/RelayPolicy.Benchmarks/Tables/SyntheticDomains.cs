namespace RelayPolicy.Benchmarks;

/// <summary>
/// Made-up domains, always the same ones: 72 of 100 have two labels (<c>example.com</c>), 22 have three (<c>example.co.uk</c>,
/// <c>mail.example.com</c>), 6 are wildcards (<c>*.example.com</c>). Labels have 3 to 16 letters, digits and hyphens, 9 on average.
/// </summary>
internal sealed class SyntheticDomains
{
    private const int TwoLabels = 72;
    private const int ThreeLabels = 22;
    private const int SecondLevelShare = 40; // of a hundred names with three labels, those below something like co.uk

    private static readonly string[] Consonants = ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "tr", "br"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ea", "io", "ou"];
    private static readonly string[] SecondLevels = ["co.uk", "org.uk", "com.au", "com.br", "co.jp", "co.za"];
    private static readonly string[] Hosts = ["mail", "mx", "smtp", "lists", "news", "www", "post", "shop"];

    // Roughly their shares among registered names.
    private static readonly string[] TopLevels =
        ["com", "com", "com", "com", "com", "com", "com", "com", "net", "org", "de", "uk", "nl", "ru", "info", "fr", "eu", "it", "cn", "example"];

    private readonly Random _random;

    public SyntheticDomains(int seed) => _random = new Random(seed);

    /// <summary>Different entries, in random order.</summary>
    public static string[] Create(int count)
    {
        var source = new SyntheticDomains(seed: 310_356);
        var entries = new HashSet<string>(count, StringComparer.Ordinal);
        while (entries.Count < count) entries.Add(source.NextEntry());
        return [.. entries];
    }

    /// <summary>A random entry.</summary>
    public string NextEntry()
    {
        int kind = _random.Next(100);
        string top = TopLevels[_random.Next(TopLevels.Length)];
        if (kind < TwoLabels) return $"{NextLabel()}.{top}";
        if (kind >= TwoLabels + ThreeLabels) return $"*.{NextLabel()}.{top}";
        return _random.Next(100) < SecondLevelShare
            ? $"{NextLabel()}.{SecondLevels[_random.Next(SecondLevels.Length)]}"
            : $"{NextHost()}.{NextLabel()}.{top}";
    }

    /// <summary>A label in front of a name.</summary>
    public string NextHost() => Hosts[_random.Next(Hosts.Length)];

    private string NextLabel()
    {
        int syllables = _random.Next(2, 6);
        string label = "";
        for (int i = 0; i < syllables; i++)
        {
            if (i > 1 && _random.Next(12) == 0) label += "-";
            label += Consonants[_random.Next(Consonants.Length)] + Vowels[_random.Next(Vowels.Length)];
        }

        return _random.Next(10) == 0 ? label + _random.Next(100) : label;
    }
}
