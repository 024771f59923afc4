namespace RelayPolicy.Migration;

/// <summary>What the parts of an import share.</summary>
internal sealed class ImportContext(IisServer server, IisImportOptions options)
{
    public IisServer Server => server;

    public IisImportOptions Options => options;

    public SettingTable Settings { get; } = new(server.Location, server.Settings);

    public ImportFindings Findings { get; } = new();

    /// <summary>Where each rule comes from, by the name of the rule.</summary>
    public Dictionary<string, string> Comments { get; } = [];

    /// <summary>What cannot be understood and may have kept everybody out; then nobody may connect.</summary>
    public string? RefusesEverybody { get; private set; }

    public void RefuseEverybody(string reason) => RefusesEverybody ??= reason;
}
