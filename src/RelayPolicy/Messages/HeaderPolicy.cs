using MimeKit;

namespace RelayPolicy.Messages;

/// <summary>Checks on the header of a message that has come in, before it is taken.</summary>
public sealed class HeaderPolicy
{
    private static readonly SmtpReply TooManyHops = new(554, new(5, 4, 6), "Too many hops: the message loops");
    private static readonly SmtpReply TooLarge = new(552, new(5, 3, 4), "The header is larger than this server takes");
    private static readonly SmtpReply Malformed = new(550, new(5, 6, 0), "The header cannot be read");
    private static readonly SmtpReply FromMissing = new(550, new(5, 7, 1), "The header must have one From field with a mailbox");
    private static readonly SmtpReply FromNotOwned = new(550, new(5, 7, 1), "The From field names a mailbox that is not yours");

    /// <summary>The most <c>Received</c> fields before the message is taken for a loop (RFC 5321 §6.3), or null. 15, as in IIS; the RFC advises
    /// 100 or more, which is what a server should take that long chains of forwarders write to.</summary>
    public int? MaxHops { get; init; } = new SmtpLimits().MaxHops;

    /// <summary>Which mailboxes authenticated users own; null, the default, if the From field is not checked. With a map, every mailbox of it
    /// must be the user's. Who is not authenticated is not checked.</summary>
    public SenderOwnership? FromOwnership { get; init; }

    /// <summary>Checks a header.</summary>
    /// <param name="header">The header that was read.</param>
    /// <param name="identity">As whom the client has authenticated.</param>
    /// <param name="refusal">Why the message is not to be taken: 554 5.4.6 for too many hops, 552 5.3.4 or 550 5.6.0 for a header that is too
    /// large or cannot be read, 550 5.7.1 for its From field. Meaningless if it may be.</param>
    /// <returns>Whether the message may be taken.</returns>
    public bool Accepts(HeaderReader header, AuthIdentity identity, out SmtpReply refusal)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(identity);
        SmtpReply? reply = Check(header, identity);
        refusal = reply ?? default;
        return reply is null;
    }

    private SmtpReply? Check(HeaderReader reader, AuthIdentity identity)
    {
        if (reader.IsTooLarge) return TooLarge;
        HeaderList header;
        try
        {
            header = reader.Parse();
        }
        catch (FormatException)
        {
            return Malformed;
        }

        if (header.Count(field => field.Id == HeaderId.Received) > MaxHops) return TooManyHops;
        return FromOwnership is null || !identity.IsAuthenticated ? null : CheckFrom(header, FromOwnership, identity);
    }

    private static SmtpReply? CheckFrom(HeaderList header, SenderOwnership ownership, AuthIdentity identity)
    {
        Header[] fields = [.. header.Where(field => field.Id == HeaderId.From)];
        if (fields.Length != 1 || !InternetAddressList.TryParse(fields[0].RawValue, out InternetAddressList? addresses)) return FromMissing;
        MailboxAddress[] mailboxes = [.. addresses.Mailboxes];
        if (mailboxes.Length == 0) return FromMissing;
        return mailboxes.All(mailbox => IsOwned(mailbox, ownership, identity)) ? null : FromNotOwned;
    }

    // By the strict grammar: what MimeKit takes beyond it, another reader may take otherwise.
    private static bool IsOwned(MailboxAddress mailbox, SenderOwnership ownership, AuthIdentity identity) =>
        SmtpPath.TryParseMailbox(mailbox.Address, AddressOptions.SmtpUtf8, out SmtpPath path, out _) && ownership.Owns(identity, path);
}
