namespace RelayPolicy.Migration;

/// <summary>The settings of a server or domain. What nobody took by the end was not read, and is reported.</summary>
internal sealed class SettingTable(string location, IReadOnlyList<IisSetting> settings)
{
    private readonly HashSet<string> _taken = new(AsciiComparer.IgnoreCase);

    /// <summary>The setting, or null if it is not there.</summary>
    public IisSetting? Take(string name)
    {
        _taken.Add(name);
        return settings.FirstOrDefault(setting => AsciiComparer.IgnoreCase.Equals(setting.Name, name));
    }

    /// <summary>Where the setting is or would be.</summary>
    public string PlaceOf(string name) => Take(name)?.Place ?? $"{Printable.Escape(location)} {name}";

    /// <summary>The settings that nobody asked for.</summary>
    public IEnumerable<IisSetting> Rest() => settings.Where(setting => !_taken.Contains(setting.Name));
}
