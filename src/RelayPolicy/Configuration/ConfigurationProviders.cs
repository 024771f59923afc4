using Microsoft.Extensions.Configuration;

namespace RelayPolicy.Configuration;

/// <summary>The providers behind a configuration section, those behind chained ones too.</summary>
internal sealed class ConfigurationProviders
{
    private const string Unseen = "further ones that cannot be seen";

    private readonly IConfigurationRoot _root;

    private ConfigurationProviders(IConfigurationRoot root) => _root = root;

    /// <summary>The providers of a section, if one of the roots is the section's own; else null.</summary>
    public static ConfigurationProviders? Find(IConfigurationSection section, params IEnumerable<IConfigurationRoot> roots)
    {
        foreach (IConfigurationRoot root in roots)
        {
            if (IsRootOf(root, section)) return new ConfigurationProviders(root);
        }

        return null;
    }

    /// <summary>The names of the providers that hold the key or one below it.</summary>
    public IReadOnlyList<string> Feeding(string path) => [.. Feeding(_root, path)];

    // A section hands out the token of its root. Both are read again if a reload came between.
    private static bool IsRootOf(IConfigurationRoot root, IConfigurationSection section)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            if (ReferenceEquals(root.GetReloadToken(), section.GetReloadToken())) return true;
        }

        return false;
    }

    private static IEnumerable<string> Feeding(IConfigurationRoot root, string path) =>
        root.Providers.Where(provider => provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any()).SelectMany(provider => provider switch
        {
            ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } => Feeding(inner, path),
            ChainedConfigurationProvider => [provider.ToString() ?? "", Unseen],
            _ => [provider.ToString() ?? provider.GetType().Name],
        });
}
