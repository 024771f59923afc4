using Microsoft.Extensions.Options;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>The section <c>Server</c> of the configuration. It is read once, at the start, except for <see cref="Users"/>.</summary>
internal sealed class ServerSettings
{
    public const string Section = "Server";

    private static readonly string[] Sections = ["RelayPolicy", Section, "Logging"];

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
    public static ServerSettings Read(IConfiguration configuration, Action<ServerSettings>? change = null)
    {
        string[] strangers = [.. configuration.GetChildren().Where(section => section.GetChildren().Any()).Select(section => section.Key).Except(Sections, StringComparer.OrdinalIgnoreCase)];
        var reader = new SettingsReader();
        ServerSettings settings = reader.Read<ServerSettings>(configuration.GetSection(Section));
        change?.Invoke(settings);
        string[] errors = [.. strangers.Select(key => $"{Terminal.Safe(key)} is no section; write one of {string.Join(", ", Sections)}"), .. reader.Errors];
        if (errors.Length == 0 || configuration.GetSection(Section).Exists()) errors = [.. errors, .. ServerSettingsValidator.Validate(settings).Where(error => !errors.Any(known => SamePlace(known, error)))];
        return errors.Length == 0 ? settings : throw new OptionsValidationException(Section, typeof(ServerSettings), errors);
    }

    // What could not be read has its default, of which there is nothing to say.
    private static bool SamePlace(string known, string error) => error.StartsWith(known.Split(' ')[0], StringComparison.OrdinalIgnoreCase);
}
