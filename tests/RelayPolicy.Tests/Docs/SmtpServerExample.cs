// <smtpserver>
using RelayPolicy;
using RelayPolicy.SmtpServerIntegration;
using SmtpServer.Authentication;
using SmtpServer.Storage;

namespace MyMailServer.OnSmtpServer;

public static class MySmtpServer
{
    // Give both to the ServiceProvider of the SmtpServer package: Add(filter), Add(authenticator).
    public static (IMailboxFilter Filter, IUserAuthenticator Authenticator) Create(IRelayDecision policy, IUserAuthenticator mine)
    {
        var options = new RelayMailboxFilterOptions
        {
            ListenerName = endPoint => endPoint.Port == 587 ? "submission" : "mx",
            Proxies = NetworkSet.Parse("192.0.2.1"),
        };
        options.ProxyListeners.Add("mx");
        return (new RelayMailboxFilter(policy, options), new RelayUserAuthenticator(mine));
    }
}
// </smtpserver>
