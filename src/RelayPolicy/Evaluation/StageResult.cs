namespace RelayPolicy;

/// <summary>What became of one stage. It rests on the facts that the stage knows, and on nothing that came before.</summary>
internal struct StageResult
{
    /// <summary>How the stage can end.</summary>
    public PossibleOutcomes Ends;

    /// <summary>Why facts are unknown on which the end rests.</summary>
    public UnknownKinds Unknown;

    /// <summary>The first audit-only rule that would have ended the stage otherwise, or null.</summary>
    public RelayRule? AuditRule;
}
