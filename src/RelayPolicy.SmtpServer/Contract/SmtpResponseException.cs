namespace SmtpServer.Protocol;

public sealed class SmtpResponseException : Exception
{
    public SmtpResponseException(SmtpResponse response, bool quit)
    {
        Response = response;
        IsQuitRequested = quit;
    }

    public SmtpResponse Response { get; }

    public bool IsQuitRequested { get; }
}
