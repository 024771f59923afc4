using System.Text.Json;

namespace RelayPolicy.Configuration;

/// <summary>Writes the lists of a policy file. Sets that have a name are written once and referred to; those that have a file keep it.</summary>
internal sealed class ListWriter(Utf8JsonWriter json, IReadOnlyDictionary<object, ListFile> files)
{
    private readonly Dictionary<string, NetworkSet> _networks = new(AsciiComparer.IgnoreCase);
    private readonly Dictionary<string, DomainSet> _domains = new(AsciiComparer.IgnoreCase);

    /// <summary>Notes the name of a set, if it has one that no other set has taken.</summary>
    public void Register(object set)
    {
        if (set is NetworkSet { Name: { } network } networks) _networks.TryAdd(network, networks);
        if (set is DomainSet { Name: { } domain } domains) _domains.TryAdd(domain, domains);
    }

    /// <summary>Writes the lists that have a name.</summary>
    public void WriteNamed()
    {
        WriteNamed(PolicyKeys.Networks, _networks, (name, set) => Write(name, name: null, set, set.ToEntries()));
        WriteNamed(PolicyKeys.Domains, _domains, (name, set) => Write(name, name: null, set, set.ToEntries()));
    }

    /// <summary>Writes a set by its name, or in full if it has none or another set has taken it.</summary>
    public void Write(string key, NetworkSet set) => Write(key, set.Name is { } name && _networks.TryGetValue(name, out NetworkSet? named) && named.Equals(set) ? named.Name : null, set, set.ToEntries());

    /// <inheritdoc cref="Write(string, NetworkSet)"/>
    public void Write(string key, DomainSet set) => Write(key, set.Name is { } name && _domains.TryGetValue(name, out DomainSet? named) && named.Equals(set) ? named.Name : null, set, set.ToEntries());

    /// <summary>Writes entries as an array; of none, says that this is meant.</summary>
    public void Write(string key, IEnumerable<string> entries)
    {
        string[] all = [.. entries];
        if (all.Length > 0)
        {
            WriteArray(key, all);
            return;
        }

        json.WriteStartObject(key);
        WriteArray(PolicyKeys.Entries, all);
        json.WriteBoolean(PolicyKeys.AllowEmpty, value: true);
        json.WriteEndObject();
    }

    /// <summary>Whether the list has a file of its own.</summary>
    public bool HasFile(object list) => files.ContainsKey(list);

    /// <summary>Writes the file of a list.</summary>
    public void WriteFile(string key, object list)
    {
        ListFile file = files[list];
        json.WriteStartObject(key);
        json.WriteString(PolicyKeys.File, file.Path);
        if (file.AllowEmpty) json.WriteBoolean(PolicyKeys.AllowEmpty, value: true);
        if (file.IgnoreColumns) json.WriteBoolean(PolicyKeys.IgnoreColumns, value: true);
        json.WriteEndObject();
    }

    private void Write(string key, string? name, object set, IEnumerable<string> entries)
    {
        if (name is not null) json.WriteString(key, name);
        else if (HasFile(set)) WriteFile(key, set);
        else Write(key, entries);
    }

    private void WriteNamed<T>(string key, Dictionary<string, T> lists, Action<string, T> write)
    {
        if (lists.Count == 0) return;
        json.WriteStartObject(key);
        foreach ((string name, T set) in lists) write(name, set);
        json.WriteEndObject();
    }

    private void WriteArray(string key, string[] values)
    {
        json.WriteStartArray(key);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
