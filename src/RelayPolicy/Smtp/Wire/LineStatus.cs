namespace RelayPolicy.Smtp.Wire;

/// <summary>What was found at the end of a line.</summary>
internal enum LineStatus
{
    /// <summary>The line has no end yet; everything was taken.</summary>
    Incomplete = 0,

    /// <summary>A line.</summary>
    Complete,

    /// <summary>A line over its limit, which was dropped to its end.</summary>
    TooLong,

    /// <summary>A CR without LF behind it, or a LF without CR before it.</summary>
    BareLineEnd,
}
