using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>Which table a benchmark runs on. Prints as <c>IPv4 10000</c>, which is what the results hold.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Entries">How many prefixes.</param>
public sealed record TableCase(IPFamily Family, int Entries)
{
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000, 100_000];

    /// <summary>Every size of both families, the full table at the end.</summary>
    public static IEnumerable<TableCase> All =>
        from family in Enum.GetValues<IPFamily>()
        let full = RoutingTable.Count(family)
        from entries in Sizes.Where(size => size < full).Append(full)
        select new TableCase(family, entries);

    /// <summary>The whole table of a family.</summary>
    public static TableCase Full(IPFamily family) => new(family, RoutingTable.Count(family));

    /// <summary>Reads what <see cref="ToString"/> prints.</summary>
    public static TableCase Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new TableCase(Enum.Parse<IPFamily>(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Family} {Entries}");
}
