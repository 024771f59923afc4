namespace RelayPolicy.Smtp;

/// <summary>What came of reading content.</summary>
internal enum IntakeResult
{
    /// <summary>The input is used up.</summary>
    NeedsInput = 0,

    /// <summary>There is content for the host.</summary>
    Content,

    /// <summary>The message is over its limit: what the host has of it is void, and the rest is read and dropped.</summary>
    TooLarge,

    /// <summary>A chunk is in, and more will follow.</summary>
    ChunkEnd,

    /// <summary>The message is in.</summary>
    MessageEnd,

    /// <summary>A bare CR or LF.</summary>
    BareLineEnd,
}
