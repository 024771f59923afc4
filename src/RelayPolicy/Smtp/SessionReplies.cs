namespace RelayPolicy.Smtp;

/// <summary>What the session says of its own accord. Enhanced status codes by RFC 3463, RFC 4954 and RFC 5248.</summary>
internal static class SessionReplies
{
    public static readonly SmtpReply Ok = DefaultReplies.SessionContinues;
    public static readonly SmtpReply SenderOk = new(250, new(2, 1, 0), "Sender OK");
    public static readonly SmtpReply MessageAccepted = new(250, new(2, 6, 0), "Message accepted");
    public static readonly SmtpReply Bye = new(221, new(2, 0, 0), "Bye");
    public static readonly SmtpReply Help = new(214, new(2, 0, 0), "See RFC 5321");
    public static readonly SmtpReply CannotVerify = new(252, new(2, 5, 0), "Cannot VRFY; send some mail and see");
    public static readonly SmtpReply ReadyForTls = new(220, new(2, 0, 0), "Ready to start TLS");
    public static readonly SmtpReply Authenticated = new(235, new(2, 7, 0), "Authentication successful");

    public static readonly SmtpReply OnlyQuit = new(503, new(5, 5, 1), "No service for you; only QUIT is left");
    public static readonly SmtpReply HelloFirst = new(503, new(5, 5, 1), "Send EHLO or HELO first");
    public static readonly SmtpReply EhloFirst = new(503, new(5, 5, 1), "Send EHLO first");
    public static readonly SmtpReply MailFirst = new(503, new(5, 5, 1), "Send MAIL first");
    public static readonly SmtpReply RcptFirst = new(503, new(5, 5, 1), "No valid recipients");
    public static readonly SmtpReply InTransaction = new(503, new(5, 5, 1), "Not allowed in a mail transaction");
    public static readonly SmtpReply InChunks = new(503, new(5, 5, 1), "Not allowed between the chunks of a message");
    public static readonly SmtpReply AlreadyAuthenticated = new(503, new(5, 5, 1), "Already authenticated");
    public static readonly SmtpReply AlreadyUnderTls = new(503, new(5, 5, 1), "Already under TLS");

    public static readonly SmtpReply UnknownCommand = new(500, new(5, 5, 1), "Command not recognized");
    public static readonly SmtpReply NotImplemented = new(502, new(5, 5, 1), "Command not implemented");
    public static readonly SmtpReply NoArgument = new(501, new(5, 5, 4), "The command takes no argument");
    public static readonly SmtpReply HelloArgument = new(501, new(5, 5, 4), "Name yourself in printable characters");
    public static readonly SmtpReply MailSyntax = new(501, new(5, 5, 4), "Syntax: MAIL FROM:<address>");
    public static readonly SmtpReply RcptSyntax = new(501, new(5, 5, 4), "Syntax: RCPT TO:<address>");
    public static readonly SmtpReply BdatSyntax = new(501, new(5, 5, 4), "Syntax: BDAT size [LAST]; closing");
    public static readonly SmtpReply UnsupportedParameter = new(555, new(5, 5, 4), "Unsupported parameter");
    public static readonly SmtpReply LineTooLong = new(500, new(5, 5, 2), "Line too long");
    public static readonly SmtpReply BareLineEnd = new(500, new(5, 5, 2), "A line ends with CR LF; closing");
    public static readonly SmtpReply BareLineEndInContent = new(550, new(5, 6, 11), "Content holds a bare CR or LF; closing");
    public static readonly SmtpReply NotSmtp = new(554, new(5, 5, 0), "This is an SMTP server; closing");

    public static readonly SmtpReply MessageTooLarge = new(552, new(5, 3, 4), "Message is larger than this server takes");
    public static readonly SmtpReply TooManyRecipients = new(452, new(4, 5, 3), "Too many recipients");
    public static readonly SmtpReply TooManyRefusals = new(421, new(4, 7, 0), "Too many refused addresses; closing");
    public static readonly SmtpReply TooManyMessages = new(421, new(4, 7, 0), "Too many messages in this session; closing");
    public static readonly SmtpReply TooManyErrors = new(421, new(4, 7, 0), "Too many errors; closing");
    public static readonly SmtpReply TooManyFailures = new(421, new(4, 7, 0), "Too many failed authentications; closing");
    public static readonly SmtpReply SessionTooLarge = new(421, new(4, 7, 0), "Session is larger than this server takes; closing");
    public static readonly SmtpReply TimedOut = new(421, new(4, 4, 2), "Timed out; closing");
    public static readonly SmtpReply ShuttingDown = new(421, new(4, 3, 2), "Service is shutting down; closing");
    public static readonly SmtpReply Fault = new(421, new(4, 3, 0), "Internal fault; closing");
    public static readonly SmtpReply MessageNotTaken = new(451, new(4, 3, 0), "Message could not be stored, try again later");

    public static readonly SmtpReply AuthenticationRequired = new(530, new(5, 7, 0), "Authentication required");
    public static readonly SmtpReply UnknownMechanism = new(504, new(5, 5, 4), "Unknown authentication mechanism");
    public static readonly SmtpReply EncryptionRequired = new(538, new(5, 7, 11), "Encryption required for authentication");
    public static readonly SmtpReply AuthSyntax = new(501, new(5, 5, 4), "Syntax: AUTH mechanism [initial-response]");
    public static readonly SmtpReply BadBase64 = new(501, new(5, 5, 2), "Cannot decode base64");
    public static readonly SmtpReply BadResponse = new(501, new(5, 5, 2), "Malformed authentication data");
    public static readonly SmtpReply Cancelled = new(501, new(5, 7, 0), "Authentication cancelled");
    public static readonly SmtpReply AuthLineTooLong = new(500, new(5, 5, 6), "Authentication exchange line is too long");
    public static readonly SmtpReply CredentialsInvalid = new(535, new(5, 7, 8), "Authentication credentials invalid");
    public static readonly SmtpReply AuthenticationUnavailable = new(454, new(4, 7, 0), "Temporary authentication failure");

    public static readonly SmtpReply ProxyRefused = new(554, new(5, 7, 1), "This peer may not name clients; closing");
    public static readonly SmtpReply ProxyMalformed = new(554, new(5, 5, 2), "Malformed proxy header; closing");
    public static readonly SmtpReply XclientRefused = new(550, new(5, 7, 1), "This peer may not name clients; closing");
    public static readonly SmtpReply XclientSyntax = new(501, new(5, 5, 4), "Malformed or unknown XCLIENT attribute");
    public static readonly SmtpReply XclientLogin = new(550, new(5, 7, 1), "XCLIENT LOGIN is not taken here");
}
