namespace RelayPolicy;

/// <summary>Collects the networks of a set. It refuses to cover a whole family unless that is said by name.</summary>
internal sealed class NetworkSetBuilder
{
    private readonly List<AddressBlock<uint>> _ipv4 = [];
    private readonly List<AddressBlock<UInt128>> _ipv6 = [];
    private bool _everyIPv4;
    private bool _everyIPv6;

    /// <summary>Takes one of the names for whole families; false when it is none.</summary>
    public bool TryAddName(string? entry)
    {
        bool isName = entry is nameof(NetworkSet.Everyone) or nameof(NetworkSet.EveryIPv4) or nameof(NetworkSet.EveryIPv6);
        _everyIPv4 |= isName && entry != nameof(NetworkSet.EveryIPv6);
        _everyIPv6 |= isName && entry != nameof(NetworkSet.EveryIPv4);
        return isName;
    }

    public void Add(NetworkNotation.Block block)
    {
        if (block.IsIPv4) _ipv4.Add(new AddressBlock<uint>((uint)block.First, (uint)block.Last));
        else _ipv6.Add(new AddressBlock<UInt128>(block.First, block.Last));
    }

    /// <summary>The addresses collected, and what is wrong with them as a whole.</summary>
    public NetworkRuns Build(ICollection<EntryError> errors)
    {
        var listed = new NetworkRuns(RunList<uint>.Union(_ipv4), RunList<UInt128>.Union(_ipv6));
        if (listed.IPv4.IsEverybody && !_everyIPv4) errors.Add(CoversFamily("IPv4"));
        if (listed.IPv6.IsEverybody && !_everyIPv6) errors.Add(CoversFamily("IPv6"));
        return new NetworkRuns(_everyIPv4 ? RunList<uint>.Everybody : listed.IPv4, _everyIPv6 ? RunList<UInt128>.Everybody : listed.IPv6);
    }

    /// <summary>The error of a set that covers a family without saying so.</summary>
    public static EntryError CoversFamily(string family) => new(
        -1, "", $"together the entries cover every {family} address", $"write Every{family} (or {nameof(NetworkSet.Everyone)}) if that is meant, else narrow them");
}
