using System.Globalization;
using System.Text;

namespace RelayPolicy.Messages;

/// <summary>
/// The trace field that a server puts before a message (RFC 5321 §4.4).
/// <code>
/// Time-stamp-line = "Received:" FWS Stamp CRLF
/// Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
/// From-domain     = "FROM" FWS Extended-Domain CFWS
/// Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" )
/// Opt-info        = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
/// </code>
/// Everything in it comes from parsed values or is made safe: the name of HELO, which may be anything, stands as an atom or in a comment.
/// </summary>
public sealed class ReceivedField
{
    private const int MaxHelloName = 255;

    /// <summary>What the client called itself, or null.</summary>
    public string? HelloName { get; init; }

    /// <summary>The client.</summary>
    public required ClientEndpoint Client { get; init; }

    /// <summary>The name of this server.</summary>
    /// <exception cref="ArgumentException">It is neither a domain nor an address literal.</exception>
    public required string HostName
    {
        get;
        init => field = IsDomainLike(value) ? value : throw new ArgumentException($"\"{Printable.Escape(value)}\" is neither a domain nor an address literal.", nameof(value));
    }

    /// <summary>Whether the client said EHLO.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Whether the transaction was under SMTPUTF8 (RFC 6531 §4.3).</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>Whether the session was under TLS.</summary>
    public TlsState Tls { get; init; }

    /// <summary>As whom the client had authenticated; only whether it had is told.</summary>
    public AuthIdentity Identity { get; init; } = AuthIdentity.Anonymous;

    /// <summary>The identifier of the message on this server: letters, digits, ".", "-" and "_"; or null.</summary>
    /// <exception cref="ArgumentException">It holds another character or is empty.</exception>
    public string? Id
    {
        get;
        init => field = value is null || (value.Length is > 0 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            ? value
            : throw new ArgumentException($"\"{Printable.Escape(value)}\" is no identifier: write letters, digits, '.', '-' and '_'.", nameof(value));
    }

    /// <summary>The recipient, only if there is no other: a field that names several tells them of each other (RFC 5321 §7.6).</summary>
    public SmtpPath? OnlyRecipient { get; init; }

    /// <summary>When the message came in.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>The protocol (RFC 3848, RFC 6531 §4.3): SMTP, ESMTP, ESMTPS, ESMTPA, ESMTPSA, or UTF8SMTP and so on.</summary>
    public string Protocol => (SmtpUtf8 ? "UTF8SMTP" : IsExtended ? "ESMTP" : "SMTP")
        + (IsExtended && Tls.IsOn ? "S" : "")
        + (IsExtended && Identity.IsAuthenticated ? "A" : "");

    /// <summary>The field with its folded lines and the CR LF at its end, ready to be put before the content.</summary>
    public override string ToString()
    {
        var field = new StringBuilder("Received: from ").Append(Hello());
        field.Append(CultureInfo.InvariantCulture, $" ({ClientText()})\r\n\tby {HostName} with {Protocol}");
        if (Id is not null) field.Append(CultureInfo.InvariantCulture, $" id {Id}");
        if (OnlyRecipient is { IsMailbox: true } recipient && (SmtpUtf8 || !recipient.RequiresSmtpUtf8)) field.Append(CultureInfo.InvariantCulture, $"\r\n\tfor {recipient}");
        return field.Append(CultureInfo.InvariantCulture, $";\r\n\t{Instant.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)}{Zone()}\r\n").ToString();
    }

    /// <summary>The field as octets.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    private static bool IsDomainLike(string? text) =>
        !string.IsNullOrEmpty(text) && text.Length <= MaxHelloName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '[' or ']' or ':');

    // A name that is no domain is shown with '?' in place of what is none.
    private string Hello()
    {
        if (IsDomainLike(HelloName)) return HelloName!;
        string safe = new([.. (HelloName ?? "").Take(MaxHelloName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '?')]);
        return safe.Length == 0 ? "unknown" : $"unknown (HELO {safe})";
    }

    private string ClientText()
    {
        string name = Client.HostNameStatus == HostNameStatus.Confirmed && !Client.HostNames.IsEmpty ? Client.HostNames[0].Value + " " : "";
        return name + (Client.Address is null ? "unknown" : AddressLiteral.Print(Client.Address));
    }

    private string Zone() => string.Create(CultureInfo.InvariantCulture, $"{(Instant.Offset < TimeSpan.Zero ? '-' : '+')}{Instant.Offset:hhmm}");
}
