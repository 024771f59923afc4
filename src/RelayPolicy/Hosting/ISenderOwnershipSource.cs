namespace RelayPolicy;

/// <summary>
/// Answers "who owns this sender?" from a database or another place outside the policy, which then may not hold a sender ownership itself. Register it
/// as a singleton service. It is asked every <see cref="RelayPolicyOptions.RefreshInterval"/>; while it fails, what it last gave is used for
/// <see cref="RelayPolicyOptions.MaxAge"/>, and then ownership is an unknown fact.
/// </summary>
public interface ISenderOwnershipSource
{
    /// <summary>Which senders each user owns.</summary>
    /// <param name="cancellationToken">Cancelled after <see cref="RelayPolicyOptions.RefreshInterval"/> (at least 30 s), and when the host stops.</param>
    Task<SenderOwnership> LoadAsync(CancellationToken cancellationToken);
}
