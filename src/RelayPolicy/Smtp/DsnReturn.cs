namespace RelayPolicy.Smtp;

/// <summary>What of the message a failure notification returns (<c>RET</c>, RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    /// <summary>The parameter was not given.</summary>
    NotGiven = 0,

    /// <summary>The whole message.</summary>
    Full,

    /// <summary>Its header only.</summary>
    Headers,
}
