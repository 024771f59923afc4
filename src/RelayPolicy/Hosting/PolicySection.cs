using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>The configuration section that was given to <c>AddRelayPolicy</c>: settings of the host, and a policy or the name of its file.</summary>
internal sealed class PolicySection(IConfigurationSection section, ConfigurationProviders? providers) : IDisposable
{
    private static readonly string[] SettingKeys =
    [
        nameof(RelayPolicyOptions.PolicyFile),
        nameof(RelayPolicyOptions.WatchInterval),
        nameof(RelayPolicyOptions.StartWithoutPolicy),
        nameof(RelayPolicyOptions.RefreshInterval),
        nameof(RelayPolicyOptions.MaxAge),
        nameof(RelayPolicyOptions.CountRules),
        nameof(RelayPolicyOptions.MeasureDuration),
    ];

    private readonly object _gate = new();
    private IDisposable? _watching;
    private string _content = "";
    private long _version;
    private int _mayHaveChanged;

    /// <summary>Its path.</summary>
    public string Path => section.Path;

    /// <summary>How often the section has changed. (Its token tells of every change of the whole configuration.)</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                if (Interlocked.Exchange(ref _mayHaveChanged, 0) == 0) return _version;
                string content = Flatten();
                if (content != _content) _version++;
                _content = content;
                return _version;
            }
        }
    }

    /// <summary>Begins to count changes.</summary>
    public void Watch()
    {
        lock (_gate)
        {
            if (_watching is not null) return;
            _watching = ChangeToken.OnChange(section.GetReloadToken, () => Interlocked.Exchange(ref _mayHaveChanged, 1));
            _content = Flatten();
        }
    }

    /// <summary>Reads the settings of the host into the options; those that are wrong are left as they are and reported.</summary>
    public void ReadSettings(RelayPolicyOptions options, PolicyErrors errors)
    {
        var reader = new ObjectReader(Split(errors).Settings, errors);
        options.PolicyFile = reader.TakeString(nameof(options.PolicyFile)) ?? options.PolicyFile;
        options.WatchInterval = reader.TakeDuration(nameof(options.WatchInterval)) ?? options.WatchInterval;
        options.StartWithoutPolicy = reader.TakeBoolean(nameof(options.StartWithoutPolicy)) ?? options.StartWithoutPolicy;
        options.RefreshInterval = reader.TakeDuration(nameof(options.RefreshInterval)) ?? options.RefreshInterval;
        options.MaxAge = reader.TakeDuration(nameof(options.MaxAge)) ?? options.MaxAge;
        options.CountRules = reader.TakeBoolean(nameof(options.CountRules)) ?? options.CountRules;
        options.MeasureDuration = reader.TakeBoolean(nameof(options.MeasureDuration)) ?? options.MeasureDuration;
    }

    /// <summary>The policy in the section, or null if it holds none, and the policy file that it names now.</summary>
    public (ObjectNode? Policy, string? File) Read(PolicyErrors errors)
    {
        (ObjectNode settings, ObjectNode policy) = Split(errors);
        string? file = (settings.Fields.FirstOrDefault(field => AsciiComparer.IgnoreCase.Equals(field.Key, nameof(RelayPolicyOptions.PolicyFile))).Value as StringNode)?.Value;
        return (policy.Fields.Count > 0 ? policy : null, file);
    }

    /// <inheritdoc/>
    public void Dispose() => _watching?.Dispose();

    private string Flatten() => string.Join('\n', section.AsEnumerable().Select(pair => $"{pair.Key.Length} {pair.Key}={pair.Value}"));

    private (ObjectNode Settings, ObjectNode Policy) Split(PolicyErrors errors)
    {
        PolicyNode node = new ConfigurationPolicyTree(providers, errors).Read(section);
        if (node is not ObjectNode and not EmptyNode) errors.AddKind(node, "a section with PolicyFile, or with the keys of a policy");
        ILookup<bool, KeyValuePair<string, PolicyNode>> fields = ((node as ObjectNode)?.Fields ?? []).ToLookup(field => SettingKeys.Contains(field.Key, AsciiComparer.IgnoreCase));
        return (new ObjectNode(section.Path, [.. fields[true]]), new ObjectNode(section.Path, [.. fields[false]]));
    }
}
