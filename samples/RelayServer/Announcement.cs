using System.Net;
using RelayPolicy.Samples.RelayServer.Delivery;
using RelayPolicy.Samples.RelayServer.Listening;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer;

/// <summary>What the server says when it has started: its policy, where mail goes, where it listens, and how to try it.</summary>
internal static class Announcement
{
    /// <param name="services">The services of the server.</param>
    /// <param name="isDemonstration">Whether settings and policy are the shipped ones, for which commands can be suggested.</param>
    public static void Print(IServiceProvider services, bool isDemonstration)
    {
        ServerSettings settings = services.GetRequiredService<ServerSettings>();
        (string Name, IPEndPoint EndPoint)[] listeners = [.. services.GetRequiredService<BoundListeners>().All];
        TextWriter output = Console.Out;
        output.WriteLine(Terminal.SafeLines(services.GetRequiredService<IRelayPolicy>().RuleSet?.Describe().ToString() ?? "There is no policy: everything is deferred."));
        output.WriteLine();
        output.WriteLine($"local mail: {services.GetRequiredService<DataFolder>().Maildir}");
        output.WriteLine(settings.SmartHost is { } host ? $"relayed mail: {host.Host}:{host.Port}" : $"relayed mail: {services.GetRequiredService<DataFolder>().Spool}, where it stays until something fetches it");
        output.WriteLine();
        foreach ((string name, IPEndPoint endPoint) in listeners) output.WriteLine($"listening: {Terminal.Safe(name)} {endPoint}");
        if (isDemonstration) Suggest(output, listeners);
        output.Flush();
    }

    // For the demonstration: one message that is delivered, one that is refused, one that a user may relay.
    private static void Suggest(TextWriter output, (string Name, IPEndPoint EndPoint)[] listeners)
    {
        IPEndPoint open = listeners[0].EndPoint;
        IPEndPoint submission = listeners.FirstOrDefault(listener => listener.Name == "submission", listeners[0]).EndPoint;
        string[] commands = OperatingSystem.IsWindows()
            ?
            [
                $"Send-MailMessage -SmtpServer {open.Address} -Port {open.Port} -From you@elsewhere.example -To bob@example.com -Subject hello",
                $"Send-MailMessage -SmtpServer {open.Address} -Port {open.Port} -From you@elsewhere.example -To bob@elsewhere.example -Subject hello",
                $"curl.exe -v smtp://{submission} --ssl-reqd --insecure --user {DemoUser.Name}:{DemoUser.Password} --mail-from you@example.com --mail-rcpt bob@elsewhere.example --upload-file hello.eml",
            ]
            :
            [
                $"{Hello} | curl -v smtp://{open} --mail-from you@elsewhere.example --mail-rcpt bob@example.com --upload-file -",
                $"{Hello} | curl -v smtp://{open} --mail-from you@elsewhere.example --mail-rcpt bob@elsewhere.example --upload-file -",
                $"{Hello} | curl -v smtp://{submission} --ssl-reqd --insecure --user {DemoUser.Name}:{DemoUser.Password} --mail-from you@example.com --mail-rcpt bob@elsewhere.example --upload-file -",
            ];
        string[] meanings = ["local mail is taken from anybody: 250 at the end", "a stranger may not relay: 550 5.7.1 to RCPT", "a user may relay (the password is made for this run): 250 at the end"];
        foreach ((string meaning, string command) in meanings.Zip(commands))
        {
            output.WriteLine();
            output.WriteLine($"# {meaning}");
            output.WriteLine(command);
        }
    }

    private const string Hello = @"printf 'Subject: hello\r\n\r\nHello.\r\n'";
}
