namespace RelayPolicy;

/// <summary>The policy that a host keeps: what is in force, and what was wrong with the last change. Get it from the services.</summary>
public interface IRelayPolicy
{
    /// <summary>The rule set in force: the last good one, or null if there was none yet. Its <see cref="RelayRuleSet.RequiredFacts"/> tell whether a
    /// PTR look-up is of any use. It knows nothing of <see cref="ILocalDomainSource"/> and <see cref="ISenderOwnershipSource"/>: ask <see cref="IRelayDecision"/>.</summary>
    RelayRuleSet? RuleSet { get; }

    /// <summary>The limits that the policy in force states, which a server keeps; the defaults if it states none, or there is no policy yet.</summary>
    SmtpLimits Limits { get; }

    /// <summary>What was wrong at the last attempt to load the policy; empty if it is in force.</summary>
    IReadOnlyList<PolicyDiagnostic> Errors { get; }

    /// <summary>Loads the policy now, whether it has changed or not.</summary>
    /// <returns>Whether it was good, and is in force.</returns>
    bool Reload();
}
