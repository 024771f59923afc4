namespace RelayPolicy;

/// <summary>
/// The decision for one connection: it gives the answers of its <see cref="RelayRuleSet"/>, and remembers what it found for the client and
/// the sender, so that each recipient pays only for what is its own.
/// </summary>
/// <remarks>
/// A memory never changes an answer: each request is compared with the one before, and what it says otherwise (another
/// client after a proxy header, TLS, an identity, a sender) is found anew. The facts are compared as objects: keep one
/// <see cref="ClientEndpoint"/>, <see cref="AuthIdentity"/> and sender for as long as they are the same. Meant for one connection, whose
/// commands come one after another; requests that come at the same time are answered without the memory.
/// </remarks>
public sealed class RelayConnection : IRelayDecision
{
    private readonly RelayRuleSet _rules;
    private readonly ConnectionMemory _memory;
    private int _isBusy;

    internal RelayConnection(RelayRuleSet rules, ConnectionMemory memory) => (_rules, _memory) = (rules, memory);

    /// <summary>The answer of the rule set to the request.</summary>
    /// <inheritdoc cref="IRelayDecision.Evaluate"/>
    public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0) return _rules.Evaluate(request, through);
        try
        {
            return _rules.Evaluate(request, through, recorder: null, _memory);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
