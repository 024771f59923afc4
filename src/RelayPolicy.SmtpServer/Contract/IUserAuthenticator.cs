namespace SmtpServer.Authentication;

public interface IUserAuthenticator
{
    Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken);
}
