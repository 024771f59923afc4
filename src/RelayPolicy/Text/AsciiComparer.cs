namespace RelayPolicy;

/// <summary>
/// Compares text with ASCII letters taken as equal in both cases and every other character as itself:
/// the comparison of RFC 5321 §2.4 for everything that is not case-sensitive. It knows no culture, so no
/// other letter ever folds onto an ASCII one.
/// </summary>
internal sealed class AsciiComparer : IEqualityComparer<string>
{
    public static readonly AsciiComparer IgnoreCase = new();

    public static bool Equals(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        if (x.Length != y.Length) return false;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != y[i] && ToLower(x[i]) != ToLower(y[i])) return false;
        }

        return true;
    }

    public bool Equals(string? x, string? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsSpan(), y));

    // Texts that are equal here are equal to the platform too, whose hash is keyed and fast.
    public int GetHashCode(string obj) => string.GetHashCode(obj, StringComparison.OrdinalIgnoreCase);

    public static char ToLower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
