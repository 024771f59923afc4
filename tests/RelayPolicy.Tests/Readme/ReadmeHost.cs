// <host>
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RelayPolicy;

namespace MyMailServer;

public static class MailHost
{
    public static IHost Build(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddRelayPolicy(builder.Configuration.GetSection("RelayPolicy"));
        return builder.Build();
    }

    public static RelayVerdict Ask(IHost host, RelayRequest request) => host.Services.GetRequiredService<IRelayDecision>().Evaluate(request);
}
// </host>
