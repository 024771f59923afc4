namespace RelayPolicy;

/// <summary>What became of one stage. It rests on the facts that the stage knows, and on nothing that came before.</summary>
internal struct StageResult
{
    /// <summary>Whether the stage lets the request pass and there is nothing else to say of it.</summary>
    public readonly bool JustPasses => Ends.AreAlike && Ends.First.Action == RelayAction.Continue && Unknown == UnknownKinds.None && AuditRule is null;

    /// <summary>How the stage can end.</summary>
    public PossibleOutcomes Ends;

    /// <summary>Why facts are unknown on which the end rests.</summary>
    public UnknownKinds Unknown;

    /// <summary>The first audit-only rule that would have ended the stage otherwise, or null.</summary>
    public RelayRule? AuditRule;
}
