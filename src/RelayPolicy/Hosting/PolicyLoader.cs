using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>Loads the policy from where it is: a rule set built in code, a policy file, or the configuration section itself.</summary>
/// <param name="section">The configuration section, or null.</param>
/// <param name="plugIns">What the application has registered.</param>
/// <param name="folder">The folder of relative paths.</param>
internal sealed class PolicyLoader(PolicySection? section, PlugIns plugIns, string folder)
{
    private const string Nowhere = "/";

    private LoadedPolicy? _checked;

    /// <summary>How often the configuration has changed.</summary>
    public long Version => section?.Version ?? 0;

    /// <summary>Loads the policy and keeps what came of it for <see cref="LoadFirst"/>, so that a start reads it once.</summary>
    public LoadedPolicy Check(RelayPolicyOptions options) => _checked = Load(options);

    /// <summary>What <see cref="Check"/> found, or a fresh attempt.</summary>
    public LoadedPolicy LoadFirst(RelayPolicyOptions options) => Interlocked.Exchange(ref _checked, null) ?? Load(options);

    /// <summary>Loads the policy. Whatever goes wrong is an error in what comes of it.</summary>
    public LoadedPolicy Load(RelayPolicyOptions options)
    {
        long version = 0;
        var errors = new PolicyErrors();
        var place = new Place("the application", new PolicySources(folder));
        try
        {
            section?.Watch();
            version = Version;
            (ObjectNode? policy, string? named) = section?.Read(errors) ?? default;
            string? file = section is null ? options.PolicyFile : named ?? options.PolicyFile;
            CheckThatThereIsOne(policy, file, options.RuleSet, errors);
            if (!errors.IsEmpty) return Failed(place, errors.All, version);
            place = PlaceOf(policy, file);
            LoadedPolicy loaded = Read(policy, file, options, place, version);
            if (loaded.RuleSet is not { } rules) return loaded;
            IReadOnlyList<PolicyDiagnostic> conflicts = [.. plugIns.ConflictsWith(rules.Options, policy?.Place ?? "")];
            return conflicts.Count > 0 ? Failed(place, conflicts, version) : loaded;
        }
        catch (Exception exception)
        {
            // A file that cannot be read, which says all itself, or a plug-in that throws: the policy in force stays.
            bool isFile = exception is IOException or UnauthorizedAccessException;
            errors.Add(Nowhere, isFile ? Printable.Escape(exception.Message) : FaultText.Of(exception), "see that the file is there and may be read");
            return Failed(place, errors.All, version);
        }
    }

    private static LoadedPolicy Failed(Place place, IReadOnlyList<PolicyDiagnostic> errors, long version) => new(null, new SmtpLimits(), errors, [], place.Name, place.Sources.Stamps, version);

    private LoadedPolicy Read(ObjectNode? policy, string? file, RelayPolicyOptions options, Place place, long version)
    {
        if (options.RuleSet is { } rules) return new LoadedPolicy(rules, new SmtpLimits(), [], rules.Warnings, place.Name, place.Sources.Stamps, version);
        IReadOnlyList<CustomCondition> customs = PolicyFile.CustomsOf([.. options.CustomConditions, .. plugIns.Conditions]);
        IReadOnlyList<PolicyDiagnostic> errors;
        PolicyFile? read;
        if (policy is not null) (read, errors) = PolicyReader.Read(policy, customs, place.Sources);
        else PolicyFile.TryLoad(Path.GetFullPath(file!, folder), customs, place.Sources, out read, out errors);
        return read is null || errors.Count > 0
            ? Failed(place, errors, version)
            : new LoadedPolicy(read.RuleSet, read.Limits ?? new SmtpLimits(), [], read.Warnings, place.Name, place.Sources.Stamps, version);
    }

    private Place PlaceOf(ObjectNode? policy, string? file)
    {
        if (policy is not null) return new Place($"configuration section {Printable.Escape(policy.Place)}", new PolicySources(folder));
        return file is null ? new Place("code", new PolicySources(folder)) : new Place(Printable.Escape(file), new PolicySources(PolicyFile.FolderOf(Path.GetFullPath(file, folder))));
    }

    private void CheckThatThereIsOne(ObjectNode? policy, string? file, RelayRuleSet? ruleSet, PolicyErrors errors)
    {
        string place = section?.Path ?? nameof(RelayPolicyOptions);
        string[] given =
        [
            .. policy is null ? Array.Empty<string>() : [$"the keys {string.Join(", ", policy.Fields.Select(field => Printable.Escape(field.Key)))}"],
            .. file is null ? Array.Empty<string>() : [nameof(RelayPolicyOptions.PolicyFile)],
            .. ruleSet is null ? Array.Empty<string>() : [nameof(RelayPolicyOptions.RuleSet)],
        ];
        if (given.Length == 0) errors.Add(place, "there is no policy", $"name a file in {nameof(RelayPolicyOptions.PolicyFile)}, or write {PolicyKeys.Rules} out");
        if (given.Length > 1) errors.Add(place, $"the policy is given {given.Length} times, by {string.Join(" and by ", given)}", "keep one of them");
    }

    private sealed record Place(string Name, PolicySources Sources);
}
