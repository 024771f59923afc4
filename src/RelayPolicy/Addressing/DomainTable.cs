using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// An immutable map from domains to values: exact names (<c>example.com</c>) and everything below a name but not the name
/// itself (<c>*.example.com</c>). The longest match wins, an exact name over every wildcard. Whole labels are compared, as
/// A-labels, ASCII case-insensitively. A lookup neither allocates nor throws, takes no longer for a name of many labels, and may
/// run on any number of threads at once.
/// </summary>
/// <typeparam name="T">The values, compared by their default equality.</typeparam>
public sealed class DomainTable<T>
{
    private readonly SuffixIndex _index;

    // The value of each id of the index, from 1 on.
    private readonly T[] _values;

    internal DomainTable(SuffixIndex index, T[] values) => (_index, _values) = (index, values);

    /// <summary>How many different entries the table was made from.</summary>
    public int Count => _index.Count;

    /// <summary>Finds the value of the longest entry that matches the name.</summary>
    /// <param name="name">A name; <c>default</c> matches nothing.</param>
    /// <param name="value">The value, or <c>default</c> when no entry matches.</param>
    public bool TryFind(DomainName name, [MaybeNullWhen(false)] out T value) => TryGet(_index.Find(name), out value);

    /// <summary>Finds the value of the longest entry that matches the name.</summary>
    /// <param name="name">A name in ASCII, underscores allowed, in any case. Whatever is no such name, U-labels and address literals
    /// among it, matches nothing, not even a wildcard.</param>
    /// <param name="value">The value, or <c>default</c> when no entry matches.</param>
    public bool TryFind(ReadOnlySpan<char> name, [MaybeNullWhen(false)] out T value) => TryGet(_index.Find(name), out value);

    /// <summary>Finds the value of the longest entry that matches the name.</summary>
    /// <param name="ascii">A name as <see cref="TryFind(ReadOnlySpan{char}, out T)"/> takes it, one octet a character.</param>
    /// <param name="value">The value, or <c>default</c> when no entry matches.</param>
    public bool TryFind(ReadOnlySpan<byte> ascii, [MaybeNullWhen(false)] out T value) => TryGet(_index.Find(ascii), out value);

    private bool TryGet(int id, [MaybeNullWhen(false)] out T value)
    {
        value = id == 0 ? default : _values[id - 1];
        return id != 0;
    }
}

/// <summary>Makes <see cref="DomainTable{T}"/>s.</summary>
public static class DomainTable
{
    /// <summary>The table of the given domains.</summary>
    /// <param name="entries">Names and wildcards with their values. The same one may come again with an equal value.</param>
    /// <exception cref="EntryListException">An entry is no name or wildcard, or comes again with another value; it names all of them.</exception>
    public static DomainTable<T> Create<T>(IEnumerable<KeyValuePair<string, T>> entries) =>
        TryCreate(entries, out DomainTable<T>? table, out IReadOnlyList<EntryError> errors) ? table : throw new EntryListException("domains", errors);

    /// <summary>The table of the given domains as <see cref="Create"/> makes it, without throwing.</summary>
    /// <param name="entries">Names and wildcards with their values; null ones and address literals are errors.</param>
    /// <param name="table">The table, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryCreate<T>(IEnumerable<KeyValuePair<string, T>> entries, [NotNullWhen(true)] out DomainTable<T>? table, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var found = new List<EntryError>();
        var builder = new SuffixIndexBuilder();
        var values = new ValueIds<T>();
        int index = 0;
        foreach ((string text, T value) in entries)
        {
            if (TryParse(text, out DomainEntry entry, out string problem, out string mend) && !builder.TryAdd(entry, values.IdOf(value)))
            {
                (problem, mend) = ("the same entry has another value before", "leave one of them out");
            }

            if (problem.Length > 0) found.Add(new EntryError(index, Printable.Escape(text), problem, mend));
            index++;
        }

        errors = found;
        table = null;
        if (found.Count > 0) return false;
        if (builder.Build() is { } built) table = new DomainTable<T>(built, values.ToArray());
        else found.Add(SuffixIndexBuilder.TooLarge);
        return table is not null;
    }

    private static bool TryParse(string? text, out DomainEntry entry, out string problem, out string mend)
    {
        if (!DomainEntry.IsLiteral(text)) return DomainEntry.TryParse(text, out entry, out problem, out mend);
        entry = default;
        (problem, mend) = ("an address literal is no domain", "leave it out");
        return false;
    }
}
