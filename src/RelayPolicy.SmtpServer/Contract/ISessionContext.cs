using SmtpServer.IO;

namespace SmtpServer;

public interface ISessionContext
{
    IEndpointDefinition EndpointDefinition { get; }

    ISecurableDuplexPipe Pipe { get; }

    AuthenticationContext Authentication { get; }

    IDictionary<string, object> Properties { get; }
}
