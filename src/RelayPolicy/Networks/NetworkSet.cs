using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// An immutable set of client addresses, given as networks. It is a class, so that no <c>default</c> can ever mean
/// "everyone"; an empty set contains nobody; and a set that comes to cover every address of a family is refused
/// unless it says so by name (<see cref="Everyone"/>, <see cref="EveryIPv4"/>, <see cref="EveryIPv6"/>).
/// IPv4 and IPv6 are two separate worlds here: no IPv6 network contains an IPv4 client.
/// </summary>
public sealed class NetworkSet : IEquatable<NetworkSet>
{
    private const string EveryoneName = nameof(Everyone);
    private const string EveryIPv4Name = nameof(EveryIPv4);
    private const string EveryIPv6Name = nameof(EveryIPv6);

    private readonly BlockTable _ipv4;
    private readonly BlockTable _ipv6;

    private NetworkSet(BlockTable ipv4, BlockTable ipv6, string? name)
    {
        _ipv4 = ipv4;
        _ipv6 = ipv6;
        Name = name;
    }

    /// <summary>The set that contains nobody.</summary>
    public static NetworkSet Empty { get; } = new(BlockTable.Empty, BlockTable.Empty, name: null);

    /// <summary>Every IPv4 and every IPv6 client. In a list it is written <c>Everyone</c>.</summary>
    public static NetworkSet Everyone { get; } = new(BlockTable.WholeIPv4, BlockTable.WholeIPv6, name: null);

    /// <summary>Every IPv4 client. In a list it is written <c>EveryIPv4</c>.</summary>
    public static NetworkSet EveryIPv4 { get; } = new(BlockTable.WholeIPv4, BlockTable.Empty, name: null);

    /// <summary>Every IPv6 client. In a list it is written <c>EveryIPv6</c>.</summary>
    public static NetworkSet EveryIPv6 { get; } = new(BlockTable.Empty, BlockTable.WholeIPv6, name: null);

    /// <summary>The name under which the set is printed and written to a policy file, if it has one. No part of its value.</summary>
    public string? Name { get; }

    /// <summary>Whether the set contains nobody.</summary>
    public bool IsEmpty => _ipv4.IsEmpty && _ipv6.IsEmpty;

    /// <summary>Whether the set holds a whole family, which it must have said by name.</summary>
    internal bool CoversFamily => _ipv4.IsWhole || _ipv6.IsWhole;

    /// <summary>Whether the set is so large that hardly anybody can know all of its clients: a /2 of IPv4 or a /4 of IPv6.</summary>
    internal bool HoldsLargePartOfFamily => _ipv4.Holds((UInt128)1 << 30) || _ipv6.Holds((UInt128)1 << 124);

    /// <summary>Reads a list of networks.</summary>
    /// <param name="entries">One network each: <c>192.0.2.0/24</c>, <c>192.0.2.7</c>, <c>2001:db8::/32</c>, <c>2001:db8::5</c>,
    /// <c>192.0.2.0/255.255.255.0</c>, <c>192.0.2.0 255.255.255.0</c>, <c>192.0.2.10-192.0.2.20</c>, or one of the names
    /// <c>Everyone</c>, <c>EveryIPv4</c>, <c>EveryIPv6</c>.</param>
    /// <exception cref="EntryListException">Some entries are wrong, or together they cover a whole family; it names all of them.</exception>
    public static NetworkSet Parse(params IEnumerable<string> entries) => TryParse(entries, out NetworkSet? set, out IReadOnlyList<EntryError> errors)
        ? set
        : throw new EntryListException("networks", errors);

    /// <summary>Reads a list of networks as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="entries">One network each; null entries are errors.</param>
    /// <param name="set">The set, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryParse(IEnumerable<string?> entries, [NotNullWhen(true)] out NetworkSet? set, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var blocks = new List<NetworkNotation.Block>();
        var found = new List<EntryError>();
        bool everyIPv4 = false, everyIPv6 = false;
        int index = 0;
        foreach (string? entry in entries)
        {
            if (entry is EveryoneName or EveryIPv4Name) everyIPv4 = true;
            if (entry is EveryoneName or EveryIPv6Name) everyIPv6 = true;
            if (entry is not (EveryoneName or EveryIPv4Name or EveryIPv6Name))
            {
                if (NetworkNotation.TryParseBlock(entry, out NetworkNotation.Block block, out NetworkNotation.Fault fault)) blocks.Add(block);
                else found.Add(fault.At(index, entry));
            }

            index++;
        }

