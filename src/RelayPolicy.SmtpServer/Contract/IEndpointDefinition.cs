using System.Net;

namespace SmtpServer;

public interface IEndpointDefinition
{
    IPEndPoint Endpoint { get; }

    bool IsSecure { get; }
}
