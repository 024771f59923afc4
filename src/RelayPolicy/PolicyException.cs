namespace RelayPolicy;

/// <summary>A policy cannot be built. The exception holds every error, not only the first.</summary>
public sealed class PolicyException : Exception
{
    internal PolicyException(IReadOnlyList<PolicyDiagnostic> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>Every error, in the order of the policy.</summary>
    public IReadOnlyList<PolicyDiagnostic> Errors { get; }

    private static string Describe(IReadOnlyList<PolicyDiagnostic> errors) =>
        $"The policy has {errors.Count} error{(errors.Count == 1 ? "" : "s")}.{Environment.NewLine}"
        + string.Join(Environment.NewLine, errors.Select(error => "  " + error));
}
