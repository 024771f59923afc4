namespace RelayPolicy.Samples.Decide;

/// <summary>The requests of a stream, one by one. Lines that are no requests are reported and left out.</summary>
internal sealed class RequestSource(Stream stream)
{
    /// <summary>Whether some of the lines read so far are no requests.</summary>
    public bool HasBadLines { get; private set; }

    /// <param name="beforeWaiting">Called each time before more requests are waited for.</param>
    public IEnumerable<RequestLine> Read(Action? beforeWaiting = null)
    {
        var lines = new LineReader(stream, beforeWaiting);
        while (lines.TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong))
        {
            if (isTooLong) Report(lines.Number, $"it is longer than {LineReader.MaxLength} bytes; write each request on a line of its own");
            else if (!IsBlank(line.Span) && Parse(lines.Number, line) is { } request) yield return request;
        }
    }

    private RequestLine? Parse(long number, ReadOnlyMemory<byte> line)
    {
        try
        {
            return RequestReader.Read(number, line);
        }
        catch (FormatException exception)
        {
            Report(number, exception.Message);
            return null;
        }
    }

    private void Report(long number, string problem)
    {
        HasBadLines = true;
        Terminal.Complain($"line {number}: {problem}");
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
