namespace RelayPolicy.Smtp;

/// <summary>
/// Limits that a session keeps beside <see cref="SmtpLimits"/>. Each says what the IIS SMTP server and Postfix do by default. A count that
/// is passed ends the session with 421 (RFC 5321 §3.8).
/// </summary>
public sealed record SmtpSessionLimits
{
    private const int MinLine = 512;
    private const int MaxLine = 8192; // decoded on the stack
    private const int MaxLongLine = 65_536;

    /// <summary>The longest command line in octets with CR LF. 2,048, as in Postfix: RFC 5321 §4.5.3.1.4 asks for 512, and RFC 3461 and
    /// RFC 4954 for some 500 more for each of their parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 512 or more than 8,192.</exception>
    public int MaxCommandLine { get; init => field = Within(value, MinLine, MaxLine); } = 2048;

    /// <summary>The longest line of an AUTH exchange in octets with CR LF. 12,288 (RFC 4954 §4).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 512 or more than 65,536.</exception>
    public int MaxAuthenticationLine { get; init => field = Within(value, MinLine, MaxLongLine); } = 12_288;

    /// <summary>The most commands that are refused for their form or order (500 to 504, 555), or null. 20, as in Postfix
    /// (<c>smtpd_hard_error_limit</c>); IIS has no such limit. What a rule refuses is no error.</summary>
    public int? MaxErrors { get; init; } = 20;

    /// <summary>The most unknown commands, or null. 3, as in Exim; Postfix counts them as errors.</summary>
    public int? MaxUnknownCommands { get; init; } = 3;

    /// <summary>The most commands since the last message that bring nothing on (NOOP, RSET, HELP, VRFY, EXPN, repeated EHLO or HELO), or null.
    /// 100, as in Postfix (<c>smtpd_junk_command_limit</c>).</summary>
    public int? MaxJunkCommands { get; init; } = 100;

    /// <summary>The most recipients and senders that the policy refuses, or null. 100: whoever asks for more is looking for addresses. Postfix counts
    /// them as errors; IIS has no such limit.</summary>
    public int? MaxRefusedRecipients { get; init; } = 100;

    /// <summary>The most failed AUTH commands, or null. 5. Postfix counts them as errors.</summary>
    public int? MaxFailedAuthentications { get; init; } = 5;

    /// <summary>The most messages in one session, or null. 1,000, as in Exim. (The limit of IIS on messages per connection concerns what it sends.)</summary>
    public int? MaxMessages { get; init; } = 1000;

    /// <summary>How long to wait for a whole command line. 5 minutes (RFC 5321 §4.5.3.2.7, and Postfix); 10 in IIS.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait for more of the content. 5 minutes, as in Postfix; RFC 5321 §4.5.3.2.5 asks for 3; 10 in IIS.</summary>
    public TimeSpan ContentTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a session may last in all, or null. 2 hours: a client that sends one octet at a time holds a connection no longer.</summary>
    public TimeSpan? MaxSessionTime { get; init; } = TimeSpan.FromHours(2);

    private static int Within(int value, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max);
        return value;
    }
}
