namespace RelayPolicy;

/// <summary>
/// Lists of rules, each a range of one array and in rule order, and chains of lists: what holds for an address holds for every
/// network around it, and what holds for a name for every wildcard over it, so a list names the next one and no list repeats another.
/// </summary>
internal sealed class RuleLists
{
    /// <summary>No chain.</summary>
    public const int None = -1;

    private readonly int[] _rules;
    private readonly Link[] _links;

    public RuleLists(int[] rules, Link[] links) => (_rules, _links) = (rules, links);

    /// <summary>One list of a chain: its range, and the link after it.</summary>
    public readonly record struct Link(int Start, int End, int Next);

    public int this[int place] => _rules[place];

    /// <summary>Bytes of all lists and links.</summary>
    public long Size => (sizeof(int) * (long)_rules.Length) + (3 * sizeof(int) * (long)_links.Length);

    public Link LinkAt(int number) => _links[number];
}
