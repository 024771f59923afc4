using System.IO.Compression;

namespace RelayPolicy.Benchmarks;

/// <summary>The table to measure with: the synthetic one, or the file of <c>--table</c>.</summary>
internal static class RoutingTable
{
    /// <summary>Names the file. BenchmarkDotNet measures in processes of its own, which find it here.</summary>
    public const string FileVariable = "RELAYPOLICY_BENCHMARK_TABLE";

    private const int SampleSeed = 4271;

    /// <summary>The file in use, or null for the synthetic table.</summary>
    public static string? File => Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file ? file : null;

    /// <summary>Where the prefixes come from, for reports.</summary>
    public static string Source => File is null ? "synthetic table" : $"table {Path.GetFileName(File)}";

    /// <summary>How many prefixes the full table of a family has. Reads a file, but makes no synthetic table.</summary>
    public static int Count(IPFamily family) => File is null ? TableProfile.Of(family).Count : Full(family).Length;

    /// <summary>The full table of a family, in random order.</summary>
    public static Prefix[] Full(IPFamily family)
    {
        if (File is null) return SyntheticTable.Create(family);
        Prefix[] table = [.. ReadFile(File).Where(prefix => prefix.Family == family).Distinct()];
        if (table.Length == 0) throw new BenchmarkUsageException($"{File} holds no {family} prefix: a table needs both families.");
        new Random(SampleSeed).Shuffle(table);
        return table;
    }

    /// <summary>As many random prefixes of the full table. It is in random order, so the first ones are a fair sample.</summary>
    public static Prefix[] Sample(IPFamily family, int entries) => Full(family)[..entries];

    private static IEnumerable<Prefix> ReadFile(string path)
    {
        using Stream file = System.IO.File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text);
        while (reader.ReadLine() is { } line)
        {
            // A default route would make every address a hit.
            if (line.Trim() is { Length: > 0 } entry && entry[0] != '#' && Prefix.Parse(entry) is { Length: > 0 } prefix) yield return prefix;
        }
    }
}
