namespace RelayPolicy;

/// <summary>Composes whole decisions.</summary>
public static class RelayDecision
{
    /// <summary>
    /// A decision that accepts only what every member accepts. The strictest answer wins (<see cref="RelayAction.Reject"/>, then
    /// <see cref="RelayAction.Defer"/>, then acceptance). Members that accept differently, return an undefined action, or throw: rejected.
    /// </summary>
    /// <param name="members">At least one.</param>
    /// <exception cref="ArgumentException">There is no member, or one is null.</exception>
    public static IRelayDecision All(params IEnumerable<IRelayDecision> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        IRelayDecision[] all = [.. members];
        if (all.Length == 0) throw new ArgumentException("A decision of all members needs at least one member.", nameof(members));
        if (all.Contains(null)) throw new ArgumentException("A member is null.", nameof(members));
        return new AllDecision(all);
    }

    /// <summary>
    /// A decision that answers with <paramref name="live"/> and reports where <paramref name="candidate"/> answers otherwise: another
    /// action or another reply code. Nothing that the candidate or the callback does, throwing included, touches the answer.
    /// </summary>
    /// <param name="live">The decision that counts.</param>
    /// <param name="candidate">The decision that is tried. If it throws, its verdict is a rejection that holds the exception.</param>
    /// <param name="onDifference">Called on the thread that asked, before the answer is returned.</param>
    public static IRelayDecision Shadow(IRelayDecision live, IRelayDecision candidate, ShadowDifference onDifference)
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(onDifference);
        return new ShadowDecision(live, candidate, onDifference);
    }

    private static RelayVerdict Fault(RelayStage stage, Exception exception) =>
        new() { Action = RelayAction.Reject, Stage = stage, Reason = RelayReason.Fault, Fault = exception };

    /// <summary>What a decision says, as far as it makes sense at the stage; anything else is a fault, which refuses.</summary>
    internal static RelayVerdict Ask(IRelayDecision member, in RelayRequest request, RelayStage through)
    {
        try
        {
            RelayVerdict verdict = member.Evaluate(request, through);
            bool makesSense = verdict.Action switch
            {
                RelayAction.Reject or RelayAction.Defer => true,
                RelayAction.Deliver or RelayAction.Relay => through == RelayStage.Recipient,
                RelayAction.Continue => through is RelayStage.Connect or RelayStage.Sender,
                _ => false,
            };
            if (!makesSense) return Fault(through, new InvalidOperationException($"A decision answered {verdict.Action} to an evaluation through {through}."));
            int digit = verdict.Action switch
            {
                RelayAction.Reject => 5,
                RelayAction.Defer => 4,
                _ => 2,
            };
            return verdict.Reply.Code / 100 == digit ? verdict : Fault(through, new InvalidOperationException($"A decision answered {verdict.Action} with the reply {verdict.Reply}."));
        }
        catch (Exception exception)
        {
            return Fault(through, exception);
        }
    }

    private sealed class AllDecision(IRelayDecision[] members) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through)
        {
            RelayVerdict strictest = Ask(members[0], request, through);
            RelayAction? accepted = strictest.IsAccepted ? strictest.Action : null;
            for (int i = 1; i < members.Length && strictest.Action != RelayAction.Reject; i++)
            {
                RelayVerdict verdict = Ask(members[i], request, through);
                if (verdict.IsAccepted && accepted is not null && accepted != verdict.Action)
                {
                    return Fault(through, new InvalidOperationException("One decision delivers what another one relays."));
                }

                if (verdict.IsAccepted) accepted = verdict.Action;
                if (Strictness(verdict.Action) < Strictness(strictest.Action)) strictest = verdict;
            }

            return strictest;
        }

        private static int Strictness(RelayAction action) => action switch
        {
            RelayAction.Reject => 0,
            RelayAction.Defer => 1,
            _ => 2,
        };
    }

    private sealed class ShadowDecision(IRelayDecision live, IRelayDecision candidate, ShadowDifference onDifference) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through)
        {
            RelayVerdict answer = Ask(live, request, through);
            RelayVerdict other = Ask(candidate, request, through);
            if (answer.Action != other.Action || answer.Reply.Code != other.Reply.Code || answer.Reply.Enhanced != other.Reply.Enhanced)
            {
                try
                {
                    onDifference(request, answer, other);
                }
                catch (Exception)
                {
                    // A broken observer must not change what it observes.
                }
            }

            return answer;
        }
    }
}

/// <summary>Told of a request that a candidate decision answers otherwise than the live one.</summary>
/// <param name="request">The request.</param>
/// <param name="live">The answer that was given.</param>
/// <param name="candidate">The answer that the candidate would have given.</param>
public delegate void ShadowDifference(in RelayRequest request, RelayVerdict live, RelayVerdict candidate);
