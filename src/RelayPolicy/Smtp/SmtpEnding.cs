namespace RelayPolicy.Smtp;

/// <summary>Why a host ends a session.</summary>
public enum SmtpEnding
{
    /// <summary>Something failed that leaves no way to go on: 421 4.3.0.</summary>
    Fault = 0,

    /// <summary>The client let the time of <see cref="SmtpSession.TimeLeft"/> pass: 421 4.4.2.</summary>
    TimedOut,

    /// <summary>The server is shutting down: 421 4.3.2.</summary>
    ShuttingDown,
}
