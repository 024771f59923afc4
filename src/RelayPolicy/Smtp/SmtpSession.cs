using System.Buffers;
using RelayPolicy.Smtp.Proxy;
using RelayPolicy.Smtp.Sasl;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <summary>
/// The server's side of an SMTP session: octets in, reply octets out, and a step that says what its host must do next. It has no socket, no
/// thread and no clock but that of its options, keeps no more than a line and the envelope, and is not for several threads at once.
/// </summary>
/// <remarks>
/// What it refuses by closing: a bare CR or LF anywhere, commands sent before TLS has started, other protocols, a proxy header from somebody
/// who may not send one. <see cref="SmtpDialogue"/> is the level of commands below it.
/// </remarks>
public sealed partial class SmtpSession
{
    private readonly SmtpSessionOptions _options;
    private readonly SmtpDialogue _dialogue;
    private readonly SessionCounts _counts;
    private readonly SessionTimer _timer;
    private readonly LineReader _lines = new();
    private readonly PathStrings _strings = new();
    private ProxyHeaderReader? _proxyHeader;
    private SessionPhase _phase;
    private bool _hadCommand;
    private long _octets;

    /// <summary>A session of a client that has just connected, with a policy that stays.</summary>
    /// <param name="options">The options of the listener.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="client">The peer at the other end of the connection, with the name of the listener.</param>
    public SmtpSession(SmtpSessionOptions options, IRelayDecision policy, in ClientEndpoint client)
        : this(options, policy is null ? null! : () => policy, client)
    {
    }

    /// <summary>A session of a client that has just connected. Call <see cref="Process"/> before anything is read: it writes the greeting.</summary>
    /// <param name="options">The options of the listener.</param>
    /// <param name="policies">Gives the policy: asked at connect and at each MAIL, so that a new policy applies from the next transaction.</param>
    /// <param name="client">The peer at the other end of the connection, with the name of the listener.</param>
    public SmtpSession(SmtpSessionOptions options, Func<IRelayDecision> policies, in ClientEndpoint client)
    {
        _dialogue = new SmtpDialogue(options, policies, client);
        _options = options;
        _counts = new SessionCounts(options.SessionLimits);
        _timer = new SessionTimer(options.Clock, options.SessionLimits);
        _proxyHeader = options.ProxyPeers is null ? null : new ProxyHeaderReader();
        _phase = options.ProxyPeers is null ? SessionPhase.Opening : SessionPhase.ProxyHeader;
    }

    /// <summary>The client on whose address is decided.</summary>
    public ClientEndpoint Client => _dialogue.Client;

    /// <summary>As whom it has authenticated.</summary>
    public AuthIdentity Identity => _dialogue.Identity;

    /// <summary>Whether the session is under TLS.</summary>
    public TlsState Tls => _dialogue.Tls;

    /// <summary>What the client called itself, never judged; null before HELO or EHLO.</summary>
    public string? HelloName => _dialogue.HelloName;

    /// <summary>Whether it said EHLO.</summary>
    public bool IsExtended => _dialogue.IsExtended;

    /// <summary>Where the session stands.</summary>
    public SmtpState State => _dialogue.State;

    /// <summary>The transaction, or null outside of one.</summary>
    public SmtpTransaction? Transaction => _dialogue.Transaction;

    /// <summary>At <see cref="SmtpStep.TakeContent"/>: octets of the message, without the dots of DATA. At <see cref="SmtpStep.StartTls"/>: what the
    /// client has sent of the TLS handshake already. Valid until <see cref="Process"/> is called again.</summary>
    public ReadOnlySequence<byte> Content { get; private set; }

    /// <summary>At <see cref="SmtpStep.VerifyCredentials"/>: who the client claims to be; else null.</summary>
    public SaslCredentials? Credentials { get; private set; }

    /// <summary>The exception that ended the session, or null. It is a defect of this library or of the clock; log it.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>How long to wait for the client now, by the clock of the options. When it is zero, call <see cref="End"/>.</summary>
    public TimeSpan TimeLeft => _timer.Left(_phase is SessionPhase.Content or SessionPhase.DroppedChunk);

