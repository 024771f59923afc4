using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using RelayPolicy.Samples.RelayServer.Settings;
using RelayPolicy.Smtp;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// Hands a message over while its client waits, so that the client is told what the smart host said. All recipients or none: one that is
/// refused there refuses the message, since the client's one reply cannot speak of each.
/// </summary>
internal sealed class SmartHost(SmartHostSettings settings, string hostName, ILogger<SmartHost> logger) : IDisposable
{
    private static readonly SmtpReply Down = new(451, new(4, 4, 1), "The smart host does not answer; try again later");
    private static readonly SmtpReply NoSmtpUtf8 = new(550, new(5, 6, 7), "The smart host takes no internationalised addresses");
    private static readonly SmtpReply NoEightBitMime = new(550, new(5, 6, 3), "The smart host takes no octets above 127 (8BITMIME)");
    private static readonly SmtpReply NotWritable = new(550, new(5, 1, 3), "The address cannot be passed on to the smart host as it is");

    private readonly SemaphoreSlim _turns = new(settings.MaxConnections);

    /// <summary>Hands the message over for the recipients elsewhere.</summary>
    /// <returns>Null if the smart host has taken it, else what to tell the client.</returns>
    public async Task<SmtpReply?> SendAsync(IncomingMessage message)
    {
        using var deadline = new CancellationTokenSource(settings.Deadline);
        try
        {
            await _turns.WaitAsync(deadline.Token);
            try
            {
                return await SendAsync(message, deadline.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (SmtpCommandException exception)
        {
            ServerLog.SmartHostRefused(logger, message.Id, (int)exception.StatusCode, Terminal.Safe(exception.Message));
            return Refusal(exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or AuthenticationException or SslHandshakeException or OperationCanceledException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException)
        {
            ServerLog.SmartHostFailed(logger, settings.Host, message.Id, Terminal.Safe(exception.Message));
            return Down;
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<SmtpReply?> SendAsync(IncomingMessage message, CancellationToken deadline)
    {
        bool isInternational = message.Transaction.Mail.SmtpUtf8;
        if (!TryMap(message.Transaction.ReversePath, isInternational, out MailboxAddress sender)) return NotWritable;
        var recipients = new List<MailboxAddress>();
        foreach (SmtpPath path in message.Relayed)
        {
            if (!TryMap(path, isInternational, out MailboxAddress recipient)) return NotWritable;
            recipients.Add(recipient);
        }

        await using BoundedReplies connection = await BoundedReplies.ConnectAsync(settings.Host, settings.Port, deadline);
        using var client = new SmartHostClient { LocalDomain = hostName, Timeout = (int)settings.Deadline.TotalMilliseconds };
        await client.ConnectAsync(connection, settings.Host, settings.Port, settings.Security, deadline);
        if (settings is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, deadline);
        if (isInternational && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8)) return NoSmtpUtf8;
        using StoredMessage stored = await StoredMessage.CreateAsync(message);
        if (stored.HasEightBits && !client.Capabilities.HasFlag(SmtpCapabilities.EightBitMime)) return NoEightBitMime;
        if (!isInternational) client.Capabilities &= ~SmtpCapabilities.UTF8; // else domains would go out in another form than they came in
        await client.SendAsync(StoredMessage.Format(isInternational), stored, sender, recipients, deadline);
        await SayGoodbyeAsync(client);
        return null;
    }

    // The message is taken; nothing that goes wrong now may say otherwise.
    private static async Task SayGoodbyeAsync(SmartHostClient client)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            // The connection is dropped with the client.
        }
    }

    // What goes out must be the very address that the policy has decided on. Under SMTPUTF8 a domain goes out as U-labels, which are read anew.
    private static bool TryMap(SmtpPath path, bool isInternational, out MailboxAddress address)
    {
        address = new MailboxAddress(name: "", path.Address);
        if (!isInternational || path.IsNull) return address.GetAddress(idnEncode: true) == path.Address;
        bool isRead = SmtpPath.TryParseMailbox(address.GetAddress(idnEncode: false), AddressOptions.SmtpUtf8, out SmtpPath written, out _);
        return isRead && written.LocalPart == path.LocalPart && written.Domain == path.Domain && Equals(written.AddressLiteral, path.AddressLiteral);
    }

    private static SmtpReply Refusal(SmtpCommandException exception)
    {
        int code = (int)exception.StatusCode;
        bool isForever = code is >= 500 and <= 599 && exception.ErrorCode != SmtpErrorCode.UnexpectedStatusCode;
        string who = exception.Mailbox is { } mailbox ? $" {Terminal.Safe(mailbox.Address)}" : "";
        string text = Ascii($"The smart host refuses{who}: {code.ToString(CultureInfo.InvariantCulture)} {Terminal.Safe(exception.Message)}");
        return isForever ? new SmtpReply(550, new(5, 0, 0), text) : new SmtpReply(451, new(4, 0, 0), text);
    }

    private static string Ascii(string text) => new([.. text.Take(SmtpReply.MaxTextLength).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
