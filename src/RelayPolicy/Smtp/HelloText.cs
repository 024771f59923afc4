using System.Globalization;
using System.Text;

namespace RelayPolicy.Smtp;

/// <summary>The argument of HELO and EHLO: opaque, because what stands there is forged or wrong too often to be judged.</summary>
internal static class HelloText
{
    private const int MaxLength = 255;

    /// <summary>Whether it is printable text without white space, so that it can be shown in a log and in a Received field.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxLength) return false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar) return false;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator) return false;
        }

        return true;
    }
}
