using SmtpServer;
using SmtpServer.Authentication;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>
/// Stands before the authenticator of the application and notes whom it has let in, and whether under TLS. Only such an identity counts for
/// <see cref="RelayMailboxFilter"/>: the authenticator that the SmtpServer package has by default accepts everybody, and the package keeps an identity
/// when TLS starts, which RFC 3207 §4.2 forbids.
/// </summary>
/// <param name="inner">The authenticator that checks the credentials.</param>
public sealed class RelayUserAuthenticator(IUserAuthenticator inner) : IUserAuthenticator
{
    private readonly IUserAuthenticator _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public async Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Properties.Remove(KnownIdentity.Key);
        var candidate = new KnownIdentity(user, context.Pipe?.IsSecure ?? false, SessionClient.ProxySourceOf(context));
        bool isGood = await _inner.AuthenticateAsync(context, user, password, cancellationToken).ConfigureAwait(false);
        if (isGood) context.Properties[KnownIdentity.Key] = candidate;
        return isGood;
    }
}
