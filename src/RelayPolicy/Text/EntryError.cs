namespace RelayPolicy;

/// <summary>One entry of a list that could not be read: which one, what is wrong with it, and what to write instead.</summary>
/// <param name="Index">Position of the entry in its list, counted from 0; -1 when the list as a whole is wrong.</param>
/// <param name="Entry">The entry as it was given, with everything but printable ASCII escaped, cut to a readable length.</param>
/// <param name="Problem">What is wrong, as a clause without a full stop.</param>
/// <param name="Mend">What to do about it, as a clause without a full stop.</param>
public readonly record struct EntryError(int Index, string Entry, string Problem, string Mend)
{
    /// <summary>The error on one line: <c>"192.0.2.1/24": host bits are set; write 192.0.2.0/24</c>.</summary>
    public override string ToString() => Index < 0 ? $"{Problem}; {Mend}" : $"\"{Entry}\": {Problem}; {Mend}";
}
