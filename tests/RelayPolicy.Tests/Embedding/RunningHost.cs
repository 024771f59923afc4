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

    private readonly LoopbackServer _server;

    public RunningHost(SmtpSessionOptions? options = null)
    {
        SmtpHost host = Create(options, Messages);
        _server = new LoopbackServer((socket, stop) => host.RunAsync(new NetworkStream(socket), socket.RemoteEndPoint, stop));
    }

    public List<StoredMessage> Messages { get; } = [];

    public int Port => _server.Port;

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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

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
