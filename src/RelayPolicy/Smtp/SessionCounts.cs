namespace RelayPolicy.Smtp;

/// <summary>Counts what a client may not do without end.</summary>
internal sealed class SessionCounts(SmtpSessionLimits limits)
{
    private int _errors;
    private int _unknown;
    private int _junk;
    private int _failedAuthentications;

    /// <summary>Counts a command that brings nothing on; false when there were too many.</summary>
    public bool MayBe(SmtpCommand command) =>
        command is not (SmtpCommand.Noop or SmtpCommand.Rset or SmtpCommand.Help or SmtpCommand.Vrfy or SmtpCommand.Expn or SmtpCommand.Ehlo or SmtpCommand.Helo)
        || limits.MaxJunkCommands is not { } most
        || ++_junk <= most;

    /// <summary>A message was taken: commands that bring nothing on are counted anew.</summary>
    public void MessageTaken() => _junk = 0;

    /// <summary>The reply to a command, or 421 in its place when it is one error too many.</summary>
    public SmtpReply Count(in SmtpReply reply)
    {
        if (reply.Code is not ((>= 500 and <= 504) or 555)) return reply;
        bool unknown = reply.Code == 500 && ++_unknown > limits.MaxUnknownCommands;
        return ++_errors > limits.MaxErrors || unknown ? SessionReplies.TooManyErrors : reply;
    }

    /// <summary>The reply to a failed authentication, or 421 in its place when it is one too many.</summary>
    public SmtpReply CountFailedAuthentication(in SmtpReply reply) =>
        ++_failedAuthentications > limits.MaxFailedAuthentications ? SessionReplies.TooManyFailures : reply;
}
