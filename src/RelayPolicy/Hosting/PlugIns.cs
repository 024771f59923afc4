using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>What the application has registered to answer for the policy.</summary>
internal sealed class PlugIns(IEnumerable<ICustomCondition> conditions, IEnumerable<ILocalDomainSource> localDomains, IEnumerable<ISenderOwnershipSource> ownerships)
{
    // Of several the last one counts, as everywhere among services.
    public ILocalDomainSource? LocalDomains { get; } = localDomains.LastOrDefault();

    public ISenderOwnershipSource? Ownership { get; } = ownerships.LastOrDefault();

    /// <summary>The custom conditions. Made once, so that policies that name the same one are equal.</summary>
    public IReadOnlyList<Condition> Conditions { get; } = [.. conditions.Select(condition => Condition.Custom(condition.Name, condition.Reads, condition.Holds))];

    /// <summary>What both the policy and a source answer for: nobody could say which of them counts.</summary>
    public IEnumerable<PolicyDiagnostic> ConflictsWith(RelayRuleSetOptions options, string place)
    {
        if (LocalDomains is not null && !options.LocalDomains.IsEmpty) yield return Conflict(place, PolicyKeys.LocalDomains, nameof(ILocalDomainSource));
        if (Ownership is not null && options.SenderOwnership.Entries.Any()) yield return Conflict(place, PolicyKeys.SenderOwnership, nameof(ISenderOwnershipSource));
    }

    private static PolicyDiagnostic Conflict(string place, string key, string source) => new(
        DiagnosticSeverity.Error,
        place.Length == 0 ? PolicyNode.PlaceOf("", key) : $"{place}:{key}",
        $"the policy holds {key}, and a {source} is registered too",
        "keep one of them");
}
