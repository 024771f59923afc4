namespace RelayPolicy.Smtp;

/// <summary>
/// What the host of a session does next. Replies written so far are sent first. Then, except for <see cref="ReadMore"/> and
/// <see cref="Close"/>, <see cref="SmtpSession.Process"/> is called again with the rest of the input.
/// </summary>
public enum SmtpStep
{
    /// <summary>Read more from the client; everything that was given is used up.</summary>
    ReadMore = 0,

    /// <summary>Ask the DNS for the host names of the client (<see cref="SmtpSession.Client"/>), then call
    /// <see cref="SmtpSession.HostNamesResolved"/>.</summary>
    ResolveHostNames,

    /// <summary>Start TLS, then call <see cref="SmtpSession.TlsStarted"/>. If TLS fails, close. After STARTTLS the handshake begins with the next
    /// octet from the client; with <see cref="SmtpSessionOptions.StartsUnderTls"/> it begins with <see cref="SmtpSession.Content"/>, which is not
    /// empty if the client's first octets came together with a proxy header.</summary>
    StartTls,

    /// <summary>Look up <see cref="SmtpSession.Credentials"/>, then call <see cref="SmtpSession.CredentialsChecked"/>.</summary>
    VerifyCredentials,

    /// <summary>Take the octets of <see cref="SmtpSession.Content"/> away: they are the next part of the message.</summary>
    TakeContent,

    /// <summary>The message is whole. Store it for the recipients of <see cref="SmtpSession.Transaction"/>, then call
    /// <see cref="SmtpSession.MessageTaken()"/> or <see cref="SmtpSession.MessageRefused()"/>.</summary>
    TakeMessage,

    /// <summary>Drop the content that was taken since the transaction began: no message comes of it.</summary>
    AbandonMessage,

    /// <summary>Send what was written, drop the content that was taken, and close the connection.</summary>
    Close,
}
