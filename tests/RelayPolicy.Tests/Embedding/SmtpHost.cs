// <host>
using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RelayPolicy;
using RelayPolicy.Messages;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace MyMailServer;

/// <summary>Runs SMTP sessions over streams. Whatever fails, nobody gets more than he would have got without it.</summary>
public sealed class SmtpHost(SmtpSessionOptions options, Func<IRelayDecision> policies, X509Certificate2 certificate)
{
    // What is yours: where users are kept, and where messages go. To throw is allowed: the client is told to try again.
    public required Func<SaslCredentials, Task<SaslAnswer>> FindUser { get; init; }
    public required Func<SmtpTransaction, Stream, Task> Store { get; init; }

    // The name by which rules with Client.Listener know this listener.
    public string? Listener { get; init; }

    private static readonly TimeSpan SendTimeout = TimeSpan.FromMinutes(1);

    private readonly HeaderPolicy _header = new();

    public async Task RunAsync(Stream connection, EndPoint? peer, CancellationToken stop)
    {
        var session = new SmtpSession(options, policies, ClientEndpoint.FromEndPoint(peer) with { Listener = Listener });
        var output = new ArrayBufferWriter<byte>();
        ReadOnlySequence<byte> input = default;
        byte[] buffer = new byte[16 * 1024];
        Stream stream = connection;
        using var message = new MemoryStream(); // a real server writes to a file
        var header = new HeaderReader();
        SmtpStep step;
        do
        {
            step = session.Process(ref input, output);
            if (step is SmtpStep.ReadMore or SmtpStep.StartTls or SmtpStep.Close) await SendAsync(stream, output);
            switch (step)
            {
                case SmtpStep.ReadMore:
                    int length = await ReadAsync(stream, buffer, session, output, stop);
                    if (length == 0) return; // the client is gone
                    input = new ReadOnlySequence<byte>(buffer, 0, Math.Max(length, 0));
                    break;
                case SmtpStep.StartTls:
                    var tls = new SslStream(stream);
                    using (CancellationTokenSource limit = TimeLimit(session, stop))
                    {
                        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, limit.Token);
                    }

                    stream = tls;
                    session.TlsStarted(TlsState.On());
                    break;
                case SmtpStep.ResolveHostNames:
                    session.HostNamesResolved(HostNameStatus.TemporaryFailure); // a real server asks its resolver
                    break;
                case SmtpStep.VerifyCredentials:
                    session.CredentialsChecked(await FindUserAsync(session.Credentials!));
                    break;
                case SmtpStep.TakeContent:
                    foreach (ReadOnlyMemory<byte> part in session.Content) message.Write(part.Span);
                    header.Write(session.Content);
                    break;
                case SmtpStep.TakeMessage:
                    if (!_header.Accepts(header, session.Identity, out SmtpReply refusal)) session.MessageRefused(refusal);
                    else if (await StoreAsync(session, message)) session.MessageTaken();
                    else session.MessageRefused();
                    goto case SmtpStep.AbandonMessage;
                case SmtpStep.AbandonMessage:
                    message.SetLength(0);
                    header = new HeaderReader();
                    break;
            }
        }
        while (step != SmtpStep.Close);
    }

    // The octets read; 0 at the end of the stream; less if the time is over, for which the session has written a reply.
    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, SmtpSession session, ArrayBufferWriter<byte> output, CancellationToken stop)
    {
        using CancellationTokenSource limit = TimeLimit(session, stop);
        try
        {
            return await stream.ReadAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException)
        {
            session.End(stop.IsCancellationRequested ? SmtpEnding.ShuttingDown : SmtpEnding.TimedOut, output);
            return -1;
        }
    }

    // A client that does not read must not hold the connection; the last reply is sent even when the server stops.
    private static async Task SendAsync(Stream stream, ArrayBufferWriter<byte> output)
    {
        using var limit = new CancellationTokenSource(SendTimeout);
        await stream.WriteAsync(output.WrittenMemory, limit.Token);
        output.ResetWrittenCount();
    }

    private static CancellationTokenSource TimeLimit(SmtpSession session, CancellationToken stop)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(session.TimeLeft);
        return limit;
    }

    private async Task<SaslAnswer> FindUserAsync(SaslCredentials credentials)
    {
        try
        {
            return await FindUser(credentials);
        }
        catch (Exception) // log it
        {
            return SaslAnswer.Unavailable;
        }
    }

    private async Task<bool> StoreAsync(SmtpSession session, MemoryStream message)
    {
        SmtpTransaction transaction = session.Transaction!;
        var received = new ReceivedField
        {
            HelloName = session.HelloName,
            Client = session.Client,
            HostName = options.HostName,
            IsExtended = session.IsExtended,
            SmtpUtf8 = transaction.Mail.SmtpUtf8,
            Tls = session.Tls,
            Identity = session.Identity,
            Instant = options.Clock.GetUtcNow(),
            OnlyRecipient = transaction.Recipients.Count == 1 ? transaction.Recipients[0].ForwardPath : null,
        };
        try
        {
            await Store(transaction, new MemoryStream([.. received.ToBytes(), .. message.ToArray()]));
            return true;
        }
        catch (Exception) // log it
        {
            return false;
        }
    }
}
// </host>
