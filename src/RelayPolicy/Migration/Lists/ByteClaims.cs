namespace RelayPolicy.Migration;

/// <summary>Which bytes of a value belong to which part: none belongs to two, and none lies behind the end.</summary>
internal sealed class ByteClaims(int length)
{
    private readonly bool[] _taken = new bool[length];
    private int _count;
    private int _end;

    /// <summary>Whether there is a byte that belongs to no part, with one behind it that does.</summary>
    public bool HaveGap => _count < _end;

    /// <summary>Whether every byte belongs to some part.</summary>
    public bool AreComplete => _count == length;

    /// <summary>Takes bytes for a part; false if some of them are not there or are taken.</summary>
    public bool TryTake(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset + count > length) return false;
        Span<bool> part = _taken.AsSpan((int)offset, (int)count);
        if (part.Contains(true)) return false;
        part.Fill(true);
        _count += part.Length;
        _end = Math.Max(_end, (int)(offset + count));
        return true;
    }
}
