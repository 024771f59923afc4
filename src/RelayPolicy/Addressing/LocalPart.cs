using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// The local-part of a mailbox, kept dequoted and printed anew from its value.
/// <code>
/// Local-part       = Dot-string / Quoted-string        ; RFC 5321 §4.1.2
/// Dot-string       = Atom *("."  Atom)
/// Quoted-string    = DQUOTE *QcontentSMTP DQUOTE
/// QcontentSMTP     = qtextSMTP / quoted-pairSMTP
/// quoted-pairSMTP  = %d92 %d32-126
/// qtextSMTP        = %d32-33 / %d35-91 / %d93-126
/// atext, qtextSMTP =/ UTF8-non-ascii                   ; RFC 6531 §3.3, without control and line separator characters
/// </code>
/// </summary>
internal static class LocalPart
{
    /// <summary>Octets of the printed form, quotes included (RFC 5321 §4.5.3.1.1).</summary>
    public const int MaxOctets = 64;

    private const string AtextSpecials = "!#$%&'*+-/=?^_`{|}~";

    public static bool IsAtext(char c) => char.IsAsciiLetterOrDigit(c) || AtextSpecials.Contains(c);

    /// <summary>Whether the text is at once its own printed form, a Dot-string.</summary>
    public static bool IsDotString(ReadOnlySpan<char> text)
    {
        bool afterAtom = false;
        foreach (char c in text)
        {
            if (c == '.' && !afterAtom) return false;
            if (c != '.' && c < 0x80 && !IsAtext(c)) return false;
            afterAtom = c != '.';
        }

        return afterAtom;
    }

    /// <summary>Whether a non-ASCII character may stand in a local-part: well-formed, no control, no line or paragraph separator.</summary>
    public static bool IsPermitted(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>
    /// Whether another host or program could read an address of its own in it: it holds '@', '%' or '!', or it begins
    /// like a file name or a command.
    /// </summary>
    public static bool IsRouted(ReadOnlySpan<char> value) => value.IndexOfAny('@', '%', '!') >= 0 || value is ['/' or '|', ..];

    /// <summary>The octets of the printed form.</summary>
    public static int PrintedOctets(ReadOnlySpan<char> value)
    {
        int octets = Encoding.UTF8.GetByteCount(value);
        return IsDotString(value) ? octets : octets + "\"\"".Length + value.Count('"') + value.Count('\\');
    }

    /// <summary>The local-part as it stands in a command: as it is, or quoted if it must be.</summary>
    public static string Print(string value)
    {
        if (IsDotString(value)) return value;
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
