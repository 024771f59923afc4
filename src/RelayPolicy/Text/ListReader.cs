namespace RelayPolicy;

/// <summary>
/// The entries of a list file.
/// <code>
/// set   = *( [ entry [ columns ] ] [ comment ] end )      ; columns only where they are ignored
/// table = *( [ entry wsp value ] end / comment-line end ) ; nothing stands before an entry
/// </code>
/// A comment begins with <c>#</c> or <c>;</c>: at the beginning of a line or after white space in a set, but only at the beginning of a
/// line in a table, whose values may hold them.
/// </summary>
internal sealed class ListReader : IDisposable
{
    private const string WhiteSpace = " \t";

    private readonly ListOptions _options;
    private readonly ListLines _lines;
    private int _entryLength;
    private int _entryStart;
    private int _restStart;
    private int _restLength;

    public ListReader(Stream stream, ListOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _options = options ?? ListOptions.Default;
        Errors = new ListErrors(_options.MaxErrors);
        _lines = new ListLines(stream, _options, Errors);
    }

    public ListErrors Errors { get; }

    /// <summary>How many entries were counted.</summary>
    public int Count { get; private set; }

    /// <summary>The line of the entry, counted from 1.</summary>
    public long Line => _lines.Number;

    /// <summary>What stands first on the line, up to white space. Valid until the next line is read.</summary>
    public ReadOnlySpan<char> Entry => _lines.Text.Slice(_entryStart, _entryLength);

    /// <summary>What stands behind the entry, without the white space around it. Valid until the next line is read.</summary>
    public ReadOnlySpan<char> Rest => _lines.Text.Slice(_restStart, _restLength);

    /// <summary>Whether <see cref="Rest"/> is there and may not be ignored.</summary>
    public bool HasUnwantedRest => _restLength > 0 && !_options.IgnoreColumns;

    /// <summary>Goes to the next entry of a set.</summary>
    public bool TryReadEntry()
    {
        while (_lines.TryRead())
        {
            Split(StartOfComment());
            if (_entryLength > 0 && IsEntry()) return true;
        }

        return false;
    }

    /// <summary>Goes to the next entry of a table that has a value.</summary>
    public bool TryReadRow()
    {
        while (_lines.TryRead())
        {
            Split(_lines.Text.Length);
            if (_entryLength > 0 && !IsCommentOfTable() && IsRow()) return true;
        }

        return false;
    }

    /// <summary>Reports the line.</summary>
    public void Report(string problem, string mend) => Errors.Add(Line, _lines.Text.Trim(WhiteSpace), problem, mend);

    /// <summary>Counts one more entry; false, and reading stops, if that is too many.</summary>
    public bool TryCount()
    {
        if (Count < _options.MaxEntries)
        {
            Count++;
            return true;
        }

        Errors.AddLast(Line, $"the list holds more than {_options.MaxEntries} entries, and reading stopped here", "raise MaxEntries if the list is meant to be that long");
        return false;
    }

    /// <summary>Says at the end that the list was empty, if that is an error, and tells whether there was any.</summary>
    public bool Succeeds()
    {
        if (Count == 0 && !Errors.Any && !_options.AllowEmpty)
        {
            Errors.AddLast(ListErrors.WholeList, "the list holds no entry", "see why it is empty; if it may be, say so (AllowEmpty)");
        }

        return !Errors.Any;
    }

    public void Dispose() => _lines.Dispose();

    private int StartOfComment()
    {
        ReadOnlySpan<char> text = _lines.Text;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is '#' or ';' && (at == 0 || text[at - 1] is ' ' or '\t')) return at;
        }

        return text.Length;
    }

    private bool IsEntry()
    {
        bool isEntry = Entry.IndexOfAny('#', ';') < 0;
        if (!isEntry) Report("a comment begins after white space, and an entry holds no '#' or ';'", "put white space before the comment, or one entry on each line");
        return isEntry;
    }

    // Postfix knows only '#': a line that begins with white space and then ';' would continue the one above.
    private bool IsCommentOfTable() => Entry[0] == '#' || (Entry[0] == ';' && _entryStart == 0);

    // Postfix's tables know forms that we do not: read as entries they would mean something else, so each is named.
    private bool IsRow()
    {
        if (_entryStart > 0) Report("white space before an entry would continue the line above, and such lines are not supported", "write an entry and its value on one line, without white space before them");
        else if (Entry[0] == '!') Report("entries negated with '!' are not supported", "write the networks or domains that are meant");
        else if (AsciiComparer.Equals(Entry, "if") || AsciiComparer.Equals(Entry, "endif")) Report("if and endif are not supported", "write every entry with its value");
        else if (_restLength == 0) Report("the entry has no value", "write the value behind it on the same line");
        else if (Rest.Trim().Length != Rest.Length) Report("there is other white space than spaces and tabs around the value", "remove it");
        else return true;
        return false;
    }

    private void Split(int end)
    {
        ReadOnlySpan<char> text = _lines.Text[..end];
        _entryStart = text.IndexOfAnyExcept(' ', '\t');
        if (_entryStart < 0)
        {
            (_entryStart, _entryLength, _restStart, _restLength) = (0, 0, 0, 0);
            return;
        }

        int length = text[_entryStart..].IndexOfAny(' ', '\t');
        _entryLength = length < 0 ? end - _entryStart : length;
        ReadOnlySpan<char> rest = text[(_entryStart + _entryLength)..].TrimEnd(WhiteSpace);
        _restLength = rest.TrimStart(WhiteSpace).Length;
        _restStart = _entryStart + _entryLength + rest.Length - _restLength;
    }
}
