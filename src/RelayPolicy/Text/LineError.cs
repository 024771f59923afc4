namespace RelayPolicy;

/// <summary>One line of a list file that could not be read: which one, what is wrong with it, and what to write instead.</summary>
/// <param name="Line">Number of the line, counted from 1; 0 when the list as a whole is wrong.</param>
/// <param name="Text">The line as it was read, with everything but printable ASCII escaped, cut to a readable length.</param>
/// <param name="Problem">What is wrong, as a clause without a full stop.</param>
/// <param name="Mend">What to do about it, as a clause without a full stop.</param>
public readonly record struct LineError(long Line, string Text, string Problem, string Mend)
{
    /// <summary>The error on one line: <c>line 3: "192.0.2.1/24": host bits are set; write 192.0.2.0/24</c>.</summary>
    public override string ToString() =>
        (Line > 0 ? $"line {Line}: " : "") + (string.IsNullOrEmpty(Text) ? "" : $"\"{Text}\": ") + $"{Problem}; {Mend}";
}
