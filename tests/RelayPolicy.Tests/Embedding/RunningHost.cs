using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyMailServer;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>The host of the documentation, listening on the loopback interface.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SmtpHost _host;
    private readonly Task _loop;

    public RunningHost(SmtpSessionOptions? options = null)
    {
        _host = Create(options, Messages);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public List<StoredMessage> Messages { get; } = [];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static SmtpSessionOptions Options(SmtpExtensions extensions = (SmtpExtensions)~0) => new()
    {
        HostName = "mx.local.example",
        Extensions = extensions,
        Mechanisms = SaslMechanisms.Plain | SaslMechanisms.Login | SaslMechanisms.ScramSha256,
        AllowsAuthenticationWithoutTls = true,
    };

    public static SmtpHost Create(SmtpSessionOptions? options, List<StoredMessage> messages, string? listener = null) => new(options ?? Options(), () => SessionHost.Policy, Certificate)
    {
        Listener = listener,
        FindUser = credentials => credentials.User switch
        {
            "alice" => Task.FromResult(SaslAnswer.Verifier(SessionHost.AliceVerifier)),
            "broken" => throw new TimeoutException("The database does not answer."),
            _ => Task.FromResult(SaslAnswer.Verifier(null)),
        },
        Store = async (transaction, content) =>
        {
            using var reader = new StreamReader(content, Encoding.UTF8);
            string text = await reader.ReadToEndAsync();
            if (text.Contains("Subject: disk full", StringComparison.Ordinal)) throw new IOException("The disk is full.");
            lock (messages) messages.Add(new StoredMessage(transaction, transaction.IsChunked, text));
        },
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true) running.Add(RunAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _host.RunAsync(new NetworkStream(socket), socket.RemoteEndPoint, _stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away.
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.local.example", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
#if NET10_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
#else
        return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
#endif
    }
}

/// <summary>A message that the host has stored.</summary>
internal sealed record StoredMessage(SmtpTransaction Transaction, bool IsChunked, string Text);
