using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// An immutable map from domains to values: exact names (<c>example.com</c>) and everything below a name but not the name
/// itself (<c>*.example.com</c>). The longest match wins, an exact name over every wildcard.
/// </summary>
/// <typeparam name="T">The values, compared by their default equality.</typeparam>
public sealed class DomainTable<T>
{
    private readonly Dictionary<string, T> _entries;

    internal DomainTable(Dictionary<string, T> entries) => _entries = entries;

    /// <summary>How many different entries the table was made from.</summary>
    public int Count => _entries.Count;

    /// <summary>Finds the value of the longest entry that matches the name.</summary>
    public bool TryFind(DomainName name, [MaybeNullWhen(false)] out T value)
    {
        if (_entries.TryGetValue(name.Value, out value)) return true;
        for (int dot = name.Value.IndexOf('.'); dot >= 0; dot = name.Value.IndexOf('.', dot + 1))
        {
            if (_entries.TryGetValue("*" + name.Value[dot..], out value)) return true;
        }

        return false;
    }

    /// <summary>Finds the value of the longest entry that matches the name; none matches what is no name.</summary>
    public bool TryFind(ReadOnlySpan<char> name, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return DomainName.TryParse(name, AddressOptions.SmtpUtf8, out DomainName parsed, out _) && TryFind(parsed, out value);
    }
}

/// <summary>Makes <see cref="DomainTable{T}"/>s.</summary>
public static class DomainTable
{
    /// <summary>The table of the given domains.</summary>
    /// <param name="entries">Names and wildcards with their values. The same one may come again with an equal value.</param>
    /// <exception cref="EntryListException">An entry is no domain, or comes again with another value; it names all of them.</exception>
    public static DomainTable<T> Create<T>(IEnumerable<KeyValuePair<string, T>> entries) =>
        TryCreate(entries, out DomainTable<T>? table, out IReadOnlyList<EntryError> errors) ? table : throw new EntryListException("domains", errors);

    /// <summary>The table of the given domains as <see cref="Create"/> makes it, without throwing.</summary>
    /// <param name="entries">Names and wildcards with their values.</param>
    /// <param name="table">The table, or null when there are errors.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryCreate<T>(IEnumerable<KeyValuePair<string, T>> entries, [NotNullWhen(true)] out DomainTable<T>? table, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var found = new List<EntryError>();
        var values = new Dictionary<string, T>();
        int index = 0;
        foreach ((string entry, T value) in entries)
        {
            bool wildcard = entry.StartsWith("*.", StringComparison.Ordinal);
            if (!DomainName.TryParse(entry.AsSpan(wildcard ? 2 : 0), AddressOptions.SmtpUtf8, out DomainName name, out AddressError error))
            {
                found.Add(new EntryError(index, Printable.Escape(entry), error.ToString(), "write a domain such as example.com or *.example.com"));
            }
            else if (!values.TryAdd(wildcard ? "*." + name.Value : name.Value, value) && !EqualityComparer<T>.Default.Equals(values[wildcard ? "*." + name.Value : name.Value], value))
            {
                found.Add(new EntryError(index, Printable.Escape(entry), "the same domain has another value before", "leave one of them out"));
            }

            index++;
        }

        errors = found;
        table = found.Count > 0 ? null : new DomainTable<T>(values);
        return table is not null;
    }
}
