namespace RelayPolicy;

/// <summary>On what a verdict rests.</summary>
public enum RelayReason
{
    /// <summary>No rule decided: the end of the list did.</summary>
    NoRuleMatched = 0,

    /// <summary>A rule decided; the verdict names it.</summary>
    Rule,

    /// <summary>The recipient's local-part names another destination, and no rule may or does let that pass.</summary>
    RoutedRecipient,

    /// <summary>The recipient is at an address literal that is not local, and no rule that names address literals took it.</summary>
    AddressLiteral,

    /// <summary>The verdict depends on a fact that is unknown for now.</summary>
    UnknownFact,

    /// <summary>The verdict depends on the client's address, and that is unknown.</summary>
    ClientAddressUnknown,

    /// <summary>An exception inside the library or in a member of a composed decision; the verdict holds it.</summary>
    Fault,

    /// <summary>The request is incomplete or contradicts itself.</summary>
    InvalidRequest,

    /// <summary>There is no policy yet: none that could be read was ever there.</summary>
    NoPolicy,
}
