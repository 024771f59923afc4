namespace RelayPolicy;

/// <summary>From where the client's address is known.</summary>
public enum ClientProvenance
{
    /// <summary>From the connection itself.</summary>
    Direct = 0,

    /// <summary>From a named peer, by the PROXY protocol or XCLIENT.</summary>
    Proxied,
}
