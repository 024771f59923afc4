using MailKit.Security;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>The server that takes what is relayed.</summary>
internal sealed class SmartHostSettings
{
    /// <summary>Its name, which its certificate must bear.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c>, <c>SslOnConnect</c> (port 465), or <c>None</c> for a host that cannot do better.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>As whom to authenticate there; null not to.</summary>
    public string? User { get; set; }

    /// <summary>The password. It need not stand in the file: the environment variable <c>RELAYSERVER_Server__SmartHost__Password</c> sets it too.</summary>
    public string? Password { get; set; }

    /// <summary>How many messages are handed over at a time.</summary>
    public int MaxConnections { get; set; } = 8;

    /// <summary>How long handing a message over may take in all; then the client is told to try again.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(2);
}
