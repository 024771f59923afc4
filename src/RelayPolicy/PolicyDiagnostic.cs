namespace RelayPolicy;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The policy is refused.</summary>
    Error = 0,

    /// <summary>The policy works, but it may not do what is meant, or it is dangerous.</summary>
    Warning,

    /// <summary>Something to know.</summary>
    Remark,
}

/// <summary>Something about a policy that its author should know: where it is, what it is, and what to do about it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Place">Where it is: a rule by name, or a JSON pointer (RFC 6901) into a policy file.</param>
/// <param name="Problem">What it is, as a clause without a full stop.</param>
/// <param name="Mend">What to do, as a clause without a full stop.</param>
public sealed record PolicyDiagnostic(DiagnosticSeverity Severity, string Place, string Problem, string Mend)
{
    /// <summary>The diagnostic on one line.</summary>
    public override string ToString() => $"{Place}: {Problem}; {Mend}";
}
