namespace RelayPolicy.Migration;

/// <summary>Something about a binary list that its reader had to infer or to mend.</summary>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Text">What it is, as a clause without a full stop.</param>
public sealed record IpSecurityRemark(IisCertainty Certainty, string Text);
