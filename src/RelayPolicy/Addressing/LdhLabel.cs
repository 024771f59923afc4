using System.Buffers;
using System.Runtime.InteropServices;

namespace RelayPolicy;

/// <summary>
/// The labels of a domain name that are ASCII.
/// <code>
/// sub-domain = Let-dig [Ldh-str]                ; RFC 5321 §4.1.2
/// Let-dig    = ALPHA / DIGIT
/// Ldh-str    = *( ALPHA / DIGIT / "-" ) Let-dig
/// </code>
/// At most 63 octets (RFC 1035 §2.3.4); one that begins with <c>xn--</c> is an A-label and decodes (RFC 5891 §5.4).
/// </summary>
internal static class LdhLabel
{
    public const int MaxLength = 63;

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> LettersDigitsHyphen = SearchValues.Create(LettersAndDigits + "-");
    private static readonly SearchValues<char> LettersDigitsHyphenUnderscore = SearchValues.Create(LettersAndDigits + "-_");

    /// <summary>What is wrong with a label, as a clause, or null.</summary>
    /// <param name="label">One label in ASCII, not empty.</param>
    /// <param name="underscores">Whether it may hold underscores.</param>
    /// <param name="position">Where in the label it is wrong.</param>
    public static string? FindFault(ReadOnlySpan<char> label, bool underscores, out int position)
    {
        position = label.IndexOfAnyExcept(underscores ? LettersDigitsHyphenUnderscore : LettersDigitsHyphen);
        if (position >= 0) return "a domain holds only letters, digits, hyphens and dots";
        position = 0;
        if (label[0] == '-') return "a label begins with a hyphen";
        position = label.Length - 1;
        if (label[^1] == '-') return "a label ends with a hyphen";
        position = MaxLength;
        if (label.Length > MaxLength) return "a label is longer than 63 octets";
        position = 0;
        bool saysALabel = AsciiComparer.Equals(label[..Math.Min(4, label.Length)], "xn--");
        return saysALabel && !UnicodeLabel.IsALabel(label) ? "an xn-- label does not decode" : null;
    }

    /// <summary>Whether the text is one label or some with dots between, none of them at fault. Underscores are allowed.</summary>
    public static bool AreLabels<T>(ReadOnlySpan<T> text)
        where T : unmanaged
    {
        while (true)
        {
            int dot = NameOctets.FirstDot(text);
            ReadOnlySpan<T> label = dot < 0 ? text : text[..dot];
            if (label.Length is 0 or > MaxLength || !IsLabel(label)) return false;
            if (dot < 0) return true;
            text = text[(dot + 1)..];
        }
    }

    private static bool IsLabel<T>(ReadOnlySpan<T> label)
        where T : unmanaged
    {
        if (typeof(T) == typeof(char)) return FindFault(MemoryMarshal.Cast<T, char>(label), underscores: true, out _) is null;
        Span<char> units = stackalloc char[MaxLength];
        for (int i = 0; i < label.Length; i++) units[i] = NameOctets.At(label, i);
        return FindFault(units[..label.Length], underscores: true, out _) is null;
    }
}
