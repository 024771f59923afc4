using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>What came of an attempt to load the policy.</summary>
/// <param name="RuleSet">The policy, or null after an error.</param>
/// <param name="Limits">The limits that it states, or the defaults.</param>
/// <param name="Errors">Every error; empty if there is a policy.</param>
/// <param name="Warnings">What its author should look at.</param>
/// <param name="Source">Where the policy is, for messages.</param>
/// <param name="Files">The files that were read or looked for, with what was found.</param>
/// <param name="Version">How often the configuration had changed when reading began.</param>
internal sealed record LoadedPolicy(
    RelayRuleSet? RuleSet,
    SmtpLimits Limits,
    IReadOnlyList<PolicyDiagnostic> Errors,
    IReadOnlyList<PolicyDiagnostic> Warnings,
    string Source,
    IReadOnlyDictionary<string, FileStamp> Files,
    long Version);
