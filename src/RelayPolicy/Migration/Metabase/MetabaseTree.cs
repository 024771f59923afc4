using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>Finds the settings that hold for each server and domain: its own, else those of the nearest parent that has them.</summary>
internal sealed class MetabaseTree
{
    private readonly IReadOnlyDictionary<string, MetabaseNode> _nodes;
    private readonly ILookup<string?, string> _keysByServer;

    private MetabaseTree(IReadOnlyDictionary<string, MetabaseNode> nodes)
    {
        _nodes = nodes;
        _keysByServer = nodes.Keys.ToLookup(MetabasePath.ServerOf);
    }

    /// <exception cref="IisSettingsException">There is no SMTP server.</exception>
    public static IisSettings Resolve(IReadOnlyDictionary<string, MetabaseNode> nodes)
    {
        var tree = new MetabaseTree(nodes);
        IisServer[] servers = [.. nodes.Keys.Where(MetabasePath.IsServer).Select(tree.ReadServer).OrderBy(server => uint.Parse(server.Id, CultureInfo.InvariantCulture))];
        if (servers.Length > 0) return new IisSettings(servers);
        throw new IisSettingsException("the metabase", $"there is no SMTP server in it (a key such as {MetabasePath.SmtpService}/1)", "give the file MetaBase.xml of a server that runs IIS SMTP");
    }

    private IisServer ReadServer(string location)
    {
        string id = MetabasePath.ServerOf(location)!;
        string[] below = [.. _keysByServer[id].Where(key => !MetabasePath.IsServer(key)).Order(StringComparer.OrdinalIgnoreCase)];
        string? domains = below.FirstOrDefault(MetabasePath.HoldsDomains);
        IisSetting? inherited = Effective(domains ?? location).FirstOrDefault(setting => setting.Name == MetabaseProperty.RouteAction);
        return new IisServer(
            id,
            [.. Effective(location).OrderBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase)],
            [.. below.Where(key => MetabasePath.DomainOf(key) is not null).Select(key => ReadDomain(key, inherited))])
        {
            Elsewhere = [.. below.Where(key => MetabasePath.DomainOf(key) is null).SelectMany(Own)],
        };
    }

    // Of what a domain inherits only its kind concerns it; the rest is the server's.
    private IisDomain ReadDomain(string location, IisSetting? inherited)
    {
        IisSetting[] own = [.. Own(location)];
        bool isInherited = inherited is not null && own.All(setting => setting.Name != MetabaseProperty.RouteAction);
        return new IisDomain(MetabasePath.DomainOf(location)!, location, isInherited ? [.. own, inherited!] : own);
    }

    private IEnumerable<IisSetting> Effective(string location)
    {
        var seen = new HashSet<string>(AsciiComparer.IgnoreCase);
        foreach (string key in MetabasePath.Upwards(location))
        {
            foreach (IisSetting setting in Own(key))
            {
                bool concernsSmtp = !MetabasePath.IsAboveService(key) || MetabaseProperty.FindRead(setting.Name) is not null;
                if (seen.Add(setting.Name) && concernsSmtp) yield return setting;
            }
        }
    }

    private IEnumerable<IisSetting> Own(string location)
    {
        if (!_nodes.TryGetValue(location, out MetabaseNode? node)) return [];
        bool isParent = !MetabasePath.IsServer(location) && MetabasePath.DomainOf(location) is null;
        return node.Entries.SelectMany(entry => MetabaseNames.SettingsOf(entry, node.Location, isParent)).GroupBy(setting => setting.Name, AsciiComparer.IgnoreCase).Select(Merge);
    }

    private static IisSetting Merge(IEnumerable<IisSetting> same)
    {
        IisSetting[] all = [.. same];
        string? problem = all.Select(setting => setting.Problem).FirstOrDefault(problem => problem is not null);
        if (all.Any(setting => setting.Value != all[0].Value)) problem ??= "it is there several times with different values";
        return all[0] with { Problem = problem };
    }
}
