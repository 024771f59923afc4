namespace RelayPolicy.Samples.Decide;

/// <summary>What the program is asked to print.</summary>
internal enum Mode
{
    /// <summary>A table of the shipped requests, for people.</summary>
    Table,

    /// <summary>One JSON object for each request, for programs.</summary>
    JsonLines,

    /// <summary>Why one request is decided as it is.</summary>
    Explanation,
}
