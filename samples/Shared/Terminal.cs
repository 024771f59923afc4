using System.Globalization;
using System.Text;

namespace RelayPolicy.Samples;

/// <summary>
/// Text on its way to a terminal. What comes from a request or a policy may hold escape sequences, or characters that turn the
/// direction of a line around; none of them gets through.
/// </summary>
internal static class Terminal
{
    private const int MaxQuoted = 80;

    /// <summary>The text with everything invisible written as <c>\uXXXX</c>.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsVisible(rune)) safe.Append(rune);
            else safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return safe.ToString();
    }

    /// <summary>Text of several lines, each of them safe.</summary>
    public static string SafeLines(string text) => string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(Safe));

    /// <summary>The text in quotation marks, safe and not too long for a message.</summary>
    public static string Quote(string text) => text.Length <= MaxQuoted ? $"\"{Safe(text)}\"" : $"\"{Safe(text[..MaxQuoted])}...\"";

    /// <summary>Says on standard error what is wrong.</summary>
    public static void Complain(string message) => Console.Error.WriteLine(Safe(message));

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
