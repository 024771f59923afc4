using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// Reads lists of networks as they are published and kept in files: one entry a line, UTF-8, plain or packed with gzip, such as the
/// DROP list, FireHOL netsets, country zones, and the <c>cidr:</c> tables of Postfix. Strict: every line that is wrong is named, and
/// then nothing is loaded. Comments begin with <c>#</c> or <c>;</c>, at the beginning of a line or after white space; blank lines and
/// white space around an entry mean nothing.
/// <para>The names <c>Everyone</c>, <c>EveryIPv4</c> and <c>EveryIPv6</c> are no entries of a list file: whoever writes a list that is
/// downloaded must not be able to say them.</para>
/// </summary>
public static class NetworkList
{
    private const string What = "networks";

    /// <summary>Reads a set: <c>192.0.2.0/24</c>, <c>192.0.2.7</c>, <c>2001:db8::/32</c>, <c>192.0.2.0/255.255.255.0</c>,
    /// <c>192.0.2.0 255.255.255.0</c> (where columns are not ignored) or <c>192.0.2.10-192.0.2.20</c> a line.</summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="ListFormatException">The list is wrong, holds no client, or holds all of a family; it names every line.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NetworkSet Read(Stream stream, ListOptions? options = null) =>
        TryRead(stream, out NetworkSet? set, out IReadOnlyList<LineError> errors, options) ? set : throw new ListFormatException(What, errors);

    /// <summary>Reads a set as <see cref="Read"/> does, without throwing because of what the list holds.</summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="set">The set, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every line that is wrong, up to <see cref="ListOptions.MaxErrors"/>; empty on success.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool TryRead(Stream stream, [NotNullWhen(true)] out NetworkSet? set, out IReadOnlyList<LineError> errors, ListOptions? options = null)
    {
        using var list = new ListReader(stream, options);
        var wholes = new List<EntryError>();
        NetworkSet.TryBuild(ReadBlocks(list), wholes, out set);
        foreach (EntryError whole in wholes)
        {
            list.Errors.Add(ListErrors.WholeList, whole.Entry, whole.Problem, "narrow them: a list file cannot say that everybody is meant");
        }

        if (set is { IsEmpty: true } && list.Count > 0)
        {
            list.Errors.Add(ListErrors.WholeList, "", "no client can have any of the addresses", "see where the list comes from: multicast and unspecified addresses are no client's");
        }

        if (!list.Succeeds()) set = null;
        errors = list.Errors.ToList();
        return set is not null;
    }

    /// <summary>Reads a set from a file as <see cref="Read"/> does.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">Bounds and forms; null for the defaults.</param>
    /// <exception cref="ListFormatException">The list is wrong, holds no client, or holds all of a family; it names every line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NetworkSet Load(string path, ListOptions? options = null)
    {
        using FileStream file = File.OpenRead(path);
        return TryRead(file, out NetworkSet? set, out IReadOnlyList<LineError> errors, options) ? set : throw new ListFormatException($"{What} in {path}", errors);
    }

    /// <summary>
    /// Reads a table: a network, white space, and to the end of the line its value. A comment stands on a line of its own, because values
    /// may hold <c>#</c> and <c>;</c>.
    /// <para>In a <c>cidr:</c> table of Postfix the first match wins, and here the longest one. Where that would differ the line is an
    /// error: an earlier, wider network with another value keeps Postfix from ever reaching it. Ranges, <c>!pattern</c>, <c>if</c>,
    /// <c>endif</c> and lines that continue the one above are errors. A network of length 0 is allowed: it is the table's default.</para>
    /// </summary>
    /// <param name="stream">The list. It need not seek, is read to its end and stays open.</param>
    /// <param name="readValue">Makes a value of its text, which has no white space around it. A <see cref="FormatException"/>,
    /// <see cref="ArgumentException"/> or <see cref="OverflowException"/> from it is the error of the line; any other one passes. Called
    /// once for equal texts on lines that follow each other.</param>
    /// <param name="options">Bounds; null for the defaults. <see cref="ListOptions.IgnoreColumns"/> has no meaning here.</param>
    /// <exception cref="ListFormatException">The list is wrong or empty; it names every line.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PrefixTable<T> ReadTable<T>(Stream stream, Func<string, T> readValue, ListOptions? options = null) =>
        TryReadTable(stream, readValue, out PrefixTable<T>? table, out IReadOnlyList<LineError> errors, options) ? table : throw new ListFormatException(What, errors);

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
        [NotNullWhen(true)] out PrefixTable<T>? table,
        out IReadOnlyList<LineError> errors,
        ListOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(readValue);
        using var list = new ListReader(stream, options);
        List<NetworkRow<T>> rows = ReadRows(list, readValue);
        if (!list.Errors.Stopped) ReportConflicts(list, rows);
        table = null;
        if (list.Succeeds() && !PrefixTable.TryCreate(rows.Select(row => KeyValuePair.Create(row.Network, row.Value)), out table, out IReadOnlyList<EntryError> faults))
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
    public static PrefixTable<T> LoadTable<T>(string path, Func<string, T> readValue, ListOptions? options = null)
    {
        using FileStream file = File.OpenRead(path);
        return TryReadTable(file, readValue, out PrefixTable<T>? table, out IReadOnlyList<LineError> errors, options)
            ? table
            : throw new ListFormatException($"{What} in {path}", errors);
    }

    private static NetworkSetBuilder ReadBlocks(ListReader list)
    {
        var blocks = new NetworkSetBuilder();
        while (list.TryReadEntry())
        {
            if (!NetworkLine.TryReadBlock(list, out NetworkNotation.Block block)) continue;
            if (!list.TryCount()) break;
            blocks.Add(block);
        }

        return blocks;
    }

    private static List<NetworkRow<T>> ReadRows<T>(ListReader list, Func<string, T> readValue)
    {
        var rows = new List<NetworkRow<T>>();
        var values = new ValueReader<T>(readValue);
        while (list.TryReadRow())
        {
            if (!NetworkLine.TryReadPrefix(list, out IPPrefix prefix) || !values.TryRead(list, out T value)) continue;
            if (!list.TryCount()) break;
            rows.Add(new(prefix, value, list.Line));
        }

        return rows;
    }

    private static void ReportConflicts<T>(ListReader list, List<NetworkRow<T>> rows)
    {
        foreach ((int index, int rival) in FirstMatch.FindConflicts(rows))
        {
            if (list.Errors.Stopped) return;
            NetworkRow<T> row = rows[index], earlier = rows[rival];
            (string problem, string mend) = row.Network == earlier.Network
                ? ($"line {earlier.Line} gives the same network another value", "leave one of them out")
                : ($"line {earlier.Line} gives another value to {earlier.Network}, which contains it: where the first match wins, as in Postfix, this line is never reached",
                    $"move it before line {earlier.Line} if it is an exception from it, else leave it out");
            list.Errors.Add(row.Line, row.Network.ToString(), problem, mend);
        }
    }
}
