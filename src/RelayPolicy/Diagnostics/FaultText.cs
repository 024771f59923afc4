namespace RelayPolicy;

/// <summary>An exception as it is shown in a log: on one line, as its message may hold what a client sent.</summary>
internal static class FaultText
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>The type and the escaped message of the exception, and where it was thrown.</summary>
    public static string Of(Exception exception)
    {
        string[] trace = (exception.StackTrace ?? "").Split(LineEnds, 2);
        string place = trace[0].Length > 0 ? $" ({Printable.Escape(trace[0].Trim())})" : "";
        return $"{exception.GetType().FullName}: {Printable.Escape(exception.Message)}{place}";
    }
}
