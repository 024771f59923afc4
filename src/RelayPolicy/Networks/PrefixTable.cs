using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// An immutable map from networks to values: the value of an address is that of the longest network that contains it
/// (RFC 4632 §5.1). IPv4 and IPv6 are two separate worlds here: no IPv6 network contains an IPv4 client.
/// </summary>
/// <typeparam name="T">The values, compared by their default equality.</typeparam>
public sealed class PrefixTable<T>
{
    private readonly IReadOnlyDictionary<IPPrefix, T> _entries;

    internal PrefixTable(IReadOnlyDictionary<IPPrefix, T> entries) => _entries = entries;

    /// <summary>How many different networks the table was made from.</summary>
    public int Count => _entries.Count;

    /// <summary>Finds the value of the longest network that contains the address. Does not allocate and does not throw.</summary>
    /// <param name="address">A client's address, taken as <see cref="NetworkSet.Contains(IPAddress?)"/> takes it.</param>
    /// <param name="value">The value, or <c>default</c> when no network contains the address.</param>
    public bool TryFind(IPAddress? address, [MaybeNullWhen(false)] out T value)
    {
        IPPrefix best = _entries.Keys.Where(prefix => prefix.Contains(address)).OrderByDescending(prefix => prefix.Length).FirstOrDefault();
        value = default;
        return !best.IsDefault && _entries.TryGetValue(best, out value);
    }

    /// <summary>Finds the value of the longest network that contains the address. Does not allocate and does not throw.</summary>
    /// <param name="address">The 4 bytes of an IPv4 or the 16 bytes of an IPv6 address in network order; no network contains another length.</param>
    /// <param name="value">The value, or <c>default</c> when no network contains the address.</param>
    public bool TryFind(ReadOnlySpan<byte> address, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return address.Length is 4 or 16 && TryFind(new IPAddress(address), out value);
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
        var found = new List<EntryError>();
        var values = new Dictionary<IPPrefix, T>();
        int index = 0;
        foreach ((IPPrefix prefix, T value) in entries)
        {
            if (prefix.IsDefault) found.Add(new EntryError(index, prefix.ToString(), "default(IPPrefix) is no network", "leave it out"));
            else if (!values.TryAdd(prefix, value) && !EqualityComparer<T>.Default.Equals(values[prefix], value))
            {
                found.Add(new EntryError(index, prefix.ToString(), "the same network has another value before", "leave one of them out"));
            }

            index++;
        }

        errors = found;
        table = found.Count > 0 ? null : new PrefixTable<T>(values);
        return table is not null;
    }
}
