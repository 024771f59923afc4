namespace RelayPolicy.Benchmarks;

/// <summary>The values that the prefixes map to: a few hundred different ones, like the next hops or actions of a real table.</summary>
internal static class PrefixValues
{
    private const int Different = 251;

    public static int Of(Prefix prefix) => (int)((uint)prefix.GetHashCode() % Different);

    public static IEnumerable<KeyValuePair<IPPrefix, int>> Pair(IEnumerable<Prefix> table) =>
        table.Select(prefix => KeyValuePair.Create(prefix.ToIPPrefix(), Of(prefix)));
}
