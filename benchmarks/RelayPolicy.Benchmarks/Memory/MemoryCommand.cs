using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>Measures the bytes per entry of every structure and peer.</summary>
internal static class MemoryCommand
{
    private static readonly string[] Header = ["Set", "Structure", "Entries", "Bytes", "Bytes per entry"];

    public static bool Run()
    {
        CheckSyntheticTables();
        var rows = new List<string[]>();
        foreach (MemoryCase memory in MemoryCases.All)
        {
            Console.Error.WriteLine($"{memory.Set}: {memory.Structure}");
            long bytes = memory.Measure();
            string perEntry = ((double)bytes / memory.Entries).ToString("0.00", CultureInfo.InvariantCulture);
            rows.Add([memory.Set, memory.Structure, Text(memory.Entries), Text(bytes), perEntry]);
        }

        ResultTable.Write(Places.Memory, Header, rows);
        Console.WriteLine(ResultTable.ToMarkdown(Header, rows));
        Console.WriteLine($"Written to {Places.Show(Places.Memory)}");
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The synthetic table must have the lengths that it claims to have.</summary>
    private static void CheckSyntheticTables()
    {
        foreach (IPFamily family in Enum.GetValues<IPFamily>())
        {
            Dictionary<byte, int> made = SyntheticTable.Create(family).Distinct().CountBy(prefix => prefix.Length).ToDictionary();
            Dictionary<byte, int> claimed = TableProfile.Of(family).Lengths.ToDictionary(length => length.Length, length => length.Count);
            byte[] wrong = [.. made.Keys.Union(claimed.Keys).Where(length => made.GetValueOrDefault(length) != claimed.GetValueOrDefault(length)).Order()];
            if (wrong.Length > 0) throw new InvalidOperationException($"The synthetic {family} table has a wrong number of prefixes of {string.Join(", ", wrong)} bits.");
        }
    }
}
