namespace SmtpServer.Protocol;

public class SmtpResponse
{
    public SmtpResponse(SmtpReplyCode replyCode, string message)
    {
        ReplyCode = replyCode;
        Message = message;
    }

    public SmtpReplyCode ReplyCode { get; }

    public string Message { get; }
}
