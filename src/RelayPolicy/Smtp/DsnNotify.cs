namespace RelayPolicy.Smtp;

/// <summary>When the sender wants to be told about a recipient (<c>NOTIFY</c>, RFC 3461 §4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>The parameter was not given.</summary>
    NotGiven = 0,

    /// <summary>Never; stands alone.</summary>
    Never = 1,

    /// <summary>When the message was delivered.</summary>
    Success = 2,

    /// <summary>When it could not be delivered.</summary>
    Failure = 4,

    /// <summary>When delivery is delayed.</summary>
    Delay = 8,
}
