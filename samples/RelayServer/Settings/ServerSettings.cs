using Microsoft.Extensions.Options;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>The section <c>Server</c> of the configuration. It is read once, at the start, except for <see cref="Users"/>.</summary>
internal sealed class ServerSettings
{
    public const string Section = "Server";

    /// <summary>The name of this host, for the greeting and for the trace fields.</summary>
    public string HostName { get; set; } = "";

    /// <summary>Where mail is kept: <c>maildir</c>, <c>spool</c> and what the server needs itself. Relative to the configuration file.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Whether internationalised addresses are taken (RFC 6531). The smart host must take them too.</summary>
    public bool SmtpUtf8 { get; set; }

    /// <summary>Where the server listens.</summary>
    public List<ListenerSettings> Listeners { get; set; } = [];

    /// <summary>The certificate, or null: then no listener may have <see cref="ListenerSettings.StartTls"/> or <see cref="ListenerSettings.ImplicitTls"/>.</summary>
    public CertificateSettings? Certificate { get; set; }

    /// <summary>Who takes what is relayed; null to collect it in the spool.</summary>
    public SmartHostSettings? SmartHost { get; set; }

    /// <summary>The users by name.</summary>
    public Dictionary<string, UserSettings> Users { get; set; } = [];

    /// <summary>How host names are looked up, if a rule needs them.</summary>
    public DnsSettings Dns { get; set; } = new();

    /// <summary>Reads the settings as they are now. A key that nobody knows is an error: it may be a limit with a slip of the pen.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong with them; it holds every error.</exception>
    /// <exception cref="InvalidOperationException">A value cannot be read, or a key is unknown.</exception>
    public static ServerSettings Read(IConfiguration configuration, Action<ServerSettings>? change = null)
    {
        var settings = new ServerSettings();
        configuration.GetSection(Section).Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true);
        change?.Invoke(settings);
        string[] errors = [.. ServerSettingsValidator.Validate(settings)];
        return errors.Length == 0 ? settings : throw new OptionsValidationException(Section, typeof(ServerSettings), errors);
    }
}

/// <summary>The certificate of the server: a PKCS #12 file, or a PEM file with its key.</summary>
internal sealed class CertificateSettings
{
    /// <summary>The file, relative to the configuration file; empty for a certificate made at each start, for which no client can vouch.</summary>
    public string File { get; set; } = "";

    /// <summary>The file of the key, if the certificate is a PEM file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of a PKCS #12 file.</summary>
    public string? Password { get; set; }
}

/// <summary>A user.</summary>
internal sealed class UserSettings
{
    /// <summary>What <c>--hash-password</c> printed.</summary>
    public string Verifier { get; set; } = "";

    /// <summary>The groups of the user.</summary>
    public List<string> Groups { get; set; } = [];
}

/// <summary>How host names are looked up.</summary>
internal sealed class DnsSettings
{
    /// <summary>The name servers, each an address with or without a port; none for those of the system.</summary>
    public List<string> Servers { get; set; } = [];

    /// <summary>How long all look-ups for one client may take. Then its name is unknown for now, and what depends on it is deferred.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);
}
