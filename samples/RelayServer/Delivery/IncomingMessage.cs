using RelayPolicy.Smtp;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>A message that is whole, and accepted by the policy for each of its recipients.</summary>
/// <param name="Id">Its name on this server: letters, digits and dots.</param>
/// <param name="Transaction">The envelope.</param>
/// <param name="Received">The trace field, which is put before the content.</param>
/// <param name="Content">The content as it came.</param>
internal sealed record IncomingMessage(string Id, SmtpTransaction Transaction, byte[] Received, MessageContent Content)
{
    /// <summary>The recipients of this host's own domains.</summary>
    public SmtpPath[] Local => Recipients(RelayAction.Deliver);

    /// <summary>The recipients elsewhere.</summary>
    public SmtpPath[] Relayed => Recipients(RelayAction.Relay);

    /// <summary>Writes trace field and content.</summary>
    public async Task WriteAsync(Stream stream)
    {
        await stream.WriteAsync(Received);
        await Content.Read().CopyToAsync(stream);
    }

    private SmtpPath[] Recipients(RelayAction action) => [.. Transaction.Recipients.Where(recipient => recipient.Action == action).Select(recipient => recipient.ForwardPath)];
}
