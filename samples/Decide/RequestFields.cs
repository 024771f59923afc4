using System.Text.Json;

namespace RelayPolicy.Samples.Decide;

/// <summary>The fields of a request, by their types. A field that is null is as if it were absent.</summary>
internal readonly struct RequestFields
{
    private static readonly string[] Keys =
    [
        "client", "port", "auth", "mechanism", "groups", "tls", "certificate", "hostNames", "hostNameStatus", "listener", "proxied",
        "localDomains", "unknown", "at", "from", "to",
    ];

    private readonly JsonElement _object;

    /// <exception cref="FormatException">It is not an object, or one of its keys is unknown or stands there twice.</exception>
    public RequestFields(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException("it is no JSON object; write {\"to\":\"<bob@example.com>\"} and what else is known");
        int seen = 0;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string key = property.Name;
            int index = Array.IndexOf(Keys, key);
            if (index < 0) throw new FormatException($"the key {Terminal.Quote(key)} is unknown; write any of {string.Join(", ", Keys)}");
            if ((seen & (1 << index)) != 0) throw new FormatException($"the key \"{key}\" stands there twice; leave one of them out");
            seen |= 1 << index;
        }

        _object = element;
    }

    public string? Text(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(key, "a string");

    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) throw Wrong(key, "a list of strings");
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    public bool Flag(string key) => Find(key) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(key, "true or false"));

    /// <summary>A whole number from 0 to the maximum.</summary>
    public int? Number(string key, int max) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0 && number <= max ? number
        : throw Wrong(key, $"a whole number from 0 to {max}");

    private JsonElement? Find(string key) => _object.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static FormatException Wrong(string key, string expected) => new($"\"{key}\" is not {expected}; write {expected}");
}
