using System.Buffers;
using System.Net;
using System.Text;
using MimeKit;

namespace RelayPolicy;

/// <summary>
/// A reverse-path or forward-path of RFC 5321 §4.1.2: the null path <c>&lt;&gt;</c>, a mailbox, or the bare
/// <c>&lt;postmaster&gt;</c>. It is a value: the local-part is kept dequoted, the domain as lower-case A-labels or as an
/// address literal, and it is printed anew from these, so that no input byte is ever passed on. A source route is
/// recognised and dropped. <c>default(SmtpPath)</c> is no path; a request that holds one is refused.
/// </summary>
public readonly struct SmtpPath : IEquatable<SmtpPath>
{
    internal const string PostmasterName = "postmaster";

    private readonly Form _form;
    private readonly string? _localPart;
    private readonly DomainName _domain;
    private readonly IPAddress? _literal;

    private SmtpPath(Form form, string? localPart, DomainName domain, IPAddress? literal, bool hasSourceRoute)
    {
        _form = form;
        _localPart = localPart;
        _domain = domain;
        _literal = literal;
        HasSourceRoute = hasSourceRoute;
    }

    private enum Form : byte
    {
        None = 0,
        Null,
        Postmaster,
        Mailbox,
    }

    /// <summary>The null reverse-path <c>&lt;&gt;</c> of bounces (RFC 5321 §4.5.5).</summary>
    public static SmtpPath Null { get; } = new(Form.Null, null, default, null, hasSourceRoute: false);

    /// <summary>Whether this is <c>default(SmtpPath)</c>, which is no path.</summary>
    public bool IsDefault => _form == Form.None;

    /// <summary>Whether this is the null reverse-path <c>&lt;&gt;</c>.</summary>
    public bool IsNull => _form == Form.Null;

    /// <summary>Whether this is the forward-path <c>&lt;postmaster&gt;</c> without a domain (RFC 5321 §4.5.1).</summary>
    public bool IsBarePostmaster => _form == Form.Postmaster;

    /// <summary>Whether this is a mailbox, <c>local-part@domain</c> or <c>local-part@[literal]</c>.</summary>
    public bool IsMailbox => _form == Form.Mailbox;

    /// <summary>The local-part without quotes and backslashes, in the case in which it was sent; empty in the null path.</summary>
    public string LocalPart => _localPart ?? "";

    /// <summary>The domain; <c>default</c> where there is none or an address literal stands in its place.</summary>
    public DomainName Domain => _domain;

    /// <summary>The address literal in place of a domain (RFC 5321 §4.1.3), or null.</summary>
    public IPAddress? AddressLiteral => _literal;

    /// <summary>
    /// Whether another host or program could read an address of its own in the local-part: it holds <c>@</c>, <c>%</c> or
    /// <c>!</c>, or it begins with <c>/</c> or <c>|</c>.
    /// </summary>
    public bool IsRouted => IsMailbox && RelayPolicy.LocalPart.IsRouted(LocalPart);

    /// <summary>Whether a source route stood before the mailbox (RFC 5321 appendix C). Informative; no part of the value.</summary>
    public bool HasSourceRoute { get; }

    /// <summary>Whether the path can only be sent under SMTPUTF8 (RFC 6531), because its local-part is not ASCII.</summary>
    public bool RequiresSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>The path without its angle brackets: <c>"a b"@example.com</c>, <c>postmaster</c>, or nothing for the null path.</summary>
    public string Address => _form switch
    {
        Form.Postmaster => LocalPart,
        Form.Mailbox => $"{RelayPolicy.LocalPart.Print(LocalPart)}@{DomainText}",
        _ => "",
    };

    /// <summary>The domain or the bracketed address literal as text; empty where there is none.</summary>
    public string DomainText => _literal is null ? _domain.Value : RelayPolicy.AddressLiteral.Print(_literal);

    /// <summary>Reads a reverse-path as it stands behind <c>MAIL FROM:</c>.</summary>
    /// <param name="text">The path with its angle brackets and nothing else.</param>
    /// <param name="options">What is allowed beyond RFC 5321.</param>
    /// <exception cref="AddressFormatException">The text is no reverse-path; it says why and where.</exception>
    public static SmtpPath ParseReversePath(string text, AddressOptions options = AddressOptions.None) =>
        TryParseReversePath(text, options, out SmtpPath path, out AddressError error) ? path : throw new AddressFormatException("reverse-path", text, error);

    /// <summary>Reads a forward-path as it stands behind <c>RCPT TO:</c>.</summary>
    /// <param name="text">The path with its angle brackets and nothing else.</param>
    /// <param name="options">What is allowed beyond RFC 5321.</param>
    /// <exception cref="AddressFormatException">The text is no forward-path; it says why and where.</exception>
    public static SmtpPath ParseForwardPath(string text, AddressOptions options = AddressOptions.None) =>
        TryParseForwardPath(text, options, out SmtpPath path, out AddressError error) ? path : throw new AddressFormatException("forward-path", text, error);

    /// <summary>Reads a mailbox as administrators write it, <c>alice@example.com</c>, without angle brackets.</summary>
    /// <param name="text">The mailbox and nothing else.</param>
    /// <param name="options">What is allowed beyond RFC 5321.</param>
    /// <exception cref="AddressFormatException">The text is no mailbox; it says why and where.</exception>
    public static SmtpPath ParseMailbox(string text, AddressOptions options = AddressOptions.SmtpUtf8) =>
        TryParseMailbox(text, options, out SmtpPath path, out AddressError error) ? path : throw new AddressFormatException("mailbox", text, error);

    /// <summary>Reads a reverse-path as <see cref="ParseReversePath"/> does, without throwing.</summary>
    /// <param name="text">The path with its angle brackets and nothing else.</param>
    /// <param name="options">What is allowed beyond RFC 5321.</param>
    /// <param name="path">The path read; <c>default</c> on failure.</param>
    /// <param name="error">Why and where it failed; meaningless on success.</param>
    public static bool TryParseReversePath(ReadOnlySpan<char> text, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Reverse, options, out path, out error);

    /// <summary>Reads a reverse-path from UTF-8; positions of errors count bytes.</summary>
    /// <inheritdoc cref="TryParseReversePath(ReadOnlySpan{char}, AddressOptions, out SmtpPath, out AddressError)"/>
    public static bool TryParseReversePath(ReadOnlySpan<byte> text, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Reverse, options, out path, out error);

    /// <summary>Reads a forward-path as <see cref="ParseForwardPath"/> does, without throwing.</summary>
    /// <inheritdoc cref="TryParseReversePath(ReadOnlySpan{char}, AddressOptions, out SmtpPath, out AddressError)"/>
    public static bool TryParseForwardPath(ReadOnlySpan<char> text, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Forward, options, out path, out error);

    /// <summary>Reads a forward-path from UTF-8; positions of errors count bytes.</summary>
    /// <inheritdoc cref="TryParseReversePath(ReadOnlySpan{char}, AddressOptions, out SmtpPath, out AddressError)"/>
    public static bool TryParseForwardPath(ReadOnlySpan<byte> text, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Forward, options, out path, out error);

    /// <summary>Reads a mailbox as <see cref="ParseMailbox"/> does, without throwing.</summary>
    /// <inheritdoc cref="TryParseReversePath(ReadOnlySpan{char}, AddressOptions, out SmtpPath, out AddressError)"/>
    public static bool TryParseMailbox(ReadOnlySpan<char> text, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Mailbox, options, out path, out error);

    /// <summary>
    /// The mailbox of a message header as a path. Its local-part and domain are read anew by the strict grammar, with
    /// SMTPUTF8; its display name and route are dropped.
    /// </summary>
    /// <exception cref="AddressFormatException">The header's address is no mailbox of RFC 5321 or RFC 6531.</exception>
    public static SmtpPath FromMailboxAddress(MailboxAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ParseMailbox(address.Address);
    }

    /// <summary>This mailbox as MimeKit's type for message headers, without a display name.</summary>
    /// <exception cref="InvalidOperationException">This is not a mailbox: the null path, a bare postmaster or <c>default</c>.</exception>
    public MailboxAddress ToMailboxAddress() => IsMailbox
        ? new MailboxAddress(name: null, Address)
        : throw new InvalidOperationException("Only a mailbox has a form in a message header; this path is " + (IsDefault ? "default." : this + "."));

    /// <summary>Whether both are the same path: local-parts and domains compared ASCII case-insensitively, source routes ignored.</summary>
    public bool Equals(SmtpPath other) =>
        _form == other._form
        && _domain == other._domain
        && AsciiComparer.Equals(LocalPart, other.LocalPart)
        && Equals(_literal, other._literal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SmtpPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_form, AsciiComparer.IgnoreCase.GetHashCode(LocalPart), _domain, _literal);

    /// <summary>The path as it stands in a command, with its angle brackets and without a source route; "(none)" for <c>default</c>.</summary>
    public override string ToString() => IsDefault ? "(none)" : $"<{Address}>";

    /// <summary>Whether both are the same path.</summary>
    public static bool operator ==(SmtpPath left, SmtpPath right) => left.Equals(right);

    /// <summary>Whether they are different paths.</summary>
    public static bool operator !=(SmtpPath left, SmtpPath right) => !left.Equals(right);

    /// <summary>Whether both were made of the same objects. Two paths that are equal may not be.</summary>
    internal bool IsSameAs(SmtpPath other) =>
        _form == other._form
        && ReferenceEquals(_localPart, other._localPart)
        && ReferenceEquals(_domain.Value, other._domain.Value)
        && ReferenceEquals(_literal, other._literal);

    internal static SmtpPath Postmaster(string localPart) => new(Form.Postmaster, localPart, default, null, hasSourceRoute: false);

    internal static SmtpPath Mailbox(string localPart, DomainName domain, bool hasSourceRoute) =>
        new(Form.Mailbox, localPart, domain, null, hasSourceRoute);

    internal static SmtpPath Mailbox(string localPart, IPAddress literal, bool hasSourceRoute) =>
        new(Form.Mailbox, localPart, default, literal, hasSourceRoute);

    /// <summary>Reads a path whose strings come from a pool.</summary>
    internal static bool TryParseReversePath(ReadOnlySpan<char> text, AddressOptions options, PathStrings? strings, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Reverse, options, strings, out path, out error);

    /// <summary>Reads a path whose strings come from a pool.</summary>
    internal static bool TryParseForwardPath(ReadOnlySpan<char> text, AddressOptions options, PathStrings? strings, out SmtpPath path, out AddressError error) =>
        TryParse(text, Direction.Forward, options, strings, out path, out error);

    private enum Direction
    {
        Reverse,
        Forward,
        Mailbox,
    }

    private static bool TryParse(ReadOnlySpan<char> text, Direction direction, AddressOptions options, out SmtpPath path, out AddressError error) =>
        TryParse(text, direction, options, strings: null, out path, out error);

    private static bool TryParse(
        ReadOnlySpan<char> text, Direction direction, AddressOptions options, PathStrings? strings, out SmtpPath path, out AddressError error)
    {
        var parser = new PathParser(text, options, strings);
        bool read = direction switch
        {
            Direction.Reverse => parser.TryReadReversePath(out path),
            Direction.Forward => parser.TryReadForwardPath(out path),
            _ => parser.TryReadMailboxOnly(out path),
        };
        bool success = read && parser.AtEnd();
        if (!success) path = default;
        error = parser.Error;
        return success;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, Direction direction, AddressOptions options, out SmtpPath path, out AddressError error)
    {
        if (!Utf8Text.TryDecode(text, options, out string decoded, out error))
        {
            path = default;
            return false;
        }

        bool success = TryParse(decoded, direction, options, out path, out error);
        error = error with { Position = Encoding.UTF8.GetByteCount(decoded.AsSpan(0, Math.Min(error.Position, decoded.Length))) };
        return success;
    }
}
