namespace RelayPolicy.Smtp.Wire;

/// <summary>Why a run of content ended.</summary>
internal enum ContentEnd
{
    /// <summary>The input is used up.</summary>
    Input = 0,

    /// <summary>A dot was taken away from the beginning of a line; more content may follow.</summary>
    Dot,

    /// <summary>A bare LF was taken away, for which CR LF is to be put in.</summary>
    LineFeed,

    /// <summary>CR LF . CR LF.</summary>
    Content,

    /// <summary>A bare CR or LF.</summary>
    BareLineEnd,
}
