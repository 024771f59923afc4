namespace RelayPolicy.Migration;

/// <summary>How an import went. The numbers are the exit codes of the sample <c>ImportIis</c>.</summary>
public enum IisImportStatus
{
    /// <summary>The policy is the old one, and nothing about it is remarkable.</summary>
    Clean = 0,

    /// <summary>The policy is the old one as far as it is understood, and there are warnings.</summary>
    Warnings = 1,

    /// <summary>A part was refused: the policy refuses where the old server may have granted.</summary>
    RefusedInPart = 2,
}
