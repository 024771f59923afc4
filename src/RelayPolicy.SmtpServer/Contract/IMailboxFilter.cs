using SmtpServer.Mail;

namespace SmtpServer.Storage;

public interface IMailboxFilter
{
    Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken);

    Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken);
}
