namespace SmtpServer.Protocol;

public enum SmtpReplyCode
{
    Ok = 250,
    MailboxUnavailable = 550,
}
