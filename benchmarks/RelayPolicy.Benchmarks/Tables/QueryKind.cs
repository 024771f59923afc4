namespace RelayPolicy.Benchmarks;

/// <summary>Which questions are asked. There are <see cref="Queries.Count"/> different ones of each kind, never one key in a loop.</summary>
public enum QueryKind
{
    /// <summary>Each asks for something in a random entry; all entries are equally likely.</summary>
    Hit,

    /// <summary>Each asks for something that no entry matches but that looks like an entry.</summary>
    Miss,

    /// <summary>Hits that are spread over the entries by Zipf's law, as clients are: few entries get most of the questions.</summary>
    Skewed,
}

internal static class Queries
{
    /// <summary>Questions of a kind; a power of two.</summary>
    public const int Count = 65_536;

    /// <summary>How many of them a slow peer answers in one run; the next run goes on behind them.</summary>
    public const int SlowCount = 4_096;

    public const int Seed = 977;
}
