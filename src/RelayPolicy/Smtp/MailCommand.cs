using System.Globalization;
using static RelayPolicy.Smtp.EsmtpParameters;

namespace RelayPolicy.Smtp;

/// <summary>The argument of <c>MAIL FROM:</c> (RFC 5321 §4.1.1.2): a reverse-path and the parameters behind it.</summary>
public readonly record struct MailCommand
{
    /// <summary>The sender.</summary>
    public SmtpPath ReversePath { get; private init; }

    /// <summary>Whether the client asked for SMTPUTF8 (RFC 6531 §3.4), for the sender and the recipients of the transaction.</summary>
    public bool SmtpUtf8 { get; private init; }

    /// <summary>The announced size in octets (RFC 1870 §5), or null; <see cref="ulong.MaxValue"/> stands for anything larger.</summary>
    public ulong? Size { get; private init; }

    /// <summary>What the content may hold.</summary>
    public MailBody Body { get; private init; }

    /// <summary>What of the message a failure notification returns.</summary>
    public DsnReturn Return { get; private init; }

    /// <summary>The envelope identifier (<c>ENVID</c>, RFC 3461 §4.4) as xtext, checked and fit to be passed on; or null.</summary>
    public string? EnvelopeId { get; private init; }

    /// <summary>Who submitted the message first (<c>AUTH</c>, RFC 4954 §5) as xtext, checked and fit to be passed on; or null. It means
    /// nothing unless the client is authenticated and trusted to say so.</summary>
    public string? Auth { get; private init; }

    /// <summary>The extensions whose parameters were given: what was not offered is refused with 555 (RFC 5321 §4.1.1.11).</summary>
    public SmtpExtensions Uses { get; private init; }

    /// <summary>Reads what stands behind the colon. Spaces before the path and white space at the end are allowed (RFC 5321 §4.1.1).</summary>
    /// <param name="argument">The path, and any of SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461) and
    /// AUTH (RFC 4954), each at most once.</param>
    /// <param name="command">The command; <c>default</c> on failure.</param>
    /// <param name="reply">The refusal: <c>501 5.1.7</c> or <c>553 5.6.7</c> for the path, <c>501 5.5.4</c> or <c>555 5.5.4</c> for a parameter.
    /// Meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> argument, out MailCommand command, out SmtpReply reply) =>
        TryParse(argument, strings: null, out command, out reply);

    /// <summary>Reads what stands behind the colon, with strings from a pool.</summary>
    internal static bool TryParse(ReadOnlySpan<char> argument, PathStrings? strings, out MailCommand command, out SmtpReply reply)
    {
        command = default;
        PathArgument parts = PathArgument.Split(argument);
        bool smtpUtf8 = Contains(parts.Parameters, EsmtpParameters.SmtpUtf8);
        AddressOptions options = smtpUtf8 ? AddressOptions.SmtpUtf8 : AddressOptions.None;
        if (!SmtpPath.TryParseReversePath(parts.Path, options, strings, out SmtpPath path, out AddressError error))
        {
            reply = PathArgument.Refuse("sender", new(5, 1, 7), error, parts.Start);
            return false;
        }

        Span<Range> values = stackalloc Range[OfMail.Length];
        values.Clear();
        if (!TryRead(parts.Parameters, OfMail, values, out reply)) return false;
        command = new MailCommand
        {
            ReversePath = path,
            SmtpUtf8 = smtpUtf8,
            Size = ReadSize(ValueOf(parts.Parameters, values[(int)Mail.Size])),
            Body = ValueOf(parts.Parameters, values[(int)Mail.Body]) is ['8', ..] ? MailBody.EightBitMime : MailBody.SevenBit,
            Return = ReadReturn(ValueOf(parts.Parameters, values[(int)Mail.Return])),
            EnvelopeId = TextOf(ValueOf(parts.Parameters, values[(int)Mail.EnvelopeId])),
            Auth = TextOf(ValueOf(parts.Parameters, values[(int)Mail.Auth])),
            Uses = Uses(OfMail, values),
        };
        return true;
    }

    private static ulong? ReadSize(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty) return null;
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong size) ? size : ulong.MaxValue;
    }

    private static DsnReturn ReadReturn(ReadOnlySpan<char> value) => value switch
    {
        [] => DsnReturn.NotGiven,
        ['F' or 'f', ..] => DsnReturn.Full,
        _ => DsnReturn.Headers,
    };

    private static string? TextOf(ReadOnlySpan<char> value) => value.IsEmpty ? null : value.ToString();
}
