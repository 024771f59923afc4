namespace RelayPolicy;

/// <summary>
/// What was found for the client and the sender of the last request of a connection. Whatever a new request says otherwise is
/// forgotten before anything is recalled, so a memory never changes an answer.
/// </summary>
internal sealed class ConnectionMemory
{
    private const RelayFacts OfRecipient = RelayFacts.Recipient;
    private const RelayFacts OfSender = OfRecipient | RelayFacts.Tls | RelayFacts.Identity | RelayFacts.Sender | RelayFacts.Ownership | RelayFacts.Locality;

    private readonly CompiledPolicy _policy;
    private readonly Classification.Mask _ofRecipient;
    private readonly Classification.Mask _ofSender;
    private RelayRequest _last;
    private Classification _known;
    private StageResult _connect;
    private StageResult _sender;
    private bool _hasConnect;
    private bool _hasSender;

    public ConnectionMemory(CompiledPolicy policy)
    {
        _policy = policy;
        _ofRecipient = Classification.Mask.Of(OfRecipient, policy.Dimensions);
        _ofSender = Classification.Mask.Of(OfSender, policy.Dimensions);
    }

    /// <summary>Forgets what does not hold for the request, and recalls the rest of its classes and facts.</summary>
    public void Recall(in RelayRequest request, out Classification known)
    {
        bool isSameClient = request.Client.IsSameAs(_last.Client);
        if (!isSameClient || !HasSameSender(request, _last)) Forget(request, isSameClient);
        known = _known;
    }

    /// <summary>What became of the stage for the same facts, if that is known.</summary>
    public ref readonly StageResult Recall(RelayStage stage, out bool isKnown)
    {
        isKnown = stage == RelayStage.Connect ? _hasConnect : stage == RelayStage.Sender && _hasSender;
        return ref stage == RelayStage.Connect ? ref _connect : ref _sender;
    }

    /// <summary>Remembers what became of a stage, if that rests on nothing but the facts.</summary>
    public void Keep(RelayStage stage, in StageResult result)
    {
        if (!_policy.At(stage).IsLasting) return;
        if (stage == RelayStage.Connect) (_connect, _hasConnect) = (result, true);
        if (stage == RelayStage.Sender) (_sender, _hasSender) = (result, true);
    }

    /// <summary>Remembers what was found of the client and the sender.</summary>
    public void Keep(in Classification known)
    {
        _known = known;
        _known.Forget(_ofRecipient);
    }

    private void Forget(in RelayRequest request, bool isSameClient)
    {
        _hasConnect &= isSameClient;
        _hasSender = false;
        if (isSameClient) _known.Forget(_ofSender);
        else _known = default;
        _last = request;
    }

    private static bool HasSameSender(in RelayRequest request, in RelayRequest last) =>
        ReferenceEquals(request.Identity, last.Identity)
        && request.Sender.IsSameAs(last.Sender)
        && ReferenceEquals(request.LocalDomains, last.LocalDomains)
        && ReferenceEquals(request.Ownership, last.Ownership)
        && request.UnknownFacts == last.UnknownFacts
        && request.Tls == last.Tls;
}
