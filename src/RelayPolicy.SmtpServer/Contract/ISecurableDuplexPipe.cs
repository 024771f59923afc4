namespace SmtpServer.IO;

public interface ISecurableDuplexPipe
{
    bool IsSecure { get; }
}
