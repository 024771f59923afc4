namespace RelayPolicy.Smtp;

/// <summary>The argument of <c>MAIL FROM:</c> (RFC 5321 §4.1.1.2): a reverse-path and the parameters behind it.</summary>
public readonly record struct MailCommand
{
    private MailCommand(SmtpPath reversePath, bool smtpUtf8)
    {
        ReversePath = reversePath;
        SmtpUtf8 = smtpUtf8;
    }

    /// <summary>The sender.</summary>
    public SmtpPath ReversePath { get; }

    /// <summary>Whether the client asked for SMTPUTF8 (RFC 6531 §3.4), for the sender and the recipients of the transaction.</summary>
    public bool SmtpUtf8 { get; }

    /// <summary>Reads what stands behind the colon. Spaces before the path and white space at the end are allowed (RFC 5321 §4.1.1).</summary>
    /// <param name="argument">The path, and any of SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461) and
    /// AUTH (RFC 4954), each at most once.</param>
    /// <param name="command">The command; <c>default</c> on failure.</param>
    /// <param name="reply">The refusal: <c>501 5.1.7</c> or <c>553 5.6.7</c> for the path, <c>501 5.5.4</c> or <c>555 5.5.4</c> for a parameter.
    /// Meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> argument, out MailCommand command, out SmtpReply reply)
    {
        command = default;
        PathArgument parts = PathArgument.Split(argument);
        bool smtpUtf8 = EsmtpParameters.Contains(parts.Parameters, EsmtpParameters.SmtpUtf8);
        AddressOptions options = smtpUtf8 ? AddressOptions.SmtpUtf8 : AddressOptions.None;
        if (!SmtpPath.TryParseReversePath(parts.Path, options, out SmtpPath path, out AddressError error))
        {
            reply = PathArgument.Refuse("sender", new(5, 1, 7), error, parts.Start);
            return false;
        }

        if (!EsmtpParameters.TryCheck(parts.Parameters, EsmtpParameters.OfMail, out reply)) return false;
        command = new MailCommand(path, smtpUtf8);
        return true;
    }
}
