using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>Every structure and peer whose memory is measured.</summary>
internal static class MemoryCases
{
    public const string Set = "NetworkSet";
    public const string Table = "PrefixTable<byte>";
    public const string Domains = "DomainSet";
    public const string Frozen = "FrozenSet";

    private const int SmallTable = 10_000;
    private const int LargestIPNetwork2 = 10_000;

    /// <summary>All of them; the tables are made when they are reached.</summary>
    public static IEnumerable<MemoryCase> All =>
    [
        .. Enum.GetValues<IPFamily>().SelectMany(family => (TableCase[])[new TableCase(family, SmallTable), TableCase.Full(family)]).SelectMany(OfTable),
        .. ((int[])[1_000, 100_000, 1_000_000]).SelectMany(OfDomains),
        .. ((int[])[1_000, 10_000, 30_000]).Select(OfPolicy),
    ];

    public static IEnumerable<MemoryCase> OfTable(TableCase table)
    {
        Prefix[] plain = RoutingTable.Sample(table.Family, table.Entries);
        IPPrefix[] prefixes = [.. plain.Select(prefix => prefix.ToIPPrefix())];
        KeyValuePair<IPPrefix, byte>[] pairs = [.. PrefixValues.Pair(plain).Select(pair => KeyValuePair.Create(pair.Key, (byte)pair.Value))];
        yield return new(table.ToString(), Set, table.Entries, () => NetworkSet.FromPrefixes(prefixes));
        yield return new(table.ToString(), Table, table.Entries, () => PrefixTable.Create(pairs));
        yield return new(table.ToString(), "sorted array, membership", table.Entries, () => SortedAddresses.Of(plain));
        yield return new(table.ToString(), "sorted array, int values", table.Entries, () => SortedAddresses.Of(plain, PrefixValues.Of));
        yield return new(table.ToString(), "array of IPNetwork", table.Entries, () => LinearScan.ToIPNetworks(plain));
        if (table.Entries <= LargestIPNetwork2) yield return new(table.ToString(), "array of IPNetwork2", table.Entries, () => LinearScan.ToIPNetwork2(plain));
    }

    public static IEnumerable<MemoryCase> OfDomains(int count)
    {
        string[] entries = SyntheticDomains.Create(count);
        string set = string.Create(CultureInfo.InvariantCulture, $"domains {count}");
        yield return new(set, Domains, count, () => DomainSet.Parse(Copies(entries)));
        yield return new(set, "DomainTable<int>", count, () => DomainTable.Create(Copies(entries).Select((entry, index) => KeyValuePair.Create(entry, index))));
        yield return new(set, Frozen, count, () => SuffixLookup.ToFrozenSet(Copies(entries)));
        yield return new(set, "HashSet", count, () => SuffixLookup.ToHashSet(Copies(entries)));
    }

    /// <summary>A policy; the rules with their lists, from which it is made, are not counted.</summary>
    public static MemoryCase OfPolicy(int rules)
    {
        RelayRule[] policy = [.. SyntheticPolicy.Create(PolicyShape.Ordinary, rules).Select(rule => rule.Rule)];
        return new(string.Create(CultureInfo.InvariantCulture, $"rules {rules}"), "RelayRuleSet", rules, () => RelayRuleSet.Create(policy));
    }

    // As read from a file: a structure that keeps the strings pays for them.
    private static IEnumerable<string> Copies(string[] entries) => entries.Select(entry => new string(entry.AsSpan()));
}
