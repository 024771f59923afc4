namespace RelayPolicy.Migration;

/// <summary>
/// The settings of IIS SMTP as they were stored, every one with its place. <see cref="ToPolicy"/> makes of them what they meant.
/// </summary>
public sealed class IisSettings
{
    internal IisSettings(IReadOnlyList<IisServer> servers) => Servers = servers;

    /// <summary>The SMTP virtual servers, in the order of their numbers.</summary>
    public IReadOnlyList<IisServer> Servers { get; }

    /// <summary>Reads <c>MetaBase.xml</c> in bounded memory, however long it is; settings of other services are skipped.</summary>
    /// <param name="stream">The file: UTF-8 or UTF-16, with or without a byte order mark. It is left open.</param>
    /// <exception cref="IisSettingsException">It is no metabase, holds no SMTP server, or exceeds a bound.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IisSettings ReadMetabase(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return MetabaseTree.Resolve(MetabaseReader.Read(stream));
    }

    /// <summary>Reads what the script <c>Export-IisSmtpPolicy.ps1</c> printed on the old server.</summary>
    /// <param name="stream">The JSON: UTF-8 or UTF-16, with or without a byte order mark. It is left open.</param>
    /// <exception cref="IisSettingsException">It is no such JSON, holds no SMTP server, or exceeds a bound.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IisSettings ReadExport(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ExportReader.Read(stream);
    }

    /// <summary>Makes a policy of the settings of one server, and says of each what became of it.</summary>
    /// <param name="options">Which server, and how to choose where the settings leave a choice; null for the safe choices.</param>
    /// <exception cref="ArgumentException">There is no such server, or there are several and the options name none.</exception>
    public IisImport ToPolicy(IisImportOptions? options = null)
    {
        options ??= new IisImportOptions();
        return new ServerImport(Choose(options.Server), options).Run();
    }

    private IisServer Choose(string? id)
    {
        IisServer? chosen = id is null && Servers.Count == 1 ? Servers[0] : Servers.FirstOrDefault(server => server.Id == id);
        if (chosen is not null) return chosen;
        string all = string.Join(", ", Servers.Select(server => server.Comment is { } comment ? $"{server.Id} ({Printable.Escape(comment)})" : server.Id));
        throw new ArgumentException(id is null
            ? $"There are several SMTP servers; name one of {all}."
            : $"There is no SMTP server \"{Printable.Escape(id)}\"; name one of {all}.");
    }
}
