using System.Text.RegularExpressions;

namespace RelayPolicy.Tests;

/// <summary>An obvious reading of a list of domains: entries by their text, and a look at every suffix, the longest first.</summary>
internal sealed partial class DomainOracle
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many different entries there are.</summary>
    public int Count => _ids.Count;

    /// <summary>Adds an entry unless it is there with another id.</summary>
    public bool TryAdd(string entry, int id) => _ids.TryAdd(entry, id) || _ids[entry] == id;

    /// <summary>The id of the longest entry that matches; 0 for none, or when the text is no name.</summary>
    public int Find(string text)
    {
        if (text.Length > 255 || !Name().IsMatch(text)) return 0;
        if (_ids.TryGetValue(text, out int exact)) return exact;
        for (int dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.', dot + 1))
        {
            if (_ids.TryGetValue("*" + text[dot..], out int wildcard)) return wildcard;
        }

        return 0;
    }

    [GeneratedRegex(@"\A([A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?)(\.[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?)*\z")]
    private static partial Regex Name();
}
