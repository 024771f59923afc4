namespace RelayPolicy.Tests.Reference;

/// <summary>A verdict of the library without what the meaning of a policy does not fix.</summary>
internal static class Essence
{
    public static ReferenceVerdict Of(RelayVerdict verdict) => new(verdict.Action, verdict.Stage, verdict.Reason, verdict.Rule?.Name, verdict.AuditRule?.Name);
}
