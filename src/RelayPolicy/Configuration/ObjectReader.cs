using System.Globalization;

namespace RelayPolicy.Configuration;

/// <summary>
/// Reads the fields of one object. Keys are compared ASCII case-insensitively, as .NET configuration does. What nobody took by the
/// end is an unknown key; a key that is there twice, and a value that is null or empty, are errors.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, PolicyNode> _fields = new(AsciiComparer.IgnoreCase);
    private readonly List<string> _known = [];
    private readonly ObjectNode _node;
    private readonly PolicyErrors _errors;

    public ObjectReader(ObjectNode node, PolicyErrors errors)
    {
        _node = node;
        _errors = errors;
        foreach ((string key, PolicyNode value) in node.Fields)
        {
            if (!_fields.TryAdd(key, value)) errors.Add(value, "the key is there twice", "keep one of them");
        }
    }

    /// <summary>The value of an optional key, or null if the key is not there.</summary>
    public PolicyNode? Take(string key)
    {
        _known.Add(key);
        return _fields.Remove(key, out PolicyNode? value) ? value : null;
    }

    /// <summary>The value of a key that must be there, or null after an error.</summary>
    public PolicyNode? Require(string key)
    {
        PolicyNode? value = Take(key);
        if (value is null) _errors.Add(_node, $"{key} is missing", $"write {key} out");
        return value;
    }

    public string? TakeString(string key) => Take(key) is { } node ? StringOf(node) : null;

    public string? RequireString(string key) => Require(key) is { } node ? StringOf(node) : null;

    public bool? TakeBoolean(string key)
    {
        PolicyNode? node = Take(key);
        if (node is null || node.Boolean is not null) return node?.Boolean;
        _errors.AddKind(node, "true or false");
        return null;
    }

    /// <summary>A name of the enumeration, in any case; null if it is missing or wrong.</summary>
    public T? TakeEnum<T>(string key)
        where T : struct, Enum => Take(key) is { } node ? EnumOf<T>(node) : null;

    public T? RequireEnum<T>(string key)
        where T : struct, Enum => Require(key) is { } node ? EnumOf<T>(node) : null;

    /// <summary>A date and time with its offset from UTC (RFC 3339).</summary>
    public DateTimeOffset? TakeInstant(string key)
    {
        PolicyNode? node = Take(key);
        if (node is null || StringOf(node) is not { } text) return null;
        if (InstantText.TryParse(text, out DateTimeOffset instant)) return instant;
        _errors.Add(node, $"\"{Printable.Escape(text)}\" is no date and time with an offset", "write 2026-11-24T00:00:00Z");
        return null;
    }

    /// <summary>A duration such as <c>00:00:02</c>.</summary>
    public TimeSpan? TakeDuration(string key)
    {
        PolicyNode? node = Take(key);
        if (node is null || StringOf(node) is not { } text) return null;
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan duration)) return duration;
        _errors.Add(node, $"\"{Printable.Escape(text)}\" is no duration", "write hours, minutes and seconds, such as 00:00:02");
        return null;
    }

    /// <summary>A limit: a whole number that is not negative, or <c>"Unlimited"</c>, which is null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="max">The largest number.</param>
    /// <param name="usual">The limit when the key is not there.</param>
    public long? TakeLimit(string key, long max, long? usual)
    {
        PolicyNode? node = Take(key);
        if (node is null) return usual;
        if (node is StringNode { Value: var word } && AsciiComparer.IgnoreCase.Equals(word, PolicyKeys.Unlimited)) return null;
        if (long.TryParse(node.Number, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= max) return count;
        _errors.Add(node, "it is no limit", $"write a whole number from 0 to {max.ToString(CultureInfo.InvariantCulture)}, or \"{PolicyKeys.Unlimited}\"");
        return usual;
    }

    /// <summary>Reports every key that nobody took.</summary>
    public void Finish()
    {
        foreach (PolicyNode value in _fields.Values) _errors.Add(value, "the key is unknown", $"write one of {string.Join(", ", _known)}");
    }

    private string? StringOf(PolicyNode node)
    {
        if (node is StringNode { Value: var text } && !string.IsNullOrWhiteSpace(text)) return text;
        if (node is StringNode) _errors.Add(node, "it is empty", "write a value, or leave the key out if it is optional");
        else _errors.AddKind(node, "a string");
        return null;
    }

    private T? EnumOf<T>(PolicyNode node)
        where T : struct, Enum
    {
        if (StringOf(node) is not { } text) return null;
        foreach (T value in Enum.GetValues<T>())
        {
            if (AsciiComparer.IgnoreCase.Equals(value.ToString(), text)) return value;
        }

        _errors.Add(node, $"\"{Printable.Escape(text)}\" is not known here", $"write one of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }
}
