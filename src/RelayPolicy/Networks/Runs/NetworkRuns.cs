using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// The addresses of a set of networks, IPv4 and IPv6, in the one form that each set has: what holds every client of a family is
/// the whole family, and IPv4-mapped addresses, which no IPv6 client has, never begin a network.
/// </summary>
internal sealed class NetworkRuns : IEquatable<NetworkRuns>
{
    public NetworkRuns(RunList<uint> ipv4, RunList<UInt128> ipv6)
    {
        IPv4 = HoldsAll(ipv4, AddressKey.IPv4Clients) ? RunList<uint>.Everybody : ipv4;
        IPv6 = HoldsAll(ipv6, AddressKey.IPv6Clients) ? RunList<UInt128>.Everybody : WithoutMappedNetworks(ipv6);
    }

    public RunList<uint> IPv4 { get; }

    public RunList<UInt128> IPv6 { get; }

    /// <summary>Whether no address is held that a client can have.</summary>
    public bool IsNobody => !HoldsAny(IPv4, AddressKey.IPv4Clients) && !HoldsAny(IPv6, AddressKey.IPv6Clients);

    /// <summary>The addresses that the operation chooses by whether each of the two holds them.</summary>
    public NetworkRuns Combine(NetworkRuns other, Func<bool, bool, bool> chooses) =>
        new(RunList<uint>.Combine(IPv4, other.IPv4, chooses), RunList<UInt128>.Combine(IPv6, other.IPv6, chooses));

    /// <summary>Whether all addresses of the network are held.</summary>
    public bool Holds(IPPrefix network) => network.IsIPv4 ? IPv4.Holds((uint)network.First, (uint)network.Last) : IPv6.Holds(network.First, network.Last);

    /// <summary>The fewest networks that cover exactly these addresses, in ascending order, IPv4 first.</summary>
    public IEnumerable<IPPrefix> ToPrefixes() => IPv4Prefixes().Concat(IPv6Prefixes());

    public IEnumerable<IPPrefix> IPv4Prefixes() => Prefixes(isIPv4: true, IPv4);

    public IEnumerable<IPPrefix> IPv6Prefixes() => Prefixes(isIPv4: false, IPv6);

    public bool Equals(NetworkRuns? other) => other is not null && IPv4.Equals(other.IPv4) && IPv6.Equals(other.IPv6);

    public override bool Equals(object? obj) => Equals(obj as NetworkRuns);

    public override int GetHashCode() => HashCode.Combine(IPv4, IPv6);

    private static bool HoldsAll<TAddress>(RunList<TAddress> runs, IEnumerable<AddressBlock<TAddress>> blocks)
        where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress> => blocks.All(block => runs.Holds(block.First, block.Last));

    private static bool HoldsAny<TAddress>(RunList<TAddress> runs, IEnumerable<AddressBlock<TAddress>> blocks)
        where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress> => blocks.Any(block => runs.HoldsAny(block.First, block.Last));

    private static IEnumerable<IPPrefix> Prefixes<TAddress>(bool isIPv4, RunList<TAddress> runs)
        where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress> => runs.Blocks().SelectMany(block =>
            NetworkNotation.ToPrefixes(new NetworkNotation.Block(isIPv4, UInt128.CreateChecked(block.First), UInt128.CreateChecked(block.Last))));

    // A network that begins among the mapped addresses could not be read back.
    private static RunList<UInt128> WithoutMappedNetworks(RunList<UInt128> runs)
    {
        AddressBlock<UInt128> mapped = AddressKey.Mapped;
        bool begins = runs.Blocks().Where(block => block.First <= mapped.Last && block.Last >= mapped.First)
            .SelectMany(block => NetworkNotation.ToPrefixes(new NetworkNotation.Block(IsIPv4: false, block.First, block.Last)))
            .Any(network => AddressKey.IsMapped(network.First));
        return begins ? RunList<UInt128>.Combine(runs, RunList<UInt128>.Union([mapped]), static (held, isMapped) => held && !isMapped) : runs;
    }
}
