using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Finds entries of a list that look left over: nobody seems to have looked after the list for long.</summary>
internal static class StaleEntries
{
    private static readonly NetworkSet PrivateNetworks = NetworkSet.Parse("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");

    // Beside the private ones, addresses that no host on the Internet has.
    private static readonly NetworkSet NoPublicNetworks = NetworkSet.Parse("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "0.0.0.0/8", "224.0.0.0/3");

    /// <summary>Entries that are there more than once.</summary>
    public static IReadOnlyList<IisListEntry> Repeated(IisAccessList list) => [.. list.Entries.GroupBy(entry => entry).Where(same => same.Skip(1).Any()).Select(same => same.Key)];

    /// <summary>Entries whose clients are all within another, larger entry.</summary>
    public static IReadOnlyList<IisListEntry> Covered(IisAccessList list)
    {
        IisListEntry[] distinct = [.. list.Entries.Distinct()];
        HashSet<string> domains = [.. distinct.Where(entry => entry.Kind == IisEntryKind.Domain).Select(entry => entry.Name.Value)];
        return [.. CoveredNetworks([.. distinct.Where(entry => entry.Kind != IisEntryKind.Domain)]), .. distinct.Where(entry => entry.Kind == IisEntryKind.Domain && ParentsOf(entry.Name.Value).Any(domains.Contains))];
    }

    /// <summary>Entries of private addresses.</summary>
    public static IReadOnlyList<IisListEntry> Private(IisAccessList list) =>
        [.. list.Entries.Distinct().Where(entry => entry.Kind != IisEntryKind.Domain && PrivateNetworks.Covers(entry.Network))];

    /// <summary>Whether a server that listens there, as in <c>203.0.113.25:25:</c>, has an address on the Internet.</summary>
    public static bool IsPublic(string bindings) => bindings.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(binding => binding.Split(':')[0])
        .Any(address => IPPrefix.TryParse(address, out IPPrefix network, out _) && network.IsIPv4 && !NoPublicNetworks.Covers(network));

    // Sorted by their first address, the larger one first, a network that is covered ends before or where an earlier one ends.
    private static IEnumerable<IisListEntry> CoveredNetworks(IisListEntry[] entries)
    {
        foreach (IGrouping<bool, IisListEntry> family in entries.GroupBy(entry => entry.Network.IsIPv4))
        {
            UInt128? end = null;
            foreach (IisListEntry entry in family.OrderBy(entry => entry.Network.First).ThenBy(entry => entry.Network.Length))
            {
                if (end is { } last && entry.Network.Last <= last) yield return entry;
                else end = entry.Network.Last;
            }
        }
    }

    private static IEnumerable<string> ParentsOf(string domain)
    {
        for (int dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.', dot + 1)) yield return domain[(dot + 1)..];
    }
}