    /// <summary>Takes octets from the client and writes replies.</summary>
    /// <param name="input">What was received and not yet used up, which may be nothing. It is moved behind what was used.</param>
    /// <param name="output">Where the replies go, in their order.</param>
    /// <returns>What to do next. While an answer of the host is awaited, the same step again.</returns>
    public SmtpStep Process(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            return ProcessWithinLimit(ref input, output);
        }
        catch (Exception exception)
        {
            Fault = exception;
            return End(SmtpEnding.Fault, output);
        }
    }

    /// <summary>Ends the session with 421 and the reason (RFC 5321 §3.8). The host sends it and closes.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="output">Where the reply goes.</param>
    public SmtpStep End(SmtpEnding reason, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return _phase == SessionPhase.Closed ? SmtpStep.Close : Close(output, reason switch
        {
            SmtpEnding.TimedOut => SessionReplies.TimedOut,
            SmtpEnding.ShuttingDown => SessionReplies.ShuttingDown,
            _ => SessionReplies.Fault,
        });
    }

    private SmtpStep ProcessWithinLimit(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (_phase == SessionPhase.AwaitingTls && !_options.StartsUnderTls && !input.IsEmpty) return Close();
        long allowed = (_options.Limits.MaxSessionSize ?? long.MaxValue) - _octets;
        ReadOnlySequence<byte> part = input.Length > allowed ? input.Slice(0, allowed) : input;
        long before = part.Length;
        SmtpStep step = Run(ref part, output);
        long used = before - part.Length;
        _octets += used;
        input = input.Slice(used);

        // What was sent behind STARTTLS is not protected by it, and is never run. What came in clear on a listener under TLS is the handshake's.
        if (step == SmtpStep.StartTls && !_options.StartsUnderTls && !input.IsEmpty) return Close();
        if (step == SmtpStep.StartTls)
        {
            Content = input;
            input = input.Slice(input.End);
        }

        return step == SmtpStep.ReadMore && !input.IsEmpty ? Close(output, SessionReplies.SessionTooLarge) : step;
    }

    private SmtpStep Run(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        while (true)
        {
            SmtpStep? step = _phase switch
            {
                SessionPhase.ProxyHeader => ReadProxyHeader(ref input, output),
                SessionPhase.Opening => Open(),
                SessionPhase.Greeting => Greet(output),
                SessionPhase.Commands => ReadCommand(ref input, output),
                SessionPhase.Authenticating => ReadResponse(ref input, output),
                SessionPhase.CredentialsChecked => TakeAnswer(output),
                SessionPhase.Content => ReadContent(ref input, output),
                SessionPhase.DroppedChunk => DropChunk(ref input, output),
                SessionPhase.MessageDecided => EndMessage(output),
                SessionPhase.AwaitingHostNames => SmtpStep.ResolveHostNames,
                SessionPhase.AwaitingTls => SmtpStep.StartTls,
                SessionPhase.AwaitingCredentials => SmtpStep.VerifyCredentials,
                SessionPhase.AwaitingMessage => SmtpStep.TakeMessage,
                _ => SmtpStep.Close,
            };
            if (step is { } next) return next;
        }
    }

    private SmtpStep Close(IBufferWriter<byte> output, in SmtpReply reply)
    {
        SmtpStep step = Close(); // before the output may fail
        Write(output, reply);
        return step;
    }

    private SmtpStep Close()
    {
        _phase = SessionPhase.Closed;
        Content = default;
        Credentials = null;
        _lines.Wipe();
        return SmtpStep.Close;
    }

    // Sends the reply to a command. A reply of 421 closes, whoever wrote it.
    private SmtpStep? Answer(IBufferWriter<byte> output, in SmtpReply reply)
    {
        SmtpReply counted = _counts.Count(reply);
        Write(output, counted);
        return counted.Code == 421 ? Close() : null;
    }

    private void Write(IBufferWriter<byte> output, in SmtpReply reply)
    {
        ReplyWriter.Write(output, reply);
        if (reply.Code < 400 || _options.OnRefusal is not { } observer) return;
        try
        {
            observer(reply);
        }
        catch (Exception)
        {
            // A broken observer must not change what it observes.
        }
    }

    private SmtpStep? Await(SessionPhase phase)
    {
        _phase = phase;
        return null;
    }

    private void Expect(SessionPhase phase, string step)
    {
        if (_phase != phase) throw new InvalidOperationException($"The session does not wait for this: it is called after the step {step}, once.");
    }
}
