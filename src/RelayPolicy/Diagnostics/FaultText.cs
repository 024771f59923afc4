namespace RelayPolicy;

/// <summary>An exception as it is shown in a log: on one line, as its message may hold what a client sent.</summary>
internal static class FaultText
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>The escaped message of the exception; with its type, and where it was thrown, if it is a defect and not a file that cannot be read.</summary>
    public static string Of(Exception exception)
    {
        if (exception is IOException or UnauthorizedAccessException) return Printable.Escape(exception.Message);
        string[] trace = (exception.StackTrace ?? "").Split(LineEnds, 2);
        string place = trace[0].Length > 0 ? $" ({Printable.Escape(trace[0].Trim())})" : "";
        return $"{exception.GetType().FullName}: {Printable.Escape(exception.Message)}{place}";
    }
}
