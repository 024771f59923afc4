namespace RelayPolicy;

/// <summary>What a rule says when its condition holds. The zero value refuses.</summary>
public enum RuleAction
{
    /// <summary>Refuse for good (5xx).</summary>
    Reject = 0,

    /// <summary>Refuse for now (4xx).</summary>
    Defer,

    /// <summary>At <see cref="RelayStage.Recipient"/>: take the recipient, to deliver it if it is local and to relay it otherwise.
    /// At the other stages: end that stage without refusing; it grants nothing.</summary>
    Accept,
}
