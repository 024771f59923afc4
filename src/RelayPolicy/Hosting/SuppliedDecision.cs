namespace RelayPolicy;

/// <summary>Fills in the facts that sources outside the policy give, where the request brings none of its own.</summary>
internal sealed class SuppliedDecision(IRelayDecision inner, RefreshedFact<DomainSet>? localDomains, RefreshedFact<SenderOwnership>? ownership) : IRelayDecision, IDisposable
{
    /// <inheritdoc/>
    public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient)
    {
        RelayRequest full = request;
        if (localDomains is not null && request.LocalDomains is null)
        {
            full = localDomains.Current is { } domains ? full with { LocalDomains = domains } : full with { UnknownFacts = full.UnknownFacts | RelayFacts.Locality };
        }

        if (ownership is not null && request.Ownership is null)
        {
            full = ownership.Current is { } owners ? full with { Ownership = owners } : full with { UnknownFacts = full.UnknownFacts | RelayFacts.Ownership };
        }

        return inner.Evaluate(full, through);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        localDomains?.Dispose();
        ownership?.Dispose();
    }
}
