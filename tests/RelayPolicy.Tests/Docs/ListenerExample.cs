#pragma warning disable CA1031 // Whatever ends a connection, the listener goes on.
// <listener>
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RelayPolicy;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace MyMailServer;

public static class SmtpListener
{
    public static async Task RunAsync(TcpListener listener, Func<IRelayDecision> policies, X509Certificate2 certificate, CancellationToken stop)
    {
        var options = new SmtpSessionOptions
        {
            HostName = "mx.example.com",
            Extensions = SmtpExtensions.Size | SmtpExtensions.EightBitMime | SmtpExtensions.Chunking | SmtpExtensions.StartTls,
            Mechanisms = SaslMechanisms.Plain | SaslMechanisms.ScramSha256,
        };
        var host = new SmtpHost(options, policies, certificate) // asked at connect and at each MAIL, so that a new policy applies
        {
            Listener = "smtp",
            FindUser = credentials => Task.FromResult(SaslAnswer.Verifier(null)), // nobody, until there are users
            Store = (transaction, content) => throw new IOException("Nothing is stored yet."),
        };
        while (true) _ = ServeAsync(await listener.AcceptSocketAsync(stop));

        async Task ServeAsync(Socket socket)
        {
            using (socket)
            {
                try
                {
                    await host.RunAsync(new NetworkStream(socket), socket.RemoteEndPoint, stop);
                }
                catch (Exception)
                {
                    // The client went away, or TLS failed: log it.
                }
            }
        }
    }
}
// </listener>
