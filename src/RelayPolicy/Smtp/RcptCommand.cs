using static RelayPolicy.Smtp.EsmtpParameters;

namespace RelayPolicy.Smtp;

/// <summary>The argument of <c>RCPT TO:</c> (RFC 5321 §4.1.1.3): a forward-path and the parameters behind it.</summary>
public readonly record struct RcptCommand
{
    /// <summary>The recipient.</summary>
    public SmtpPath ForwardPath { get; private init; }

    /// <summary>When the sender wants to be told about this recipient.</summary>
    public DsnNotify Notify { get; private init; }

    /// <summary>The original recipient (<c>ORCPT</c>, RFC 3461 §4.2) as address type and xtext, checked and fit to be passed on; or null.</summary>
    public string? OriginalRecipient { get; private init; }

    /// <summary>The extensions whose parameters were given: what was not offered is refused with 555 (RFC 5321 §4.1.1.11).</summary>
    public SmtpExtensions Uses { get; private init; }

    /// <summary>Reads what stands behind the colon. Spaces before the path and white space at the end are allowed (RFC 5321 §4.1.1).</summary>
    /// <param name="argument">The path, and any of NOTIFY and ORCPT (RFC 3461), each at most once.</param>
    /// <param name="smtpUtf8">Whether the transaction's <c>MAIL</c> asked for SMTPUTF8.</param>
    /// <param name="command">The command; <c>default</c> on failure.</param>
    /// <param name="reply">The refusal: <c>501 5.1.3</c> or <c>553 5.6.7</c> for the path, <c>501 5.5.4</c> or <c>555 5.5.4</c> for a parameter.
    /// Meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> argument, bool smtpUtf8, out RcptCommand command, out SmtpReply reply) =>
        TryParse(argument, smtpUtf8, strings: null, out command, out reply);

    /// <summary>Reads what stands behind the colon, with strings from a pool.</summary>
    internal static bool TryParse(ReadOnlySpan<char> argument, bool smtpUtf8, PathStrings? strings, out RcptCommand command, out SmtpReply reply)
    {
        command = default;
        PathArgument parts = PathArgument.Split(argument);
        AddressOptions options = smtpUtf8 ? AddressOptions.SmtpUtf8 : AddressOptions.None;
        if (!SmtpPath.TryParseForwardPath(parts.Path, options, strings, out SmtpPath path, out AddressError error))
        {
            reply = PathArgument.Refuse("recipient", new(5, 1, 3), error, parts.Start);
            return false;
        }

        Span<Range> values = stackalloc Range[OfRcpt.Length];
        values.Clear();
        if (!TryRead(parts.Parameters, OfRcpt, values, out reply)) return false;
        ReadOnlySpan<char> original = ValueOf(parts.Parameters, values[(int)Rcpt.OriginalRecipient]);
        TryReadNotify(ValueOf(parts.Parameters, values[(int)Rcpt.Notify]), out DsnNotify notify);
        command = new RcptCommand
        {
            ForwardPath = path,
            Notify = notify,
            OriginalRecipient = original.IsEmpty ? null : original.ToString(),
            Uses = Uses(OfRcpt, values),
        };
        return true;
    }
}
