namespace RelayPolicy;

/// <summary>The facts of a request that a condition can look at.</summary>
[Flags]
public enum RelayFacts
{
    /// <summary>No fact.</summary>
    None = 0,

    /// <summary>The client's IP address. Known from <see cref="RelayStage.Connect"/> on.</summary>
    ClientAddress = 1 << 0,

    /// <summary>The client's host names and how far they are confirmed. Known from <see cref="RelayStage.Connect"/> on, if asked for.</summary>
    HostName = 1 << 1,

    /// <summary>The name of the listener. Known from <see cref="RelayStage.Connect"/> on.</summary>
    Listener = 1 << 2,

    /// <summary>Whether a proxy named the client. Known from <see cref="RelayStage.Connect"/> on.</summary>
    Provenance = 1 << 3,

    /// <summary>Whether the session is under TLS, and the client's certificate. Known from <see cref="RelayStage.Sender"/> on.</summary>
    Tls = 1 << 4,

    /// <summary>User name, mechanism and groups. Known from <see cref="RelayStage.Sender"/> on.</summary>
    Identity = 1 << 5,

    /// <summary>The reverse-path. Known from <see cref="RelayStage.Sender"/> on.</summary>
    Sender = 1 << 6,

    /// <summary>Which senders a user owns. Known from <see cref="RelayStage.Sender"/> on.</summary>
    Ownership = 1 << 7,

    /// <summary>Which domains are local. Known from <see cref="RelayStage.Sender"/> on.</summary>
    Locality = 1 << 8,

    /// <summary>The forward-path. Known at <see cref="RelayStage.Recipient"/>.</summary>
    Recipient = 1 << 9,
}
