namespace RelayPolicy;

/// <summary>Reads the domain on a line of a list file.</summary>
internal static class DomainLine
{
    private const string WildcardPrefix = "*.";

    /// <summary>Reads the entry of a set, as <see cref="DomainSet.Parse"/> takes it.</summary>
    public static bool TryReadEntry(ListReader list, out string entry)
    {
        entry = "";
        if (list.HasUnwantedRest)
        {
            list.Report("there is text behind the entry", "remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)");
            return false;
        }

        return TryReadName(list, out entry) || TryReadOther(list, takesLiterals: true, out entry);
    }

    /// <summary>Reads the entry of a table: a name or a wildcard.</summary>
    public static bool TryReadKey(ListReader list, out string key) => TryReadName(list, out key) || TryReadOther(list, takesLiterals: false, out key);

    private static bool TryReadName(ListReader list, out string entry)
    {
        bool isWildcard = list.Entry.StartsWith(WildcardPrefix, StringComparison.Ordinal);
        bool isName = DomainName.TryParse(list.Entry[(isWildcard ? WildcardPrefix.Length : 0)..], AddressOptions.SmtpUtf8, out DomainName name, out _);
        entry = isWildcard ? WildcardPrefix + name.Value : name.Value;
        return isName;
    }

    // What is no name is left to the set, which knows literals and what is wrong with everything else.
    private static bool TryReadOther(ListReader list, bool takesLiterals, out string entry)
    {
        entry = list.Entry.ToString();
        if (entry[0] == '.' && DomainName.TryParse(entry.AsSpan(1), AddressOptions.SmtpUtf8, out _, out _))
        {
            list.Report("it begins with a dot", $"write *{Printable.Escape(entry)} for every domain below it, and the domain itself on a line of its own");
            return false;
        }

        bool isEntry = DomainSet.TryParse([entry], out _, out IReadOnlyList<EntryError> errors);
        if (isEntry && takesLiterals) return true;
        if (isEntry) list.Report("a table of domains holds no address literals", "leave it out");
        else list.Report(errors[0].Problem, errors[0].Mend);
        return false;
    }
}
