using System.IO.Compression;
using System.Net;

namespace RelayPolicy.Tests;

/// <summary>
/// A full routing table as the Internet has it. It is too large to be kept with the project: name a file of it, one network a line,
/// plain or .gz, in RELAYPOLICY_TABLE.
/// </summary>
public class RealTableTests
{
    private static readonly string? File = Environment.GetEnvironmentVariable("RELAYPOLICY_TABLE");

    [Fact]
    public void Every_network_of_the_table_is_found_at_its_borders()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), "RELAYPOLICY_TABLE names no file with a routing table.");
        IPPrefix[] prefixes = [.. Lines(File!).Select(IPPrefix.Parse).Distinct()];
        PrefixTable<IPPrefix> table = PrefixTable.Create(prefixes.Select(prefix => new KeyValuePair<IPPrefix, IPPrefix>(prefix, prefix)));
        NetworkSet set = NetworkSet.FromPrefixes(prefixes);
        var oracle = new LongestPrefixOracle(prefixes);
        int asked = 0;
        foreach (IPAddress client in prefixes.SelectMany(Borders))
        {
            IPPrefix expected = oracle.Find(client);
            bool isFound = table.TryFind(client, out IPPrefix found);
            if (found != expected || isFound == expected.IsDefault) Assert.Fail($"{client}: found {found}, expected {expected}.");
            if (set.Contains(client) != isFound) Assert.Fail($"{client} is {(isFound ? "not " : "")}in the set.");
            asked++;
        }

        Assert.True(asked > prefixes.Length);
    }

    private static IEnumerable<IPAddress> Borders(IPPrefix prefix) =>
        new[] { prefix.First, prefix.First - 1, prefix.Last, prefix.Last + 1 }
            .Where(bits => !prefix.IsIPv4 || bits <= uint.MaxValue)
            .Select(bits => new AddressKey(prefix.IsIPv4, bits).ToIPAddress());

    private static IEnumerable<string> Lines(string file)
    {
        using FileStream stream = System.IO.File.OpenRead(file);
        using Stream text = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(text);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
