using System.Net;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.IO;
using SmtpServer.Mail;

namespace RelayPolicy.Tests;

/// <summary>A session of the SmtpServer package, as the adapter sees it.</summary>
internal sealed class FakeSession : ISessionContext, IEndpointDefinition, ISecurableDuplexPipe
{
    public FakeSession(string? client = "203.0.113.9", int port = 25)
    {
        Endpoint = new IPEndPoint(IPAddress.Any, port);
        if (client is not null) Properties["EndpointListener:RemoteEndPoint"] = new IPEndPoint(IPAddress.Parse(client), 40_000);
    }

    public IEndpointDefinition EndpointDefinition => this;

    public ISecurableDuplexPipe Pipe => this;

    public AuthenticationContext Authentication { get; set; } = new();

    public IDictionary<string, object> Properties { get; } = new Dictionary<string, object>();

    public IPEndPoint Endpoint { get; }

    /// <summary>Whether the session is under TLS; of the end point, whether it begins with it.</summary>
    public bool IsSecure { get; set; }

    public bool BeginsWithTls { get; init; }

    bool IEndpointDefinition.IsSecure => BeginsWithTls;

    /// <summary>A PROXY header; null for PROXY UNKNOWN.</summary>
    public void Proxy(string? source) => Properties["Proxy:ProxySourceEndpoint"] = source is null ? null! : new IPEndPoint(IPAddress.Parse(source), 50_000);

    /// <summary>AUTH as the package does it.</summary>
    public async Task AuthenticateAsync(IUserAuthenticator authenticator, string user)
    {
        Authentication = new AuthenticationContext();
        if (await authenticator.AuthenticateAsync(this, user, "secret", TestContext.Current.CancellationToken)) Authentication = new AuthenticationContext(user);
    }

    /// <summary>Accepts or refuses everybody.</summary>
    internal sealed class Authenticator(bool accepts = true) : IUserAuthenticator
    {
        public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) => Task.FromResult(accepts);
    }

    internal sealed record Mailbox(string User, string Host) : IMailbox;
}
