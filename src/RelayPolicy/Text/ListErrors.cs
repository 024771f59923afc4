namespace RelayPolicy;

/// <summary>Gathers what is wrong with a list, up to a limit.</summary>
internal sealed class ListErrors(int limit)
{
    public const long WholeList = 0;

    private readonly List<LineError> _errors = [];
    private LineError? _stop;

    public bool Any => _errors.Count > 0;

    /// <summary>Whether reading is over: the limit is reached and more was wrong, or nothing sensible can follow.</summary>
    public bool Stopped { get; private set; }

    public void Add(long line, ReadOnlySpan<char> text, string problem, string mend)
    {
        if (Stopped) return;
        if (_errors.Count < limit)
        {
            _errors.Add(new LineError(line, Printable.Escape(text), problem, mend));
            return;
        }

        Stopped = true;
        _stop = new LineError(line, "", $"there are more than {limit} errors, and reading stopped here", "mend the errors above and read the list again");
    }

    /// <summary>An error after which the list is read no further.</summary>
    public void AddLast(long line, string problem, string mend)
    {
        Add(line, "", problem, mend);
        Stopped = true;
    }

    /// <summary>What is wrong with the entries of all lines together.</summary>
    public void AddWhole(IReadOnlyList<EntryError> errors)
    {
        foreach (EntryError error in errors) Add(WholeList, error.Entry, error.Problem, error.Mend);
    }

    /// <summary>Every error in the order of the lines, then those of the whole list, then that reading stopped.</summary>
    public IReadOnlyList<LineError> ToList()
    {
        IEnumerable<LineError> ordered = _errors.OrderBy(error => error.Line == WholeList ? long.MaxValue : error.Line);
        return _stop is { } stop ? [.. ordered, stop] : [.. ordered];
    }
}
