namespace SmtpServer.Mail;

public interface IMailbox
{
    string User { get; }

    string Host { get; }
}
