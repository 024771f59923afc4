namespace RelayPolicy.Smtp;

/// <summary>A mail transaction (RFC 5321 §3.3): the envelope as far as it was accepted.</summary>
public sealed class SmtpTransaction
{
    private readonly List<SmtpRecipient> _recipients = [];

    internal SmtpTransaction(in MailCommand command, IRelayDecision policy, bool isTrusted)
    {
        Mail = command;
        Policy = policy;
        Auth = command.Auth is null || isTrusted ? command.Auth : "<>";
    }

    /// <summary>What MAIL said.</summary>
    public MailCommand Mail { get; }

    /// <summary>The sender.</summary>
    public SmtpPath ReversePath => Mail.ReversePath;

    /// <summary>The recipients that were accepted, in the order of their RCPT commands.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients => _recipients;

    /// <summary>What may be passed on as <c>AUTH=</c> (RFC 4954 §5): of a client that has not authenticated <c>&lt;&gt;</c>, whatever it said;
    /// null if it said nothing.</summary>
    public string? Auth { get; }

    /// <summary>The octets of content so far.</summary>
    public long Size { get; internal set; }

    /// <summary>Whether content has come by BDAT, so that nothing but more of it may follow.</summary>
    public bool IsChunked { get; internal set; }

    /// <summary>The policy of the transaction: a new one applies from the next MAIL.</summary>
    internal IRelayDecision Policy { get; }

    internal void Add(in SmtpRecipient recipient) => _recipients.Add(recipient);
}
