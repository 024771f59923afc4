namespace RelayPolicy;

/// <summary>Answers one question for any mail server: may this recipient pass?</summary>
/// <remarks>
/// An implementation is a pure function of the request: what was asked before on the same connection does not change the
/// answer. It is safe to call from several threads, does no I/O, and refuses when in doubt.
/// </remarks>
public interface IRelayDecision
{
    /// <summary>Decides one recipient, or asks early whether the client or the sender is refused already.</summary>
    /// <param name="request">Everything that is known. An incomplete request is refused, never an exception.</param>
    /// <param name="through">The last stage to ask. Through <see cref="RelayStage.Connect"/> only the client needs to be known, through
    /// <see cref="RelayStage.Sender"/> everything but the recipient; the answer is then <see cref="RelayAction.Continue"/> or a refusal.</param>
    /// <returns>The action, on what it rests, and the SMTP reply.</returns>
    RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient);
}
