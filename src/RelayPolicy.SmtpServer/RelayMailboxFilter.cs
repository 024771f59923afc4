using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>
/// Lets a relay policy decide in an application built on the SmtpServer package: register it as the mailbox filter, and the application's authenticator
/// behind a <see cref="RelayUserAuthenticator"/>. Rules at <c>Connect</c> and <c>Sender</c> are asked at <c>MAIL</c>, as the package has no earlier hook.
/// </summary>
/// <remarks>
/// A refusal is thrown as <see cref="SmtpResponseException"/>, which gives its code and text to the client; the package appends how many retries
/// remain, and closes the session after five refusals in a row. A refusal by a <c>Connect</c> rule closes the session at once. Whatever fails inside is
/// <c>451 4.3.0</c>: an exception of another kind would make the package drop the connection without a reply.
/// </remarks>
public sealed class RelayMailboxFilter : IMailboxFilter
{
    private const string ClientKey = "RelayPolicy:Client";

    private static readonly SmtpReply Failure = new(451, new(4, 3, 0), "Temporary failure, try again later");

    private readonly IRelayDecision _decision;
    private readonly RelayMailboxFilterOptions _options;

    /// <summary>A filter.</summary>
    /// <param name="decision">The policy.</param>
    /// <param name="options">What the adapter cannot know by itself; null for the defaults.</param>
    public RelayMailboxFilter(IRelayDecision decision, RelayMailboxFilterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(decision);
        (_decision, _options) = (decision, options ?? new RelayMailboxFilterOptions());
    }

    /// <summary>Whether the client may begin a transaction with this reverse-path.</summary>
    /// <exception cref="SmtpResponseException">It may not; the exception holds the reply.</exception>
    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => ShieldAsync(async () =>
    {
        if (!MailboxPath.TryReadSender(from, out SmtpPath sender, out string problem)) throw BadAddress(new EnhancedStatusCode(5, 1, 7), "sender", problem);
        RelayVerdict verdict = _decision.Evaluate(await RequestAsync(context, sender, default, cancellationToken).ConfigureAwait(false), RelayStage.Sender);
        if (verdict.Action != RelayAction.Continue) throw Refuse(verdict);
    });

    /// <summary>Whether this recipient of the transaction may pass.</summary>
    /// <exception cref="SmtpResponseException">It may not; the exception holds the reply.</exception>
    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) => ShieldAsync(async () =>
    {
        if (!MailboxPath.TryReadSender(from, out SmtpPath sender, out string problem)) throw BadAddress(new EnhancedStatusCode(5, 1, 7), "sender", problem);
        if (!MailboxPath.TryReadRecipient(to, out SmtpPath recipient, out problem)) throw BadAddress(new EnhancedStatusCode(5, 1, 3), "recipient", problem);
        RelayVerdict verdict = _decision.Evaluate(await RequestAsync(context, sender, recipient, cancellationToken).ConfigureAwait(false));
        if (!verdict.IsAccepted) throw Refuse(verdict);
    });

    private async ValueTask<RelayRequest> RequestAsync(ISessionContext context, SmtpPath sender, SmtpPath recipient, CancellationToken cancellationToken)
    {
        ClientEndpoint client = await ClientAsync(context, cancellationToken).ConfigureAwait(false);
        return new RelayRequest(client, KnownIdentity.Of(context, _options.GroupsOf), sender, recipient, localDomains: null, _options.TimeProvider.GetUtcNow())
        {
            Tls = IsUnderTls(context, client) ? TlsState.On() : TlsState.Off,
        };
    }

    // On an end point that begins with TLS the header of a proxy comes inside it: then it is the TLS of the proxy and not of its client.
    private static bool IsUnderTls(ISessionContext context, in ClientEndpoint client) =>
        context.Pipe is { IsSecure: true } && !(client.Provenance == ClientProvenance.Proxied && context.EndpointDefinition is { IsSecure: true });

    // Host names are looked up once for each client that the session shows.
    private async ValueTask<ClientEndpoint> ClientAsync(ISessionContext context, CancellationToken cancellationToken)
    {
        ClientEndpoint client = SessionClient.Of(context, _options);
        if (_options.ResolveHostNames is null || client.Address is null) return client;
        if (context.Properties.TryGetValue(ClientKey, out object? noted) && noted is ClientEndpoint known && client.Address.Equals(known.Address) && client.Provenance == known.Provenance) return known;
        ClientEndpoint resolved = await _options.ResolveHostNames(client, cancellationToken).ConfigureAwait(false);
        client = client.WithHostNames(resolved.HostNameStatus, resolved.HostNames.Select(name => name.Value));
        context.Properties[ClientKey] = client;
        return client;
    }

    // What is no refusal here makes no sense, and neither does a refusal whose reply accepts: it passes nothing.
    private static SmtpResponseException Refuse(in RelayVerdict verdict) => verdict is { IsRefused: true, Reply.Code: >= 400 }
        ? Refuse(verdict.Reply, quit: verdict.Stage == RelayStage.Connect)
        : Refuse(Failure, quit: false);

    private static async Task<bool> ShieldAsync(Func<Task> decide)
    {
        try
        {
            await decide().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not SmtpResponseException)
        {
            throw Refuse(Failure, quit: false);
        }
    }

    private static SmtpResponseException BadAddress(EnhancedStatusCode code, string role, string problem) =>
        Refuse(new SmtpReply(501, code, $"Bad {role} address syntax: {problem}"), quit: false);

    // The text of a reply is printable ASCII by construction, so that it holds no CR LF, which the package would send as it is.
    private static SmtpResponseException Refuse(SmtpReply reply, bool quit) =>
        new(new SmtpResponse((SmtpReplyCode)reply.Code, $"{reply.Enhanced} {reply.Text}"), quit);
}
