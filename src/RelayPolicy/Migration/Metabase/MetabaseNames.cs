using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>Gives the properties of a key their names, whether they are written by name, by number or by both.</summary>
internal static class MetabaseNames
{
    // IIS writes UnknownName_36970 for a number that its schema does not name.
    private const string Unnamed = "UnknownName";

    private static readonly char[] Separators = ['|', ' ', '\t', '\r', '\n'];

    /// <summary>The setting that an entry is; two if its name and its number are those of different settings.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="location">The key at which it stands.</param>
    /// <param name="isParent">Whether servers and domains inherit from the key.</param>
    public static IEnumerable<IisSetting> SettingsOf(MetabaseEntry entry, string location, bool isParent)
    {
        uint? id = NumberOf(entry.Id);
        string? byId = id is { } number ? MetabaseProperty.NameOf(number) : null;
        string? byName = MetabaseProperty.FindRead(entry.Name);
        bool isNamed = entry.Name.Length > 0 && !entry.Name.StartsWith(Unnamed, StringComparison.OrdinalIgnoreCase);
        string name = byName ?? (isNamed ? entry.Name : byId ?? (id is { } unknown ? MetabaseProperty.NameOfUnknown(unknown) : "(no name)"));
        string? problem = ProblemOf(entry, isParent);
        if (byId is not null && !AsciiComparer.IgnoreCase.Equals(name, byId))
        {
            problem = $"its name {Printable.Escape(entry.Name)} and its number {id} are those of different settings";
            yield return new IisSetting(byId, location, entry.Value) { Problem = problem };
        }

        yield return new IisSetting(name, location, entry.Value) { Problem = problem };
    }

    private static string? ProblemOf(MetabaseEntry entry, bool isParent)
    {
        if (entry.Attributes is not { } text) return null;
        string[] attributes = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (attributes.Contains("SECURE", AsciiComparer.IgnoreCase)) return "its value is encrypted";
        bool isInherited = attributes.Contains("INHERIT", AsciiComparer.IgnoreCase);
        return isParent && !isInherited ? "it stands at a parent key and does not say that it is inherited" : null;
    }

    private static uint? NumberOf(string? text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
}
