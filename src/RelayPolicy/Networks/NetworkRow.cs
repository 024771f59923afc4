namespace RelayPolicy;

/// <summary>A line of a table of networks.</summary>
internal readonly record struct NetworkRow<T>(IPPrefix Network, T Value, long Line);
