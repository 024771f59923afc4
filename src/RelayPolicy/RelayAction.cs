namespace RelayPolicy;

/// <summary>What is to be done with the recipient. The zero value refuses.</summary>
public enum RelayAction
{
    /// <summary>Refuse for good (a 5xx reply).</summary>
    Reject = 0,

    /// <summary>Refuse for now (a 4xx reply): the client may try again.</summary>
    Defer,

    /// <summary>Take the message for this recipient: it is local.</summary>
    Deliver,

    /// <summary>Take the message for this recipient and pass it on to another server.</summary>
    Relay,

    /// <summary>Nothing against it so far: the answer of an evaluation through <see cref="RelayStage.Connect"/> or
    /// <see cref="RelayStage.Sender"/> only. It is no permission.</summary>
    Continue,
}
