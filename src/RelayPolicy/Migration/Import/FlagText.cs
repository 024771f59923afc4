using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>The texts of DWORD properties: numbers, names of flags joined by <c>|</c>, truth values.</summary>
internal static class FlagText
{
    private static readonly string[] TrueWords = ["TRUE", "YES", "ON"];
    private static readonly string[] FalseWords = ["FALSE", "NO", "OFF"];

    /// <summary>Reads a number: decimal, <c>0x</c> hexadecimal, or -1 for all bits.</summary>
    public static bool TryParseNumber(string text, out uint number)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return uint.TryParse(trimmed.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        if (uint.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return true;
        bool isNegative = int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int signed);
        number = unchecked((uint)signed);
        return isNegative;
    }

    /// <summary>Reads a truth value: any number that is not zero is true.</summary>
    public static bool TryParseBoolean(string text, out bool value)
    {
        value = false;
        string trimmed = text.Trim();
        if (TryParseNumber(trimmed, out uint number)) value = number != 0;
        else if (TrueWords.Contains(trimmed, AsciiComparer.IgnoreCase)) value = true;
        else return FalseWords.Contains(trimmed, AsciiComparer.IgnoreCase);
        return true;
    }

    /// <summary>Reads flags: names and numbers joined by <c>|</c>.</summary>
    /// <param name="text">The flags. The empty text is none of them.</param>
    /// <param name="names">The names that are known.</param>
    /// <param name="flags">The flags together.</param>
    /// <param name="numbers">Those of them that were given as numbers.</param>
    /// <param name="unknown">The first name that is not known; empty on success.</param>
    public static bool TryParseFlags(string text, IReadOnlyDictionary<string, uint> names, out uint flags, out uint numbers, out string unknown)
    {
        flags = 0;
        numbers = 0;
        unknown = "";
        foreach (string part in text.Split('|', StringSplitOptions.TrimEntries))
        {
            if (names.TryGetValue(part, out uint flag)) flags |= flag;
            else if (TryParseNumber(part, out uint number)) numbers |= number;
            else if (text.Trim().Length > 0) unknown = part;
            if (unknown.Length > 0) return false;
        }

        flags |= numbers;
        return true;
    }
}
