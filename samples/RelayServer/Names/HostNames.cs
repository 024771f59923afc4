namespace RelayPolicy.Samples.RelayServer.Names;

/// <summary>What the DNS says of a client.</summary>
internal sealed record HostNames(HostNameStatus Status, string[] Names)
{
    public static readonly HostNames Unknown = new(HostNameStatus.TemporaryFailure, []);
}
