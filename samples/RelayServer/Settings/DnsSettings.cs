namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>How host names are looked up.</summary>
internal sealed class DnsSettings
{
    /// <summary>The name servers, each an address with or without a port; none for those of the system.</summary>
    public List<string> Servers { get; set; } = [];

    /// <summary>How long all look-ups for one client may take. Then its name is unknown for now, and what depends on it is deferred.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);
}
