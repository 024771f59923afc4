namespace SmtpServer;

public sealed class AuthenticationContext
{
    public AuthenticationContext()
    {
    }

    public AuthenticationContext(string user)
    {
        User = user;
        IsAuthenticated = true;
    }

    public string User { get; }

    public bool IsAuthenticated { get; }
}
