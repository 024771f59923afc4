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
