namespace RelayPolicy.Migration;

/// <summary>What became of a stored setting. All texts are printable ASCII, clauses without a full stop.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Setting">The setting: key and name, as in <c>/LM/SmtpSvc/1 RelayIpList</c>.</param>
/// <param name="Meaning">What it meant on the old server.</param>
/// <param name="Outcome">What it became in the policy.</param>
/// <param name="Certainty">How sure the meaning is.</param>
/// <param name="Advice">What to do, or null if nothing.</param>
public sealed record IisFinding(IisFindingSeverity Severity, string Setting, string Meaning, string Outcome, IisCertainty Certainty, string? Advice = null)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{Setting}: {Meaning}; {Outcome}{(Advice is null ? "" : "; " + Advice)}";
}