        return TryBuild(blocks, everyIPv4, everyIPv6, found, out set, out errors);
    }

    /// <summary>The set of the given networks.</summary>
    /// <exception cref="EntryListException">A prefix is <c>default</c>, or together they cover a whole family.</exception>
    public static NetworkSet FromPrefixes(IEnumerable<IPPrefix> prefixes) => TryFromPrefixes(prefixes, out NetworkSet? set, out IReadOnlyList<EntryError> errors)
        ? set
        : throw new EntryListException("networks", errors);

    internal static bool TryFromPrefixes(IEnumerable<IPPrefix> prefixes, [NotNullWhen(true)] out NetworkSet? set, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var blocks = new List<NetworkNotation.Block>();
        var found = new List<EntryError>();
        int index = 0;
        foreach (IPPrefix prefix in prefixes)
        {
            if (prefix.IsDefault) found.Add(new EntryError(index, prefix.ToString(), "default(IPPrefix) is no network", "leave it out"));
            else blocks.Add(new NetworkNotation.Block(prefix.IsIPv4, prefix.First, prefix.Last));
            index++;
        }

        return TryBuild(blocks, everyIPv4: false, everyIPv6: false, found, out set, out errors);
    }

    /// <summary>Whether the client's address lies in the set. Does not allocate and does not throw.</summary>
    /// <param name="address">A client's address. Null, the unspecified addresses and multicast are in no set; an IPv4-mapped
    /// IPv6 address is its IPv4 address; 6to4, NAT64, Teredo and IPv4-compatible addresses are ordinary IPv6 addresses.</param>
    public bool Contains(IPAddress? address) => AddressKey.TryCreate(address, out AddressKey key) && Contains(key);

    internal bool Contains(AddressKey key) => (key.IsIPv4 ? _ipv4 : _ipv6).Contains(key.Bits);

    /// <summary>The same set under a name, for printing and for policy files.</summary>
    /// <param name="name">Not blank, without control characters.</param>
    /// <exception cref="ArgumentException">The name is not as described.</exception>
    public NetworkSet Named(string name)
    {
        NameText.Check(name, nameof(name));
        return new NetworkSet(_ipv4, _ipv6, name);
    }

    /// <summary>The entries of the set in ascending order, IPv4 first, as <see cref="Parse"/> reads them: the fewest networks
    /// that cover it exactly, and a whole family by its name.</summary>
    public IEnumerable<string> ToEntries()
    {
        if (_ipv4.IsWhole && _ipv6.IsWhole) return [EveryoneName];
        return _ipv4.ToEntries(EveryIPv4Name).Concat(_ipv6.ToEntries(EveryIPv6Name));
    }

    /// <inheritdoc/>
    public bool Equals(NetworkSet? other) => other is not null && _ipv4.Equals(other._ipv4) && _ipv6.Equals(other._ipv6);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_ipv4.GetHashCode(), _ipv6.GetHashCode());

    /// <summary>The name of the set, or its entries: all of a few, else the first ones and their number.</summary>
    public override string ToString() => EntryList.Print(Name, ToEntries());

    private static bool TryBuild(
        List<NetworkNotation.Block> blocks,
        bool everyIPv4,
        bool everyIPv6,
        List<EntryError> found,
        [NotNullWhen(true)] out NetworkSet? set,
        out IReadOnlyList<EntryError> errors)
    {
        BlockTable ipv4 = BlockTable.Create(isIPv4: true, blocks);
        BlockTable ipv6 = BlockTable.Create(isIPv4: false, blocks);
        // The test is on clients: a set without 0.0.0.0 or without multicast leaves nobody out.
        if (ipv4.HoldsEveryClient(isIPv4: true) && !everyIPv4) found.Add(Whole("IPv4", EveryIPv4Name));
        if (ipv6.HoldsEveryClient(isIPv4: false) && !everyIPv6) found.Add(Whole("IPv6", EveryIPv6Name));
        errors = found;
        set = found.Count > 0 ? null : new NetworkSet(everyIPv4 ? BlockTable.WholeIPv4 : ipv4, everyIPv6 ? BlockTable.WholeIPv6 : ipv6, name: null);
        return set is not null;
    }

    private static EntryError Whole(string family, string name) => new(
        -1, "", $"together the entries cover every {family} address", $"write {name} (or {EveryoneName}) if that is meant, else narrow them");
}
