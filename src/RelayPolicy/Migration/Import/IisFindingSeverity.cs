namespace RelayPolicy.Migration;

/// <summary>How much a finding of an import matters, the most dangerous first.</summary>
public enum IisFindingSeverity
{
    /// <summary>The old server was an open relay, or nearly.</summary>
    Danger = 0,

    /// <summary>Something cannot be understood, or is not trusted; whatever it would have granted is refused.</summary>
    Refused,

    /// <summary>The policy works, but somebody should look at it.</summary>
    Warning,

    /// <summary>What a setting became, without anything to worry about.</summary>
    Note,
}
