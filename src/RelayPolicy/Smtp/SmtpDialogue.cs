using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Smtp;

/// <summary>
/// A session on the level of commands: which may come when, what they are answered, what is known of the client and of its transaction. It
/// is for servers that have a parser of their own; <see cref="SmtpSession"/> is the level of bytes above it. A command that is not accepted
/// changes nothing. Not for several threads.
/// </summary>
/// <remarks>
/// Whatever changes who or what the client is (TLS starts, a proxy names another client) voids everything that was said before: hello name,
/// identity and transaction. Every recipient is decided by itself; nothing is remembered of the verdicts before it.
/// </remarks>
public sealed class SmtpDialogue
{
    private readonly SmtpSessionOptions _options;
    private readonly PolicyDesk _desk;
    private readonly int _maxRecipients;
    private readonly int _maxRefusals;
    private bool _isRefused = true; // until Connect has asked
    private bool _mayXclient = true;
    private bool _isNamedByXclient;
    private int _refusals;

    /// <summary>A dialogue with a client that has just connected. Call <see cref="Connect"/> next.</summary>
    /// <param name="options">The options of the listener.</param>
    /// <param name="policies">Gives the policy: asked at connect and at each MAIL, so that a new policy applies from the next transaction.</param>
    /// <param name="client">The client.</param>
    public SmtpDialogue(SmtpSessionOptions options, Func<IRelayDecision> policies, in ClientEndpoint client)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(policies);
        _options = options;
        _desk = new PolicyDesk(options, policies);
        _maxRecipients = options.Limits.MaxRecipients ?? int.MaxValue;
        _maxRefusals = options.SessionLimits.MaxRefusedRecipients ?? int.MaxValue;
        Client = client;
    }

    /// <summary>The client on whose address is decided.</summary>
    public ClientEndpoint Client { get; private set; }

    /// <summary>As whom it has authenticated.</summary>
    public AuthIdentity Identity { get; private set; } = AuthIdentity.Anonymous;

    /// <summary>Whether the session is under TLS.</summary>
    public TlsState Tls { get; private set; }

    /// <summary>What the client called itself at HELO or EHLO, never judged; null before that.</summary>
    public string? HelloName { get; private set; }

    /// <summary>Whether it said EHLO.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>The transaction, or null outside of one.</summary>
    public SmtpTransaction? Transaction { get; private set; }

    /// <summary>Messages taken so far.</summary>
    public int Messages { get; private set; }

    /// <summary>Where the session stands: read off what is known, so that it cannot contradict it.</summary>
    public SmtpState State => this switch
    {
        { _isRefused: true } => SmtpState.Refused,
        { Transaction.IsChunked: true } => SmtpState.Chunks,
        { Transaction.Recipients.Count: > 0 } => SmtpState.Rcpt,
        { Transaction: not null } => SmtpState.Mail,
        { HelloName: null } => SmtpState.Start,
        { IsExtended: true } => SmtpState.Ehlo,
        _ => SmtpState.Helo,
    };

    /// <summary>The extensions that are offered now: none after HELO, STARTTLS not under TLS, AUTH where it may be used.</summary>
    public SmtpExtensions Offered
    {
        get
        {
            if (!IsExtended) return SmtpExtensions.None;
            SmtpExtensions offered = _options.Extensions & ~SmtpExtensions.Auth;
            if (Tls.IsOn || _options.StartsUnderTls || _isNamedByXclient) offered &= ~SmtpExtensions.StartTls;
            if (_options.Mechanisms != SaslMechanisms.None && (Tls.IsOn || _options.AllowsAuthenticationWithoutTls)) offered |= SmtpExtensions.Auth;
            return offered;
        }
    }

    /// <summary>Whether the client may name another one by XCLIENT: a named peer itself may, once, and not after TLS has started. Who speaks
    /// through it may not.</summary>
    public bool MayXclient =>
        _mayXclient && Client.Provenance == ClientProvenance.Direct && _options.XclientPeers is { } peers && peers.Contains(Client.Address);

    private DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <summary>Whether the command may come now (RFC 5321 §4.1.4).</summary>
    /// <param name="command">The command.</param>
    /// <param name="refusal">503 if it may not; meaningless if it may.</param>
    public bool MayIssue(SmtpCommand command, out SmtpReply refusal)
    {
        CommandGate gate = StateTable.Look(command, State);
        refusal = gate == CommandGate.Open ? default : StateTable.Refusal(gate);
        return gate == CommandGate.Open;
    }

    /// <summary>Asks the rules of <see cref="RelayStage.Connect"/>; to be called when the client's final address is known.</summary>
    /// <returns>2xx: send the greeting. 554: send it as the greeting; only QUIT is left. 421: send it and close.</returns>
    public SmtpReply Connect()
    {
        RelayVerdict verdict = _desk.Ask(_desk.Current, Request(default, default), RelayStage.Connect);
        _isRefused = verdict.IsRefused;
        SmtpReply reply = verdict.Reply;
        return verdict.Action switch
        {
            RelayAction.Continue => SessionReplies.Ok,
            RelayAction.Defer => new SmtpReply(421, reply.Enhanced, reply.Text),
            _ => new SmtpReply(554, reply.Enhanced, reply.Text),
        };
    }

    /// <summary>What the DNS said of the client's address; to be called before <see cref="Connect"/>.</summary>
    /// <param name="status">How far the names are known.</param>
    /// <param name="names">The PTR names.</param>
    public void HostNamesResolved(HostNameStatus status, params IEnumerable<string> names) => Client = Client.WithHostNames(status, names);

    /// <summary>TLS has started: everything that was said in clear text is forgotten, and the client says EHLO again (RFC 3207 §4.2).</summary>
    /// <param name="tls">The TLS session.</param>
    public void TlsStarted(TlsState tls)
    {
        BeginAnew(Client, AuthIdentity.Anonymous, tls);
        _mayXclient = false;
    }

    /// <summary>A proxy has named the client: everything is forgotten. Call <see cref="Connect"/> next, which decides anew.</summary>
    /// <param name="client">The client that was named.</param>
    /// <param name="tls">Whether the client itself is under TLS, as far as the proxy said so.</param>
    public void ClientNamed(in ClientEndpoint client, TlsState tls) => ClientNamed(client, tls, AuthIdentity.Anonymous);

    /// <summary>XCLIENT has named the client. TLS that starts from now on would be that of the peer who speaks for it, and its certificate too, so
    /// none may.</summary>
    internal void NamedByXclient(in ClientEndpoint client, AuthIdentity identity)
    {
        ClientNamed(client, TlsState.Off, identity);
        _isNamedByXclient = true;
    }

    private void ClientNamed(in ClientEndpoint client, TlsState tls, AuthIdentity identity)
    {
        BeginAnew(client, identity, tls);
        _isRefused = true;
    }

    /// <summary>HELO or EHLO. A transaction is gone; an identity stays (RFC 5321 §4.1.4, RFC 4954 §4).</summary>
    /// <param name="name">What the client calls itself: printable, never judged.</param>
    /// <param name="extended">Whether it is EHLO.</param>
    /// <returns>250 with a text for one line; the keywords of EHLO follow from <see cref="Offered"/>.</returns>
    public SmtpReply Hello(string name, bool extended)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!MayIssue(extended ? SmtpCommand.Ehlo : SmtpCommand.Helo, out SmtpReply refusal)) return refusal;
        if (!HelloText.IsValid(name)) return SessionReplies.HelloArgument;
        Transaction = null;
        HelloName = name;
        IsExtended = extended;
        return SessionReplies.Ok;
    }

    /// <summary>Whether AUTH may come now and with which answer if not: 503 in the wrong state or a second time, 538 where it needs TLS, 502 if it
    /// is not offered at all (RFC 4954 §4).</summary>
    /// <param name="refusal">The refusal; meaningless if it may come.</param>
    public bool MayAuthenticate(out SmtpReply refusal)
    {
        if (!MayIssue(SmtpCommand.Auth, out refusal)) return false;
        if (Identity.IsAuthenticated) refusal = SessionReplies.AlreadyAuthenticated;
        else if (_options.Mechanisms == SaslMechanisms.None) refusal = SessionReplies.NotImplemented;
        else if ((Offered & SmtpExtensions.Auth) == 0) refusal = SessionReplies.EncryptionRequired;
        else return true;
        return false;
    }

    /// <summary>Authentication has succeeded.</summary>
    /// <param name="identity">As whom.</param>
    /// <returns>235, or the refusal of an AUTH that may not come now; 535 for nobody.</returns>
    public SmtpReply Authenticated(AuthIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (!MayAuthenticate(out SmtpReply refusal)) return refusal;
        if (!identity.IsAuthenticated) return SessionReplies.CredentialsInvalid;
        Identity = identity;
        return SessionReplies.Authenticated;
    }

    /// <summary>Whether STARTTLS may come now and with which answer if not: 503 in the wrong state or under TLS, 502 if it is not offered.</summary>
    /// <param name="refusal">The refusal; meaningless if it may come.</param>
    public bool MayStartTls(out SmtpReply refusal)
    {
        if (!MayIssue(SmtpCommand.StartTls, out refusal)) return false;
        if (Tls.IsOn) refusal = SessionReplies.AlreadyUnderTls;
        else if ((Offered & SmtpExtensions.StartTls) == 0) refusal = SessionReplies.NotImplemented;
        else return true;
        return false;
    }

    /// <summary>MAIL: asks the rules through <see cref="RelayStage.Sender"/> and begins a transaction.</summary>
    /// <param name="command">The argument, parsed.</param>
    /// <returns>250, or why not: 503, 555, 552 by the announced size, 421 after too many messages or refusals, or the verdict's reply.</returns>
    public SmtpReply Mail(in MailCommand command)
    {
        if (!MayIssue(SmtpCommand.Mail, out SmtpReply refusal)) return refusal;
        if ((command.Uses & ~Offered) != 0) return SessionReplies.UnsupportedParameter;
        if (Messages >= _options.SessionLimits.MaxMessages) return SessionReplies.TooManyMessages;
        if (_refusals >= _maxRefusals) return SessionReplies.TooManyRefusals;
        if (_options.Limits.MaxMessageSize is { } limit && command.Size > (ulong)limit) return SessionReplies.MessageTooLarge;
        IRelayDecision policy = _desk.Current;
        RelayRequest request = Request(command.ReversePath, default);
        RelayVerdict verdict = _desk.Ask(policy, request, RelayStage.Sender);
        if (verdict.IsRefused)
        {
            _refusals++;
            return Refuse(policy, request, verdict, RelayStage.Sender);
        }

        Transaction = new SmtpTransaction(command, policy, Identity.IsAuthenticated);
        return verdict.Rule is null ? SessionReplies.SenderOk : verdict.Reply;
    }

    /// <summary>RCPT: asks all rules, and adds the recipient to the transaction if they accept it.</summary>
    /// <param name="command">The argument, parsed.</param>
    /// <returns>The verdict's reply, or 503, 555, 452 beyond the limit of recipients (RFC 5321 §4.5.3.1.10), 421 after too many refusals.</returns>
    public SmtpReply Rcpt(in RcptCommand command)
    {
        if (!MayIssue(SmtpCommand.Rcpt, out SmtpReply refusal)) return refusal;
        SmtpTransaction transaction = Transaction!;
        if ((command.Uses & ~Offered) != 0) return SessionReplies.UnsupportedParameter;
        if (transaction.Recipients.Count >= _maxRecipients) return SessionReplies.TooManyRecipients;
        if (_refusals >= _maxRefusals) return SessionReplies.TooManyRefusals;
        RelayRequest request = Request(transaction.ReversePath, command.ForwardPath);
        RelayVerdict verdict = _desk.Ask(transaction.Policy, request, RelayStage.Recipient);
        if (!verdict.IsAccepted)
        {
            _refusals++;
            return Refuse(transaction.Policy, request, verdict, RelayStage.Recipient);
        }

        transaction.Add(new SmtpRecipient(command.ForwardPath, verdict.Action, command.Notify, command.OriginalRecipient));
        return verdict.Reply;
    }

    /// <summary>Whether the content may come by DATA.</summary>
    /// <param name="refusal">503 if it may not; else send 354.</param>
    public bool MayBeginData(out SmtpReply refusal) => MayIssue(SmtpCommand.Data, out refusal);

    /// <summary>Whether a chunk may come by BDAT (RFC 3030), and if so begins it. The octets of one that may not are to be read and dropped.</summary>
    /// <param name="refusal">503 or, where CHUNKING is not offered, 502; meaningless if it may.</param>
    public bool TryBeginChunk(out SmtpReply refusal)
    {
        if (!MayIssue(SmtpCommand.Bdat, out refusal)) return false;
        if ((Offered & SmtpExtensions.Chunking) == 0)
        {
            refusal = SessionReplies.NotImplemented;
            return false;
        }

        Transaction!.IsChunked = true;
        return true;
    }

    /// <summary>The content is in and the server has taken the message or not: the transaction is over.</summary>
    /// <param name="taken">Whether the message is now the responsibility of this server (RFC 5321 §4.2.5).</param>
    public void MessageEnded(bool taken)
    {
        Transaction = null;
        if (taken) Messages++;
    }

    /// <summary>RSET: a transaction is gone; hello name and identity stay.</summary>
    /// <returns>250, or 503 to a client that was refused.</returns>
    public SmtpReply Reset()
    {
        if (!MayIssue(SmtpCommand.Rset, out SmtpReply refusal)) return refusal;
        Transaction = null;
        return SessionReplies.Ok;
    }

    // The one way by which the client becomes another one: whatever was said or decided before is void.
    private void BeginAnew(in ClientEndpoint client, AuthIdentity identity, TlsState tls)
    {
        Client = client;
        Identity = identity;
        Tls = tls;
        HelloName = null;
        IsExtended = false;
        Transaction = null;
    }

    private RelayRequest Request(SmtpPath sender, SmtpPath recipient) =>
        new(Client, Identity, sender, recipient, _options.LocalDomains, Now) { Tls = Tls, Ownership = _options.Ownership };

    private SmtpReply Refuse(IRelayDecision policy, in RelayRequest request, in RelayVerdict verdict, RelayStage stage)
    {
        bool mayHint = _options.HintsAtAuthentication
            && verdict is { Action: RelayAction.Reject, Reply.Code: 550, Fault: null }
            && !Identity.IsAuthenticated
            && _options.Mechanisms != SaslMechanisms.None;
        return mayHint && PolicyDesk.WouldAuthenticationHelp(policy, request, stage) ? SessionReplies.AuthenticationRequired : verdict.Reply;
    }
}
