using RelayPolicy.Configuration;
using RelayPolicy.Smtp;

namespace RelayPolicy.Benchmarks;

/// <summary>The settings and the policy of the server under load. The same policy and limits hold for the session that is measured without it.</summary>
internal static class LoadSettings
{
    public const string HostName = "mx.example.com";
    public const string Policy =
        """
        {
          "LocalDomains": ["example.com", "*.example.com"],
          "Networks": { "printers": ["192.0.2.16/28", "2001:db8:1:16::/64"] },
          "Rules": [
            { "Name": "users", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.IsAuthenticated": true } },
            { "Name": "printers", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": "printers" } },
            { "Name": "local mail", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } }
          ],
          "Limits": { "MaxSessionSize": "Unlimited", "MaxRecipients": "Unlimited", "MaxConnections": "Unlimited" }
        }
        """;

    public const string Server =
        $$"""
        {
          "Logging": { "LogLevel": { "Default": "Warning" } },
          "RelayPolicy": { "PolicyFile": "policy.json" },
          "Server": { "HostName": "{{HostName}}", "DataFolder": "data", "Listeners": [{ "Address": "127.0.0.1:0" }] }
        }
        """;

    // What the server allows a session.
    private const int MaxErrors = 30;

    /// <summary>The policy, as the server has it.</summary>
    public static PolicyFile ReadPolicy() => PolicyFile.Parse(Policy);

    /// <summary>The options of a session, as the server has them.</summary>
    public static SmtpSessionOptions SessionOptions(PolicyFile policy) => new()
    {
        HostName = HostName,
        Extensions = SmtpExtensions.Size | SmtpExtensions.EightBitMime | SmtpExtensions.Chunking,
        Limits = policy.Limits!,
        SessionLimits = new SmtpSessionLimits { MaxErrors = MaxErrors, MaxUnknownCommands = MaxErrors },
    };
}
