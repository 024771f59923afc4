using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RelayPolicy.Messages;
using RelayPolicy.Samples.RelayServer.Delivery;
using RelayPolicy.Samples.RelayServer.Names;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>
/// One connection: moves octets between Kestrel's pipes and the session, and does what each step of the session says. A wait is ended by the
/// client, by the session's clock, or by the server that shuts down.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);
    private static readonly SmtpReply DiskFull = new(452, new(4, 3, 1), "The message cannot be kept for now; try again later");
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    private readonly ConnectionContext _connection;
    private readonly SmtpServices _services;
    private readonly SmtpSessionOptions _options;
    private readonly SmtpSession _session;
    private readonly HeaderPolicy _headerPolicy;
    private readonly CancellationToken _shutdown;
    private PipeReader _reader;
    private PipeWriter _writer;
    private SslStream? _tls;
    private MessageContent? _content;
    private HeaderReader? _header;
    private bool _isLost;
    private bool _isVerdict;
    private string? _claimedUser;

    public SmtpConnection(ConnectionContext connection, SmtpListener listener, SmtpServices services)
    {
        _connection = connection;
        _services = services;
        _options = listener.OptionsFor(services.Policy, services.Clock, HearVerdict, HearRefusal);
        _session = new SmtpSession(_options, services.Decision, ClientEndpoint.FromEndPoint(connection.RemoteEndPoint) with { Listener = listener.Name });
        _headerPolicy = new HeaderPolicy { MaxHops = _options.Limits.MaxHops };
        _reader = connection.Transport.Input;
        _writer = connection.Transport.Output;
        _shutdown = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
    }

    public async Task RunAsync()
    {
        ITimer timer = _services.Clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        CancellationTokenRegistration registration = _shutdown.UnsafeRegister(_ => Wake(), null);
        try
        {
            await RunAsync(timer);
        }
        finally
        {
            await registration.DisposeAsync();
            await timer.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropContentAsync();
        if (_tls is null) return;
        await _reader.CompleteAsync();
        await _tls.DisposeAsync();
    }

    private async Task RunAsync(ITimer timer)
    {
        ReadOnlySequence<byte> input = default;
        bool hasRead = false;
        bool hasTurn = false;
        while (true)
        {
            SmtpStep step = _session.Process(ref input, _writer);
            if (hasTurn) _services.PasswordTurns.Release();
            hasTurn = false;
            switch (step)
            {
                case SmtpStep.ReadMore:
                    await SendAsync();
                    if (hasRead) _reader.AdvanceTo(input.End);
                    if (await ReadAsync(timer) is not { } read)
                    {
                        await LeaveAsync();
                        return;
                    }

                    (input, hasRead) = (read, true);
                    break;
                case SmtpStep.ResolveHostNames:
                    HostNames names = await _services.HostNames.ResolveAsync(_session.Client.Address!);
                    _session.HostNamesResolved(names.Status, names.Names);
                    break;
                case SmtpStep.StartTls:
                    await SendAsync();
                    if (hasRead) _reader.AdvanceTo(_session.Content.IsEmpty ? input.End : _session.Content.Start); // behind a proxy header the handshake may have begun
                    (input, hasRead) = (default, false);
                    await StartTlsAsync();
                    break;
                case SmtpStep.VerifyCredentials:
                    _claimedUser = _session.Credentials!.User;
                    _session.CredentialsChecked(_services.Users.Find(_claimedUser));
                    await _services.PasswordTurns.WaitAsync(); // the session checks the password when it goes on
                    hasTurn = true;
                    break;
                case SmtpStep.TakeContent:
                    await TakeContentAsync();
                    break;
                case SmtpStep.TakeMessage:
                    await TakeMessageAsync();
                    await DropContentAsync();
                    break;
                case SmtpStep.AbandonMessage:
                    await DropContentAsync();
                    break;
                default:
                    if (_session.Fault is { } fault) ServerLog.SessionFailed(_services.Logger, fault);
                    if (hasRead) _reader.AdvanceTo(input.End);
                    await LeaveAsync();
                    return;
            }
        }
    }

    // The library logs what the policy refuses, with its rule.
    private void HearVerdict(in RelayRequest request, in RelayVerdict verdict) => _isVerdict = verdict.IsRefused;

    private void HearRefusal(SmtpReply reply)
    {
        if (!_isVerdict) ServerLog.Refused(_services.Logger, reply.ToString(), _connection.RemoteEndPoint, _claimedUser is null ? "-" : Terminal.Safe(_claimedUser));
        _isVerdict = false;
    }

    // What came; or null if the session has ended, for which it may have written a reply.
    private async ValueTask<ReadOnlySequence<byte>?> ReadAsync(ITimer timer)
    {
        while (true)
        {
            // A transaction that is under way may end; then the server takes no other. Kestrel cuts off whoever takes too long.
            if (_shutdown.IsCancellationRequested && _session.Transaction is null) return End(SmtpEnding.ShuttingDown);
            TimeSpan left = _session.TimeLeft;
            if (left <= TimeSpan.Zero) return End(SmtpEnding.TimedOut);
            timer.Change(left, Timeout.InfiniteTimeSpan);
            ReadResult result = await _reader.ReadAsync();
            if (!result.Buffer.IsEmpty) return result.Buffer;
            _reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    private ReadOnlySequence<byte>? End(SmtpEnding reason)
    {
        _session.End(reason, _writer);
        return null;
    }

    private void Wake() => _reader.CancelPendingRead();

    // A client that does not read must not hold the connection.
    private async ValueTask SendAsync()
    {
        ValueTask<FlushResult> sending = _writer.FlushAsync();
        if (!sending.IsCompletedSuccessfully) await sending.AsTask().WaitAsync(SendTimeout);
    }

    // Closing with octets unread makes TCP reset the connection, and the last reply may never be seen.
    private async Task LeaveAsync()
    {
        await SendAsync();
        await _writer.CompleteAsync();
        using var limit = new CancellationTokenSource(LingerTime);
        try
        {
            if (_tls is not null) await _tls.ShutdownAsync().WaitAsync(limit.Token);
            await _connection.Transport.Output.CompleteAsync();
            PipeReader raw = _connection.Transport.Input;
            while (_tls is null && await raw.ReadAsync(limit.Token) is { IsCompleted: false, IsCanceled: false } rest) raw.AdvanceTo(rest.Buffer.End);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ConnectionAbortedException or ConnectionResetException or InvalidOperationException)
        {
            // It was said; whether the client has heard it is its own affair.
        }
    }

    private async Task StartTlsAsync()
    {
        bool wantsCertificate = _services.Policy.RuleSet is { } rules && rules.RequiredFacts.HasFlag(RelayFacts.Tls);
        _tls = new SslStream(new DuplexStream(_reader, _writer));
        using var limit = new CancellationTokenSource(HandshakeTimeout);
        try
        {
            await _tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _services.Certificate,
                    ClientCertificateRequired = wantsCertificate,
#pragma warning disable CA5359 // This is the client's certificate. A rule names it by its fingerprint, so who has signed it does not matter.
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                limit.Token);
        }
        catch (AuthenticationException exception)
        {
            throw new IOException($"TLS has not come about: {exception.Message}", exception);
        }

        _reader = PipeReader.Create(_tls, new StreamPipeReaderOptions(leaveOpen: true));
        _writer = PipeWriter.Create(_tls, new StreamPipeWriterOptions(leaveOpen: true));
        CertificateFingerprint fingerprint = _tls.RemoteCertificate is { } certificate ? CertificateFingerprint.Compute(certificate.GetRawCertData()) : default;
        _session.TlsStarted(TlsState.On(fingerprint));
    }

    private async ValueTask TakeContentAsync()
    {
        _content ??= new MessageContent(_services.Folder);
        _header ??= new HeaderReader();
        _header.Write(_session.Content);
        if (_isLost) return;
        try
        {
            await _content.WriteAsync(_session.Content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ServerLog.NotStored(_services.Logger, "content", exception);
            _isLost = true; // which is told when the content is over
        }
    }

    private async Task TakeMessageAsync()
    {
        _content ??= new MessageContent(_services.Folder);
        if (_isLost)
        {
            _session.MessageRefused(DiskFull);
            return;
        }

        if (!_headerPolicy.Accepts(_header ?? new HeaderReader(), _session.Identity, out SmtpReply refusal))
        {
            _session.MessageRefused(refusal);
            return;
        }

        SmtpTransaction transaction = _session.Transaction!;
        string id = _services.Delivery.NewId();
        try
        {
            if (await _services.Delivery.DeliverAsync(new IncomingMessage(id, transaction, TraceField(id, transaction), _content)) is { } failure)
            {
                _session.MessageRefused(failure);
                return;
            }

            ServerLog.Taken(_services.Logger, id, Terminal.Safe(transaction.ReversePath.ToString()), transaction.Recipients.Count, transaction.Size);
            _session.MessageTaken(new SmtpReply(250, new(2, 0, 0), $"Taken as {id}"));
        }
        catch (Exception exception)
        {
            ServerLog.NotStored(_services.Logger, id, exception);
            _session.MessageRefused();
        }
    }

    private byte[] TraceField(string id, SmtpTransaction transaction) => new ReceivedField
    {
        HelloName = _session.HelloName,
        Client = _session.Client,
        HostName = _options.HostName,
        Id = id,
        IsExtended = _session.IsExtended,
        SmtpUtf8 = transaction.Mail.SmtpUtf8,
        Tls = _session.Tls,
        Identity = _session.Identity,
        Instant = _services.Clock.GetUtcNow(),
        OnlyRecipient = transaction.Recipients.Count == 1 ? transaction.Recipients[0].ForwardPath : null,
    }.ToBytes();

    private async ValueTask DropContentAsync()
    {
        MessageContent? content = _content;
        (_content, _header, _isLost) = (null, null, false);
        if (content is not null) await content.DisposeAsync();
    }
}
