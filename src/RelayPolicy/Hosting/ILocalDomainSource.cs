namespace RelayPolicy;

/// <summary>
/// Answers "is this domain ours?" from a database or another place outside the policy, which then may not list local domains itself. Register it as
/// a singleton service. It is asked every <see cref="RelayPolicyOptions.RefreshInterval"/>; while it fails, what it last gave is used for
/// <see cref="RelayPolicyOptions.MaxAge"/>, and then locality is an unknown fact.
/// </summary>
public interface ILocalDomainSource
{
    /// <summary>All domains whose mail this server takes in itself.</summary>
    /// <param name="cancellationToken">Cancelled after <see cref="RelayPolicyOptions.RefreshInterval"/> (at least 30 s), and when the host stops.</param>
    Task<DomainSet> LoadAsync(CancellationToken cancellationToken);
}
