using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy.Configuration;

/// <summary>
/// Reads sender ownership from a list file: a user and what it owns on each line, separated by white space. A user may be there on
/// several lines; neither its name nor an entry holds white space.
/// </summary>
internal static class OwnershipList
{
    private static readonly char[] WhiteSpace = [' ', '\t'];

    /// <summary>Reads the list, whole or not at all.</summary>
    public static bool TryRead(
        Stream stream, [NotNullWhen(true)] out SenderOwnership? ownership, out IReadOnlyList<LineError> errors, ListOptions? options, IEqualityComparer<string> userNames)
    {
        using var list = new ListReader(stream, options);
        var entries = new Dictionary<string, List<string>>(userNames);
        var lines = new Dictionary<string, long>(userNames);
        while (list.TryReadRow())
        {
            if (!list.TryCount()) break;
            string user = list.Entry.ToString();
            lines.TryAdd(user, list.Line);
            if (!entries.TryGetValue(user, out List<string>? owned)) entries.Add(user, owned = []);
            owned.AddRange(list.Rest.ToString().Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries));
        }

        string[] users = [.. entries.Keys];
        if (!SenderOwnership.TryCreate(users.Select(user => KeyValuePair.Create(user, (IReadOnlyList<string>)entries[user])), out ownership, out IReadOnlyList<EntryError> faults, userNames))
        {
            foreach (EntryError fault in faults) list.Errors.Add(lines[users[fault.Index]], fault.Entry, fault.Problem, fault.Mend);
        }

        if (!list.Succeeds()) ownership = null;
        errors = list.Errors.ToList();
        return ownership is not null;
    }
}
