namespace RelayPolicy;

/// <summary>
/// How a host keeps its policy. Each property is also a key of the configuration section that is given to <c>AddRelayPolicy</c>, except
/// <see cref="RuleSet"/> and <see cref="CustomConditions"/>.
/// </summary>
public sealed class RelayPolicyOptions
{
    /// <summary>The policy file (see <see cref="Configuration.PolicyFile"/>), absolute or relative to the content root of the host; null if the policy is
    /// in the configuration section itself or in <see cref="RuleSet"/>. It is watched, with the list files that it names.</summary>
    public string? PolicyFile { get; set; }

    /// <summary>A policy that was built in code, or null.</summary>
    public RelayRuleSet? RuleSet { get; set; }

    /// <summary>The custom conditions that a policy from a file or from configuration may name, each made by <see cref="Condition.Custom"/>; those
    /// that are registered as <see cref="ICustomCondition"/> need not be added.</summary>
    public IList<Condition> CustomConditions { get; } = [];

    /// <summary>How often the files of the policy are looked at, at least 100 ms; by default 2 s. A change counts when a second look finds
    /// nothing newer, so that a file is not read while it is written.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the host starts without a good policy. Everything is then deferred with <c>451 4.3.5</c> until there is one. By
    /// default the start fails with every error of the policy.</summary>
    public bool StartWithoutPolicy { get; set; }

    /// <summary>How often <see cref="ILocalDomainSource"/> and <see cref="ISenderOwnershipSource"/> are asked, at least 100 ms; by default 1 min.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long what a source last gave is used while it fails, not shorter than <see cref="RefreshInterval"/>; by default 1 h. After
    /// that the fact is unknown, and what depends on it is deferred.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether decisions are counted by rule too (meter instrument <c>relaypolicy.rule.decisions</c>).</summary>
    public bool CountRules { get; set; }

    /// <summary>Whether evaluations are timed (meter instrument <c>relaypolicy.evaluation.duration</c>).</summary>
    public bool MeasureDuration { get; set; }
}
