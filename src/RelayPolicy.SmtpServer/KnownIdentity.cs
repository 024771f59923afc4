using System.Net;
using SmtpServer;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>Whom the application's authenticator has let in, and under which circumstances.</summary>
/// <param name="User">The user name.</param>
/// <param name="IsSecure">Whether the session was under TLS.</param>
/// <param name="ProxySource">The address in a PROXY header that had come before, or null.</param>
internal sealed record KnownIdentity(string User, bool IsSecure, IPEndPoint? ProxySource)
{
    /// <summary>Where it is kept among the properties of the session.</summary>
    public const string Key = "RelayPolicy:Identity";

    /// <summary>The identity of the session now: none if TLS has begun or another client was named since it was noted.</summary>
    public static AuthIdentity Of(ISessionContext context, Func<string, IEnumerable<string>>? groupsOf)
    {
        if (context.Authentication is not { IsAuthenticated: true } || !context.Properties.TryGetValue(Key, out object? noted) || noted is not KnownIdentity known) return AuthIdentity.Anonymous;
        bool isStillTrue = known.IsSecure == context.Pipe?.IsSecure && Equals(known.ProxySource, SessionClient.ProxySourceOf(context)) && known.User == context.Authentication.User;
        return isStillTrue ? new AuthIdentity(known.User, mechanism: null, groupsOf?.Invoke(known.User)) : AuthIdentity.Anonymous;
    }
}
