namespace RelayPolicy.Migration;

/// <summary>A property as it is written at its key, as an attribute or as a child element <c>Custom</c>.</summary>
/// <param name="Name">Its name; empty if a child has none.</param>
/// <param name="Id">Its number, as text, if a child has one.</param>
/// <param name="Value">Its value.</param>
/// <param name="Attributes">The attributes of a child, <c>INHERIT | SECURE</c>; null if it has none.</param>
internal sealed record MetabaseEntry(string Name, string? Id, string Value, string? Attributes);
