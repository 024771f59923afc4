using System.Globalization;
using System.Text;

namespace RelayPolicy.Smtp;

/// <summary>
/// Text in the values of parameters.
/// <code>
/// xtext   = *( xchar / hexchar )                               ; RFC 3461 §4
/// xchar   = any ASCII CHAR between "!" and "~" except "+" and "="
/// hexchar = ASCII "+" followed by two upper case hexadecimal digits
/// </code>
/// What it stands for must be printable ASCII too: nobody downstream may decode a line end out of it.
/// </summary>
internal static class Xtext
{
    /// <summary>Whether the text is xtext of 1 to <paramref name="maxLength"/> characters.</summary>
    public static bool IsValid(ReadOnlySpan<char> value, int maxLength)
    {
        if (value.IsEmpty || value.Length > maxLength) return false;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is <= ' ' or > '~' or '=') return false;
            if (value[i] != '+') continue;
            if (!TryHex(value[i..], out char c) || c is < ' ' or > '~') return false;
            i += 2;
        }

        return true;
    }

    /// <summary>What valid xtext stands for.</summary>
    public static string Decode(ReadOnlySpan<char> value)
    {
        var result = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '+' && TryHex(value[i..], out char c))
            {
                result.Append(c);
                i += 2;
            }
            else
            {
                result.Append(value[i]);
            }
        }

        return result.ToString();
    }

    private static bool TryHex(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        if (text.Length < 3 || !char.IsAsciiHexDigitUpper(text[1]) || !char.IsAsciiHexDigitUpper(text[2])) return false;
        c = (char)byte.Parse(text[1..3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return true;
    }
}
