namespace RelayPolicy.Benchmarks;

/// <summary>What the rules of a made-up policy are like.</summary>
public enum PolicyShape
{
    /// <summary>Clients, senders, recipients and users, each customer its own.</summary>
    Ordinary = 0,

    /// <summary>Every rule names the same network, and a recipient of its own.</summary>
    SharedNetwork,

    /// <summary>Every rule names the same domain, and a network of its own.</summary>
    SharedDomain,

    /// <summary>Every rule names one of a hundred networks and one of a hundred domains: a hundred rules share each.</summary>
    Grid,

    /// <summary>Every rule is nested eight deep.</summary>
    DeeplyNested,
}
