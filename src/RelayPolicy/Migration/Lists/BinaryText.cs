using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>The texts in which binary values of a metabase go around.</summary>
internal static class BinaryText
{
    /// <summary>What the text may stand for, most likely first. No reading is empty.</summary>
    public static IEnumerable<byte[]> Readings(string text) =>
        new[] { FromHexadecimal(text), FromDecimalBytes(text), FromBase64(text) }.OfType<byte[]>().Where(bytes => bytes.Length > 0);

    private static byte[]? FromHexadecimal(string text)
    {
        // An attribute may be broken over several lines.
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static byte[]? FromDecimalBytes(string text)
    {
        string[] parts = text.Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var bytes = new byte[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
        }

        return bytes;
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
