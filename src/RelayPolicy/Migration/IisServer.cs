namespace RelayPolicy.Migration;

/// <summary>An SMTP virtual server with the settings that hold for it, its own and inherited ones.</summary>
/// <param name="Id">Its number, as in <c>/LM/SmtpSvc/1</c>.</param>
/// <param name="Settings">The settings that hold for it, in the order of their names.</param>
/// <param name="Domains">Its domains, in the order of their names.</param>
public sealed record IisServer(string Id, IReadOnlyList<IisSetting> Settings, IReadOnlyList<IisDomain> Domains)
{
    /// <summary>Settings at keys below the server that are neither it nor one of its domains.</summary>
    public IReadOnlyList<IisSetting> Elsewhere { get; init; } = [];

    /// <summary>Its key in the metabase.</summary>
    public string Location => $"{MetabasePath.SmtpService}/{Id}";

    /// <summary>The name that an administrator gave it, or null.</summary>
    public string? Comment => Settings.FirstOrDefault(setting => setting.Name == MetabaseProperty.ServerComment)?.Value;
}
