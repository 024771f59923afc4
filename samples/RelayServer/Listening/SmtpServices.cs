using System.Security.Cryptography.X509Certificates;
using RelayPolicy.Samples.RelayServer.Delivery;
using RelayPolicy.Samples.RelayServer.Names;
using RelayPolicy.Samples.RelayServer.Users;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>What all connections share.</summary>
internal sealed record SmtpServices(
    IRelayDecision Decision,
    IRelayPolicy Policy,
    UserDirectory Users,
    HostNameResolver HostNames,
    MessageDelivery Delivery,
    DataFolder Folder,
    TimeProvider Clock,
    ILogger<SmtpConnectionHandler> Logger,
    X509Certificate2? Certificate = null) : IDisposable
{
    /// <summary>Whose turn it is to have a password checked: however many ask at once, some processors stay free for mail.</summary>
    public SemaphoreSlim PasswordTurns { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    public void Dispose() => PasswordTurns.Dispose();
}
