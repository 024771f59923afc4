namespace RelayPolicy;

/// <summary>What the line of a table gave to its entry.</summary>
internal readonly record struct ListRow<T>(T Value, long Line);
