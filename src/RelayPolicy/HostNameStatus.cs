namespace RelayPolicy;

/// <summary>How far the client's host names are known.</summary>
public enum HostNameStatus
{
    /// <summary>Nobody has asked the DNS: unknown.</summary>
    NotAsked = 0,

    /// <summary>The DNS did not answer (time-out, SERVFAIL): unknown for now.</summary>
    TemporaryFailure,

    /// <summary>The address has no usable PTR name.</summary>
    None,

    /// <summary>There are PTR names, and none of them resolves back to the address: anybody can claim them.</summary>
    Unconfirmed,

    /// <summary>There are PTR names whose A or AAAA records contain the address; those, and only those, are in the set of names.</summary>
    Confirmed,
}
