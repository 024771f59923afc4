using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>
/// Reads lists of domains as they are published and kept in files: one entry a line, UTF-8, plain or packed with gzip, such as lists of
/// local domains, or domains with their transports. Strict: every line that is wrong is named, and then nothing is loaded. Comments
/// begin with <c>#</c> or <c>;</c>, at the beginning of a line or after white space; blank lines and white space around an entry mean
/// nothing.
/// <para><c>example.com</c> is that domain alone, and <c>*.example.com</c> everything below it. Postfix also writes <c>.example.com</c>
/// for the latter, which is an error here, and in some tables lets the former stand for both (<c>parent_domain_matches_subdomains</c>).</para>
/// </summary>
public static class DomainList
{
    private const string What = "domains";

    /// <summary>Reads a set: <c>example.com</c>, <c>*.example.com</c>, <c>[192.0.2.1]</c> or <c>[IPv6:2001:db8::1]</c> a line.</summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="ListFormatException">The list is wrong or empty; it names every line.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static DomainSet Read(Stream stream, ListOptions? options = null) =>
        TryRead(stream, out DomainSet? set, out IReadOnlyList<LineError> errors, options) ? set : throw new ListFormatException(What, errors);

    /// <summary>Reads a set as <see cref="Read"/> does, without throwing because of what the list holds.</summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="set">The set, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every line that is wrong, up to <see cref="ListOptions.MaxErrors"/>; empty on success.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool TryRead(Stream stream, [NotNullWhen(true)] out DomainSet? set, out IReadOnlyList<LineError> errors, ListOptions? options = null)
    {
        using var list = new ListReader(stream, options);
        if (!DomainSet.TryParse(ReadEntries(list), out set, out IReadOnlyList<EntryError> faults)) list.Errors.AddWhole(faults);
        if (!list.Succeeds()) set = null;
        errors = list.Errors.ToList();
        return set is not null;
    }

    /// <summary>Reads a set from a file as <see cref="Read"/> does.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="ListFormatException">The list is wrong or empty; it names every line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DomainSet Load(string path, ListOptions? options = null)
    {
        using FileStream file = File.OpenRead(path);
        return TryRead(file, out DomainSet? set, out IReadOnlyList<LineError> errors, options) ? set : throw new ListFormatException($"{What} in {path}", errors);
    }

    /// <summary>
    /// Reads a table: a domain or wildcard, white space, and to the end of the line its value. A comment stands on a line of its own,
    /// because values may hold <c>#</c> and <c>;</c>. The same domain again with another value is an error, and so are <c>!pattern</c>,
    /// <c>if</c>, <c>endif</c> and lines that continue the one above.
    /// </summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="readValue">Makes a value of its text, which has no white space around it. A <see cref="FormatException"/>,
    /// <see cref="ArgumentException"/> or <see cref="OverflowException"/> from it is the error of the line; any other one passes. Called
    /// once for equal texts on lines that follow each other.</param>
    /// <param name="options">Bounds; null for the defaults. <see cref="ListOptions.IgnoreColumns"/> has no meaning here.</param>
    /// <exception cref="ListFormatException">The list is wrong or empty; it names every line.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static DomainTable<T> ReadTable<T>(Stream stream, Func<string, T> readValue, ListOptions? options = null) =>
        TryReadTable(stream, readValue, out DomainTable<T>? table, out IReadOnlyList<LineError> errors, options) ? table : throw new ListFormatException(What, errors);

    /// <summary>Reads a table as <see cref="ReadTable"/> does, without throwing because of what the list holds.</summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="readValue">Makes a value of its text.</param>
    /// <param name="table">The table, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every line that is wrong, up to <see cref="ListOptions.MaxErrors"/>; empty on success.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool TryReadTable<T>(
        Stream stream,
        Func<string, T> readValue,
        [NotNullWhen(true)] out DomainTable<T>? table,
        out IReadOnlyList<LineError> errors,
        ListOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(readValue);
        using var list = new ListReader(stream, options);
        Dictionary<string, ListRow<T>> rows = ReadRows(list, readValue);
        table = null;
        if (list.Succeeds() && !DomainTable.TryCreate(rows.Select(row => KeyValuePair.Create(row.Key, row.Value.Value)), out table, out IReadOnlyList<EntryError> faults))
        {
            list.Errors.AddWhole(faults);
        }

        errors = list.Errors.ToList();
        return table is not null;
    }

    /// <summary>Reads a table from a file as <see cref="ReadTable"/> does.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="readValue">Makes a value of its text.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <exception cref="ListFormatException">The list is wrong or empty; it names every line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DomainTable<T> LoadTable<T>(string path, Func<string, T> readValue, ListOptions? options = null)
    {
        using FileStream file = File.OpenRead(path);
        return TryReadTable(file, readValue, out DomainTable<T>? table, out IReadOnlyList<LineError> errors, options)
            ? table
            : throw new ListFormatException($"{What} in {path}", errors);
    }

    private static IEnumerable<string> ReadEntries(ListReader list)
    {
        while (list.TryReadEntry())
        {
            if (!DomainLine.TryReadEntry(list, out string entry)) continue;
            if (!list.TryCount()) yield break;
            yield return entry;
        }
    }

    private static Dictionary<string, ListRow<T>> ReadRows<T>(ListReader list, Func<string, T> readValue)
    {
        var rows = new Dictionary<string, ListRow<T>>(StringComparer.Ordinal);
        var values = new ValueReader<T>(readValue);
        while (list.TryReadRow())
        {
            if (!DomainLine.TryReadKey(list, out string key) || !values.TryRead(list, out T value)) continue;
            if (!list.TryCount()) break;
            ref ListRow<T> row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out bool isRepeated)!;
            if (!isRepeated) row = new ListRow<T>(value, list.Line);
            else if (!EqualityComparer<T>.Default.Equals(row.Value, value)) list.Report($"line {row.Line} gives the same domain another value", "leave one of them out");
        }

        return rows;
    }
}
