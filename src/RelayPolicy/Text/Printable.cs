using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>Makes text from outside safe to show: in a message, a log line, a terminal.</summary>
internal static class Printable
{
    private const int MaxLength = 120;

    /// <summary>The text with everything but printable ASCII written as <c>\uXXXX</c>, cut to a readable length.</summary>
    public static string Escape(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            if (result.Length > MaxLength) return result.Append("...").ToString();
            if (c is >= ' ' and <= '~') result.Append(c);
            else result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return result.ToString();
    }
}
