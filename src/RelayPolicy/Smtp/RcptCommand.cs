namespace RelayPolicy.Smtp;

/// <summary>The argument of <c>RCPT TO:</c> (RFC 5321 §4.1.1.3): a forward-path and the parameters behind it.</summary>
public readonly record struct RcptCommand
{
    private RcptCommand(SmtpPath forwardPath) => ForwardPath = forwardPath;

    /// <summary>The recipient.</summary>
    public SmtpPath ForwardPath { get; }

    /// <summary>Reads what stands behind the colon. Spaces before the path and white space at the end are allowed (RFC 5321 §4.1.1).</summary>
    /// <param name="argument">The path, and any of NOTIFY and ORCPT (RFC 3461), each at most once.</param>
    /// <param name="smtpUtf8">Whether the transaction's <c>MAIL</c> asked for SMTPUTF8.</param>
    /// <param name="command">The command; <c>default</c> on failure.</param>
    /// <param name="reply">The refusal: <c>501 5.1.3</c> or <c>553 5.6.7</c> for the path, <c>501 5.5.4</c> or <c>555 5.5.4</c> for a parameter.
    /// Meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> argument, bool smtpUtf8, out RcptCommand command, out SmtpReply reply)
    {
        command = default;
        PathArgument parts = PathArgument.Split(argument);
        AddressOptions options = smtpUtf8 ? AddressOptions.SmtpUtf8 : AddressOptions.None;
        if (!SmtpPath.TryParseForwardPath(parts.Path, options, out SmtpPath path, out AddressError error))
        {
            reply = PathArgument.Refuse("recipient", new(5, 1, 3), error, parts.Start);
            return false;
        }

        if (!EsmtpParameters.TryCheck(parts.Parameters, EsmtpParameters.OfRcpt, out reply)) return false;
        command = new RcptCommand(path);
        return true;
    }
}
