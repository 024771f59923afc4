using Microsoft.Extensions.Logging;

namespace RelayPolicy;

/// <summary>
/// Logs and counts what another decision answers. Nothing that a logger or a listener of metrics does, throwing included, touches the
/// answer. Where nobody listens it allocates nothing.
/// </summary>
internal sealed class ObservedDecision(IRelayDecision inner, ILogger logger, RelayMetrics metrics) : IRelayDecision
{
    /// <inheritdoc/>
    public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient)
    {
        long start = metrics.Start();
        RelayVerdict verdict = inner.Evaluate(request, through);
        try
        {
            metrics.Decided(verdict, start);
            Log(request, verdict, through);
        }
        catch (Exception)
        {
            CountBrokenObserver();
        }

        return verdict;
    }

    private void Log(in RelayRequest request, in RelayVerdict verdict, RelayStage through)
    {
        if (verdict.Fault is { } fault) RelayLog.DecisionFault(logger, verdict.Action, FaultText.Of(fault));
        bool isNews = verdict.Action is not (RelayAction.Deliver or RelayAction.Continue) || verdict.AuditRule is not null;
        if (isNews && logger.IsEnabled(LogLevel.Information)) LogNews(new RequestText(request, through), verdict);
    }

    private void LogNews(in RequestText text, in RelayVerdict verdict)
    {
        string decider = verdict.Rule is { } rule ? $"rule \"{Printable.Escape(rule.Name)}\"" : verdict.Reason.ToString();
        switch (verdict.Action)
        {
            case RelayAction.Deliver or RelayAction.Continue:
                break;
            case RelayAction.Relay:
                RelayLog.AcceptedToRelay(logger, decider, text.Client, text.User, text.Sender, text.Recipient);
                break;
            case RelayAction.Defer:
                RelayLog.Deferred(logger, verdict.Stage, decider, verdict.Reply.ToString(), text.Client, text.User, text.Sender, text.Recipient);
                break;
            default:
                RelayLog.Refused(logger, verdict.Stage, decider, verdict.Reply.ToString(), text.Client, text.User, text.Sender, text.Recipient);
                break;
        }

        if (verdict.AuditRule is { } audit) RelayLog.AuditRuleDiffers(logger, Printable.Escape(audit.Name), audit.Action, verdict.Action, text.Client, text.User, text.Sender, text.Recipient);
    }

    private void CountBrokenObserver()
    {
        try
        {
            metrics.Fault(FaultSource.Diagnostics);
        }
        catch (Exception)
        {
            // The listener of the metrics is the one that is broken: there is nobody left to tell.
        }
    }
}
