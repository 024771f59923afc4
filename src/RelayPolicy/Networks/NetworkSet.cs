using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Numerics;

namespace RelayPolicy;

/// <summary>
/// An immutable set of client addresses, given as networks. It is a class, so that no <c>default</c> can ever mean
/// "everyone"; an empty set contains nobody; and a set that comes to cover every address of a family is refused
/// unless it says so by name (<see cref="Everyone"/>, <see cref="EveryIPv4"/>, <see cref="EveryIPv6"/>).
/// IPv4 and IPv6 are two separate worlds here: no IPv6 network contains an IPv4 client. Asking does not allocate and may be done on
/// any number of threads at once.
/// </summary>
public sealed class NetworkSet : IEquatable<NetworkSet>
{
    private readonly AddressTable _table;
    private readonly Traits _traits;

    private NetworkSet(NetworkRuns runs)
        : this(new AddressTable(runs.IPv4, runs.IPv6), new Traits(runs), name: null)
    {
    }

    private NetworkSet(AddressTable table, Traits traits, string? name) => (_table, _traits, Name) = (table, traits, name);

    /// <summary>The set that contains nobody.</summary>
    public static NetworkSet Empty { get; } = new(new NetworkRuns(RunList<uint>.Nobody, RunList<UInt128>.Nobody));

    /// <summary>Every IPv4 and every IPv6 client. In a list it is written <c>Everyone</c>.</summary>
    public static NetworkSet Everyone { get; } = new(new NetworkRuns(RunList<uint>.Everybody, RunList<UInt128>.Everybody));

    /// <summary>Every IPv4 client. In a list it is written <c>EveryIPv4</c>.</summary>
    public static NetworkSet EveryIPv4 { get; } = new(new NetworkRuns(RunList<uint>.Everybody, RunList<UInt128>.Nobody));

    /// <summary>Every IPv6 client. In a list it is written <c>EveryIPv6</c>.</summary>
    public static NetworkSet EveryIPv6 { get; } = new(new NetworkRuns(RunList<uint>.Nobody, RunList<UInt128>.Everybody));

    /// <summary>The name under which the set is printed and written to a policy file, if it has one. No part of its value.</summary>
    public string? Name { get; }

    /// <summary>Whether the set contains nobody: no address that a client can have. A set of multicast addresses alone is empty.</summary>
    public bool IsEmpty => _traits.IsNobody;

    /// <summary>How many IPv4 addresses are in the set, 0 to 2^32, whether a client can have them or not.</summary>
    public long IPv4AddressCount => (long)Runs().IPv4.CountAddresses();

    /// <summary>How many IPv6 addresses are in the set, 0 to 2^128, whether a client can have them or not.</summary>
    public BigInteger IPv6AddressCount => Runs().IPv6.CountAddresses();

    /// <summary>Whether the set holds a whole family, which it must have said by name.</summary>
    internal bool CoversFamily => _traits.CoversFamily;

    /// <summary>Whether the set is so large that hardly anybody can know all of its clients: a /2 of IPv4 or a /4 of IPv6.</summary>
    internal bool HoldsLargePartOfFamily => _traits.HoldsLargePartOfFamily;

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
        var builder = new NetworkSetBuilder();
        var found = new List<EntryError>();
        int index = 0;
        foreach (string? entry in entries)
        {
            if (!builder.TryAddName(entry))
            {
                if (NetworkNotation.TryParseBlock(entry, out NetworkNotation.Block block, out NetworkNotation.Fault fault)) builder.Add(block);
                else found.Add(fault.At(index, entry));
            }

            index++;
        }

