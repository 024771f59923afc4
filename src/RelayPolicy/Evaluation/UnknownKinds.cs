namespace RelayPolicy;

/// <summary>Why facts are unknown; several reasons can come together.</summary>
[Flags]
internal enum UnknownKinds
{
    None = 0,

    /// <summary>The DNS did not answer or was not asked.</summary>
    Dns = 1,

    /// <summary>Some other source failed for now.</summary>
    Temporary = 2,

    /// <summary>Nobody can know the client's address.</summary>
    ClientAddress = 4,
}
