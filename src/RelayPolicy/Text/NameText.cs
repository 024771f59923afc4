using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>The names that a policy gives and compares: of rules, lists, listeners, users, groups.</summary>
internal static class NameText
{
    /// <summary>
    /// What is wrong with a name, as a clause, or null. A name is shown in logs and written to files, so it is not blank, is
    /// well-formed Unicode and holds no control, format or line separator character.
    /// </summary>
    public static string? FindFault(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "blank";
        for (int i = 0; i < name.Length;)
        {
            if (Rune.DecodeFromUtf16(name.AsSpan(i), out Rune rune, out int length) != System.Buffers.OperationStatus.Done) return "not well-formed Unicode";
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return "a text with a control or format character";
            }

            i += length;
        }

        return null;
    }

    /// <exception cref="ArgumentException">Something is wrong with the name.</exception>
    public static void Check(string? name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (FindFault(name) is { } fault) throw new ArgumentException($"The name is {fault}.", parameter);
    }

    /// <summary>
    /// Whether a comparer goes by culture or collation: such a one overlooks zero-width characters, so that another user passes for the
    /// one who is named.
    /// </summary>
    public static bool OverlooksCharacters(IEqualityComparer<string> comparer) =>
        comparer.Equals("name", "na\u200bme") || comparer.Equals("name", "na\u00adme") || comparer.Equals("name", "name\0");
}