        errors = found;
        return TryBuild(builder, found, out set);
    }

    /// <summary>The set of the given networks.</summary>
    /// <exception cref="EntryListException">A prefix is <c>default</c>, or together they cover a whole family.</exception>
    public static NetworkSet FromPrefixes(IEnumerable<IPPrefix> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var builder = new NetworkSetBuilder();
        var found = new List<EntryError>();
        int index = 0;
        foreach (IPPrefix prefix in prefixes)
        {
            if (prefix.IsDefault) found.Add(IPPrefix.DefaultError(index));
            else builder.Add(prefix.ToBlock());
            index++;
        }

        return TryBuild(builder, found, out NetworkSet? set) ? set : throw new EntryListException("networks", found);
    }

    /// <summary>Whether the client's address lies in the set. Does not allocate and does not throw.</summary>
    /// <param name="address">A client's address. Null, the unspecified addresses and multicast are in no set; an IPv4-mapped
    /// IPv6 address is its IPv4 address; 6to4, NAT64, Teredo and IPv4-compatible addresses are ordinary IPv6 addresses.</param>
    public bool Contains(IPAddress? address) => _table.Find(address) != 0;

    /// <summary>Whether the client's address lies in the set, as <see cref="Contains(IPAddress?)"/> says it.</summary>
    /// <param name="address">The four bytes of an IPv4 address or the sixteen of an IPv6 address, in network order; of another
    /// length it is in no set.</param>
    public bool Contains(ReadOnlySpan<byte> address) => _table.Find(address) != 0;

    internal bool Contains(AddressKey key) => _table.Find(key) != 0;

    /// <summary>Whether all addresses of the network are in the set. <c>default</c> is in no set. For checking lists: it unpacks the set.</summary>
    public bool Covers(IPPrefix network) => !network.IsDefault && Runs().Holds(network);

    /// <summary>Whether every client of the other set is in this one. The empty set is in every set.</summary>
    public bool Covers(NetworkSet other) => Combine(other, static (mine, theirs) => theirs && !mine).IsNobody;

    /// <summary>Whether some client is in both sets.</summary>
    public bool Overlaps(NetworkSet other) => !Combine(other, static (mine, theirs) => mine && theirs).IsNobody;

    /// <summary>The addresses that are in one of the sets or in both. Like every result, it has no name.</summary>
    /// <exception cref="EntryListException">Together they cover a whole family, which neither of them does by name.</exception>
    public NetworkSet Union(NetworkSet other)
    {
        NetworkRuns union = Combine(other, static (mine, theirs) => mine || theirs);
        var errors = new List<EntryError>();
        if (union.IPv4.IsEverybody && !_traits.CoversIPv4 && !other._traits.CoversIPv4) errors.Add(NetworkSetBuilder.CoversFamily("IPv4"));
        if (union.IPv6.IsEverybody && !_traits.CoversIPv6 && !other._traits.CoversIPv6) errors.Add(NetworkSetBuilder.CoversFamily("IPv6"));
        return errors.Count == 0 ? new NetworkSet(union) : throw new EntryListException("networks", errors);
    }

    /// <summary>The addresses that are in both sets.</summary>
    public NetworkSet Intersect(NetworkSet other) => new(Combine(other, static (mine, theirs) => mine && theirs));

    /// <summary>The addresses of this set that are not in the other. A whole family of which only addresses are taken that no
    /// client can have stays whole.</summary>
    public NetworkSet Except(NetworkSet other) => new(Combine(other, static (mine, theirs) => mine && !theirs));

    /// <summary>The fewest networks that cover the set exactly, in ascending order, IPv4 first.</summary>
    public IEnumerable<IPPrefix> ToPrefixes() => Runs().ToPrefixes();

    /// <summary>The same set under a name, for printing and for policy files.</summary>
    /// <param name="name">Not blank, without control characters.</param>
    /// <exception cref="ArgumentException">The name is not as described.</exception>
    public NetworkSet Named(string name)
    {
        NameText.Check(name, nameof(name));
        return new NetworkSet(_table, _traits, name);
    }

    /// <summary>The entries of the set in ascending order, IPv4 first, as <see cref="Parse"/> reads them: the fewest networks
    /// that cover it exactly, and a whole family by its name.</summary>
    public IEnumerable<string> ToEntries()
    {
        if (_traits.CoversIPv4 && _traits.CoversIPv6) return [nameof(Everyone)];
        NetworkRuns runs = Runs();
        IEnumerable<string> ipv4 = _traits.CoversIPv4 ? [nameof(EveryIPv4)] : runs.IPv4Prefixes().Select(prefix => prefix.ToString());
        IEnumerable<string> ipv6 = _traits.CoversIPv6 ? [nameof(EveryIPv6)] : runs.IPv6Prefixes().Select(prefix => prefix.ToString());
        return ipv4.Concat(ipv6);
    }

    /// <inheritdoc/>
    public bool Equals(NetworkSet? other) => other is not null && (_table == other._table || Runs().Equals(other.Runs()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkSet);

    /// <inheritdoc/>
    public override int GetHashCode() => Runs().GetHashCode();

    /// <summary>The name of the set, or its entries: all of a few, else the first ones and their number.</summary>
    public override string ToString() => EntryList.Print(Name, ToEntries());

    /// <summary>The set of what was collected, or null when there are errors.</summary>
    internal static bool TryBuild(NetworkSetBuilder builder, List<EntryError> errors, [NotNullWhen(true)] out NetworkSet? set)
    {
        NetworkRuns runs = builder.Build(errors);
        set = errors.Count > 0 ? null : new NetworkSet(runs);
        return set is not null;
    }

    private NetworkRuns Runs() => new(_table.IPv4Runs(), _table.IPv6Runs());

    private NetworkRuns Combine(NetworkSet other, Func<bool, bool, bool> chooses)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Runs().Combine(other.Runs(), chooses);
    }

    /// <summary>What is asked of a set again and again.</summary>
    private sealed class Traits(NetworkRuns runs)
    {
        public bool IsNobody { get; } = runs.IsNobody;

        public bool CoversIPv4 { get; } = runs.IPv4.IsEverybody;

        public bool CoversIPv6 { get; } = runs.IPv6.IsEverybody;

        public bool CoversFamily => CoversIPv4 || CoversIPv6;

        public bool HoldsLargePartOfFamily { get; } = runs.IPv4.HoldsAtLeast((UInt128)1 << 30) || runs.IPv6.HoldsAtLeast((UInt128)1 << 124);
    }
}
