namespace RelayPolicy.Smtp;

/// <summary>How long the host may go on waiting for the client. Time passes only in the clock that it is given.</summary>
internal sealed class SessionTimer(TimeProvider clock, SmtpSessionLimits limits)
{
    private readonly long _start = clock.GetTimestamp();
    private long _since = clock.GetTimestamp();

    /// <summary>The client has finished what was waited for: a command line, a part of the content.</summary>
    public void Progress() => _since = clock.GetTimestamp();

    /// <summary>The time left, zero when it is over.</summary>
    public TimeSpan Left(bool inContent)
    {
        long now = clock.GetTimestamp();
        TimeSpan left = (inContent ? limits.ContentTimeout : limits.CommandTimeout) - clock.GetElapsedTime(_since, now);
        if (limits.MaxSessionTime is { } most && most - clock.GetElapsedTime(_start, now) is var rest && rest < left) left = rest;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}
