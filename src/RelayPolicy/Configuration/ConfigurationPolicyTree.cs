using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace RelayPolicy.Configuration;

/// <summary>
/// Makes the tree from a section of .NET configuration. Its providers are merged key by key, lists by index: of two lists the longer tail
/// would stay, with a network in it that the administrator has taken out. So a list comes from one provider, whole.
/// </summary>
/// <param name="providers">The providers behind the section, or null if they cannot be seen; then there can be no list.</param>
/// <param name="errors">Gathers what is wrong.</param>
internal sealed class ConfigurationPolicyTree(ConfigurationProviders? providers, PolicyErrors errors)
{
    /// <summary>The tree of the section; places are configuration paths.</summary>
    public PolicyNode Read(IConfigurationSection section) => Convert(section, inList: false);

    private PolicyNode Convert(IConfigurationSection section, bool inList)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        string path = section.Path;
        if (children.Length == 0) return string.IsNullOrEmpty(section.Value) ? new EmptyNode(path) : new SettingNode(path, section.Value);
        if (section.Value is not null) errors.Add(path, "it has both a value and entries, which several providers give it", "write it in one of them");
        bool isList = IsList(children);
        if (isList && !inList) CheckProviders(path);
        return isList
            ? new ArrayNode(path, [.. children.Select(child => Convert(child, inList: true))])
            : new ObjectNode(path, [.. children.Select(child => KeyValuePair.Create(child.Key, Convert(child, inList)))]);
    }

    // What begins with another index than 0, or has a hole, was put together by hand or by several providers, and is no list.
    private static bool IsList(IConfigurationSection[] children)
    {
        for (int i = 0; i < children.Length; i++)
        {
            if (children[i].Key != i.ToString(CultureInfo.InvariantCulture)) return false;
        }

        return true;
    }

    private void CheckProviders(string path)
    {
        if (providers is null)
        {
            errors.Add(path, "whether one provider alone gives the list cannot be seen", "register the configuration root as IConfiguration, as hosts do, or keep the policy in a file and name it in PolicyFile");
            return;
        }

        IReadOnlyList<string> feeding = providers.Feeding(path);
        if (feeding.Count > 1) errors.Add(path, $"several providers feed this list, which would be merged by index ({string.Join(", ", feeding.Select(name => Printable.Escape(name)))})", "write the whole list in one of them");
    }
}
