using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>
/// An immutable map from networks to values: the value of an address is that of the longest network that holds it
/// (RFC 4632 §5.1). IPv4 and IPv6 are two separate worlds here: no IPv6 network holds an IPv4 client. A network of length 0
/// gives the value of what no other network of its family holds. To know later which network decided, put it into the value.
/// </summary>
/// <typeparam name="T">The values, compared by their default equality.</typeparam>
public sealed class PrefixTable<T>
{
    private readonly AddressTable _table;
    private readonly T[] _values;

    internal PrefixTable(AddressTable table, T[] values, int count) => (_table, _values, Count) = (table, values, count);

    /// <summary>How many different networks the table was made from.</summary>
    public int Count { get; }

    /// <summary>Bytes of the tables, without what the values refer to.</summary>
    internal long Bytes => _table.Bytes + ((long)Unsafe.SizeOf<T>() * _values.Length);

    /// <summary>Finds the value of the longest network that holds the address. Does not allocate and does not throw.</summary>
    /// <param name="address">A client's address, taken as <see cref="NetworkSet.Contains(IPAddress?)"/> takes it.</param>
    /// <param name="value">The value, or <c>default</c> when no network holds the address.</param>
    public bool TryFind(IPAddress? address, [MaybeNullWhen(false)] out T value) => TryGet(_table.Find(address), out value);

    /// <summary>Finds the value of the longest network that holds the address, as <see cref="TryFind(IPAddress?, out T)"/> does.</summary>
    /// <param name="address">The four bytes of an IPv4 address or the sixteen of an IPv6 address, in network order; for another
    /// length nothing is found.</param>
    /// <param name="value">The value, or <c>default</c> when no network holds the address.</param>
    public bool TryFind(ReadOnlySpan<byte> address, [MaybeNullWhen(false)] out T value) => TryGet(_table.Find(address), out value);

    internal bool TryFind(AddressKey key, [MaybeNullWhen(false)] out T value) => TryGet(_table.Find(key), out value);

    private bool TryGet(int id, [MaybeNullWhen(false)] out T value)
    {
        value = id == 0 ? default : _values[id - 1];
        return id != 0;
    }
}

/// <summary>Makes <see cref="PrefixTable{T}"/>s.</summary>
public static class PrefixTable
{
    /// <summary>The table of the given networks.</summary>
    /// <param name="entries">Networks and their values. The same network may come again with an equal value.</param>
    /// <exception cref="EntryListException">A network is <c>default</c>, or comes again with another value; it names all of them.</exception>
    public static PrefixTable<T> Create<T>(IEnumerable<KeyValuePair<IPPrefix, T>> entries) =>
        TryCreate(entries, out PrefixTable<T>? table, out IReadOnlyList<EntryError> errors) ? table : throw new EntryListException("networks", errors);

    /// <summary>The table of the given networks as <see cref="Create"/> makes it, without throwing.</summary>
    /// <param name="entries">Networks and their values.</param>
    /// <param name="table">The table, or null when there are errors.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryCreate<T>(IEnumerable<KeyValuePair<IPPrefix, T>> entries, [NotNullWhen(true)] out PrefixTable<T>? table, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var builder = new PrefixTableBuilder<T>();
        foreach ((IPPrefix prefix, T value) in entries) builder.Add(prefix, value);
        table = builder.Build(out errors);
        return table is not null;
    }
}
