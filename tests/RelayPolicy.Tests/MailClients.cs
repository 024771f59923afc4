using System.Net;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace RelayPolicy.Tests;

/// <summary>MailKit's client in its modes.</summary>
internal static class MailClients
{
    /// <summary>Connects to a server on the loopback interface.</summary>
    /// <param name="client">The client.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="security">Whether and how TLS begins.</param>
    /// <param name="hostName">Whom the server's certificate names.</param>
    public static async Task<SmtpClient> ConnectAsync(SmtpClient client, int port, SecureSocketOptions security, string hostName)
    {
        client.Timeout = 10 * 60 * 1000; // a loaded machine is no failure
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=" + hostName;
        await client.ConnectAsync("127.0.0.1", port, security, TestContext.Current.CancellationToken);
        return client;
    }

    public static SaslMechanism Mechanism(string mechanism, NetworkCredential credential) => mechanism switch
    {
        "PLAIN" => new SaslMechanismPlain(credential),
        "LOGIN" => new SaslMechanismLogin(credential),
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(credential),
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism), mechanism, "No mechanism that is tested."),
    };

    public static MimeMessage Message(params string[] recipients)
    {
        var message = new MimeMessage { Subject = "x", Body = new TextPart("plain") { Text = "hello\r\n.dot at the beginning\r\n" } };
        message.From.Add(new MailboxAddress(null, "a@b.example"));
        message.To.AddRange(recipients.Select(recipient => new MailboxAddress(null, recipient)));
        return message;
    }
}

/// <summary>Sends content by BDAT: by itself MailKit uses DATA even where chunks are offered.</summary>
internal sealed class ChunkingClient : SmtpClient
{
    protected override bool PreferSendAsBinaryData => true;
}

/// <summary>Asks for delivery status notifications.</summary>
internal sealed class DsnClient : SmtpClient
{
    protected override string GetEnvelopeId(MimeMessage message) => "id-1";

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay;
}
