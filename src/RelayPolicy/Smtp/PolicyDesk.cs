namespace RelayPolicy.Smtp;

/// <summary>The one place where a session asks its policy. A fault refuses, and an answer that makes no sense at its stage is a fault.</summary>
internal sealed class PolicyDesk(SmtpSessionOptions options, Func<IRelayDecision> policies)
{
    private const RelayFacts WhoItIs = RelayFacts.Identity | RelayFacts.Ownership;

    /// <summary>The policy of today.</summary>
    public IRelayDecision Current
    {
        get
        {
            try
            {
                return policies() ?? NoPolicy.Instance;
            }
            catch (Exception exception)
            {
                return new NoPolicy(exception);
            }
        }
    }

    /// <summary>Asks, and tells the observer.</summary>
    public RelayVerdict Ask(IRelayDecision policy, in RelayRequest request, RelayStage through)
    {
        RelayVerdict verdict = RelayDecision.Ask(policy, request, through);
        if (options.OnVerdict is not { } observer) return verdict;
        try
        {
            observer(request, verdict);
        }
        catch (Exception)
        {
            // A broken observer must not change what it observes.
        }

        return verdict;
    }

    /// <summary>Whether some identity would get another answer than this refusal: asked again with the identity unknown, the policy defers if it would.</summary>
    public static bool WouldAuthenticationHelp(IRelayDecision policy, in RelayRequest request, RelayStage through) =>
        RelayDecision.Ask(policy, request with { UnknownFacts = request.UnknownFacts | WhoItIs }, through).Action != RelayAction.Reject;

    // There was no policy to be had: everything is refused.
    private sealed class NoPolicy(Exception? fault) : IRelayDecision
    {
        public static readonly NoPolicy Instance = new(new InvalidOperationException("The session has no policy."));

        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through) =>
            new() { Stage = through, Reason = RelayReason.Fault, Reply = DefaultReplies.InternalFault, Fault = fault };
    }
}
