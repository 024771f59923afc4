namespace RelayPolicy.Samples.Decide;

/// <summary>
/// Splits a stream of bytes into lines, in constant memory. Bytes, because a reader of text would silently replace what is not
/// UTF-8, and a path must be judged by what was really sent.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="beforeWaiting">Called each time before the stream is asked for more, which may take long.</param>
internal sealed class LineReader(Stream stream, Action? beforeWaiting)
{
    /// <summary>The longest line in bytes, without its line feed.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xef, 0xbb, 0xbf];

    // INVARIANT: what was read and not yet returned is _buffer[_start.._end].
    private readonly byte[] _buffer = new byte[MaxLength + 1];
    private int _start;
    private int _end;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line. False at the end of the stream.</summary>
    /// <param name="line">The line without its line feed, until the next call; cut if it is too long.</param>
    /// <param name="isTooLong">Whether the line is longer than <see cref="MaxLength"/>.</param>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, terminator: 1);
                return true;
            }

            searched = _end - _start;
            if (searched == _buffer.Length)
            {
                // Only the rest of the line matters now: whether it ends.
                isTooLong = true;
                _start = _end;
                searched = 0;
            }

            if (Fill()) continue;
            bool isLastLine = searched > 0 || isTooLong;
            line = isLastLine ? Take(searched, terminator: 0) : default;
            return isLastLine;
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int terminator)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + terminator;
        if (++Number == 1 && line.Span.StartsWith(ByteOrderMark)) line = line[ByteOrderMark.Length..];
        return line;
    }

    private bool Fill()
    {
        if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        beforeWaiting?.Invoke();
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
