using MailKit.Net.Smtp;
using MimeKit;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>MailKit's client, which makes nothing of a message but sends it.</summary>
internal sealed class SmartHostClient : SmtpClient
{
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        // Whoever wrote it has encoded it.
    }
}
