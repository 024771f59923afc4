using System.Text.Json;

namespace RelayPolicy.Configuration;

/// <summary>A value in a policy with its place: a JSON pointer (RFC 6901), or the path of a key of .NET configuration. The source of the
/// tree does not matter to its reader.</summary>
internal abstract record PolicyNode(string Place)
{
    /// <summary>The value in words, for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>The value as true or false, if it is one of them.</summary>
    public virtual bool? Boolean => null;

    /// <summary>The value as a number as it is written, if it can be one.</summary>
    public virtual string? Number => null;

    public static string PlaceOf(string parent, string key) => $"{parent}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}

/// <summary>Keys and values in their order; a key can be there twice, which is for the reader to refuse.</summary>
internal sealed record ObjectNode(string Place, IReadOnlyList<KeyValuePair<string, PolicyNode>> Fields) : PolicyNode(Place)
{
    public override string Kind => Fields.Count == 0 ? "an empty object" : "an object";
}

internal sealed record ArrayNode(string Place, IReadOnlyList<PolicyNode> Items) : PolicyNode(Place)
{
    public override string Kind => Items.Count == 0 ? "an empty array" : "an array";
}

internal record StringNode(string Place, string Value) : PolicyNode(Place)
{
    public override string Kind => "a string";
}

/// <summary>A value of .NET configuration, where everything is text: what is wanted says what it is.</summary>
internal sealed record SettingNode(string Place, string Value) : StringNode(Place, Value)
{
    public override bool? Boolean => AsciiComparer.IgnoreCase.Equals(Value, "true") ? true : AsciiComparer.IgnoreCase.Equals(Value, "false") ? false : null;

    public override string Number => Value;
}

internal sealed record BooleanNode(string Place, bool Value) : PolicyNode(Place)
{
    public override string Kind => Value ? "true" : "false";

    public override bool? Boolean => Value;
}

/// <summary>A number as it is written.</summary>
internal sealed record NumberNode(string Place, string Text) : PolicyNode(Place)
{
    public override string Kind => "a number";

    public override string Number => Text;
}

internal sealed record NullNode(string Place) : PolicyNode(Place)
{
    public override string Kind => "null";
}

/// <summary>A key of .NET configuration without a value, where null, <c>""</c>, <c>[]</c> and <c>{}</c> look alike.</summary>
internal sealed record EmptyNode(string Place) : PolicyNode(Place)
{
    public override string Kind => "empty";
}

/// <summary>Makes the tree from JSON.</summary>
internal static class JsonPolicyTree
{
    /// <summary>How deep a file can be nested, in reading and in writing.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth };

    /// <summary>Reads JSON with comments and trailing commas.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static PolicyNode Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span is [0xef, 0xbb, 0xbf, ..]) utf8 = utf8[3..];
        using JsonDocument document = JsonDocument.Parse(utf8, Options);
        return Convert(document.RootElement, "");
    }

    private static PolicyNode Convert(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Object => new ObjectNode(place, [.. element.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Convert(field.Value, PolicyNode.PlaceOf(place, field.Name))))]),
        JsonValueKind.Array => new ArrayNode(place, [.. element.EnumerateArray().Select((item, index) => Convert(item, $"{place}/{index}"))]),
        JsonValueKind.String => new StringNode(place, element.GetString()!),
        JsonValueKind.True => new BooleanNode(place, Value: true),
        JsonValueKind.False => new BooleanNode(place, Value: false),
        JsonValueKind.Number => new NumberNode(place, element.GetRawText()),
        _ => new NullNode(place),
    };
}
