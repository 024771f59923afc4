namespace RelayPolicy;

/// <summary>How a list file is read, and the bounds that keep a broken or hostile one from exhausting the memory.</summary>
public sealed class ListOptions
{
    private const int LongestLine = 1 << 20;

    internal static readonly ListOptions Default = new();

    /// <summary>After how many errors reading stops, at least 1. By default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxErrors { get; init => field = AtLeastOne(value, nameof(MaxErrors)); } = 100;

    /// <summary>How long a line may be, in UTF-16 code units without its end, from 1 to 1,048,576. By default 4,096. A longer line is
    /// an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxLineLength
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestLine, nameof(MaxLineLength));
            field = AtLeastOne(value, nameof(MaxLineLength));
        }
    } = 4096;

    /// <summary>How many entries a list may hold, at least 1, counted with their repetitions. By default 10,000,000. A longer list is
    /// an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxEntries { get; init => field = AtLeastOne(value, nameof(MaxEntries)); } = 10_000_000;

    /// <summary>How many bytes a list may have, unpacked, at least 1. By default 1,073,741,824 (1 GiB). A longer list is an error: a small
    /// gzip file can hold blank lines without end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxBytes));
            field = value;
        }
    } = 1L << 30;

    /// <summary>Whether a list may hold no entry at all. By default that is an error, because a file that was cut off or not yet
    /// downloaded is empty too.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Whether the last line must have its end, as files that programs write have. Without it a plain list that was cut off passes, and
    /// what is left of its last line may be another entry: <c>128.0.0.0/1</c> of <c>128.0.0.0/16</c>. By default it need not.</summary>
    public bool RequireFinalNewline { get; init; }

    /// <summary>Whether what follows an entry on its line after white space is ignored, as a set has no use for further columns. By
    /// default it is an error, except for a comment. Tables take it as the value.</summary>
    public bool IgnoreColumns { get; init; }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
