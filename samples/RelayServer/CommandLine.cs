using System.Diagnostics.CodeAnalysis;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer;

/// <summary>The command line, read.</summary>
internal sealed class CommandLine
{
    public const string Usage =
        """
        A relay for a small office: takes mail by SMTP, and passes it on as far as its policy allows.

        Usage: RelayServer [--config FILE] [--policy FILE] [--listen [NAME=]ADDRESS:PORT]... [--proxy-from CIDR]...
                           [--xclient-from CIDR]...
               RelayServer --hash-password

          --config FILE     the settings (see relayserver.json); without it a demonstration on this machine alone
          --policy FILE     the policy, in place of the one that the settings name
          --listen ...      listen there, in place of the addresses of the settings; NAME is a listener of the settings, whose
                            other settings hold, and smtp if it is left out; IPv6 is written [2001:db8::1]:25, and port 0
                            takes a free one
          --proxy-from CIDR every listener takes connections from these addresses alone, and they begin with a PROXY header
          --xclient-from CIDR
                            these addresses may name another client by XCLIENT, on every listener
          --hash-password   reads a password from standard input, prints what to store of it, and ends
          --help            print this

        """;

    private CommandLine(CommandLineMode mode) => Mode = mode;

    public CommandLineMode Mode { get; }

    public string? ConfigPath { get; private init; }

    public string? PolicyPath { get; private init; }

    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    public required IReadOnlyList<string> ProxyFrom { get; init; }

    public required IReadOnlyList<string> XclientFrom { get; init; }

    /// <summary>Puts what the command line says over the settings. A listener that they do not know has neither TLS nor AUTH.</summary>
    public void Change(ServerSettings settings)
    {
        if (Listen.Count > 0)
        {
            ILookup<string, ListenerSettings> named = settings.Listeners.ToLookup(listener => listener.Name);
            settings.Listeners = [.. Listen.Select(place => (named[place.Name].FirstOrDefault() ?? new ListenerSettings { Name = place.Name }).At(place.EndPoint))];
        }

        foreach (ListenerSettings listener in settings.Listeners)
        {
            if (ProxyFrom.Count > 0) listener.ProxyFrom = [.. ProxyFrom];
            if (XclientFrom.Count > 0) listener.XclientFrom = [.. XclientFrom];
        }
    }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? commandLine, out string problem)
    {
        commandLine = null;
        problem = "";
        CommandLineMode mode = CommandLineMode.Serve;
        string? config = null, policy = null;
        List<ListenAddress> listen = [];
        List<string> proxies = [], namers = [];
        for (int i = 0; i < args.Length && problem.Length == 0; i++)
        {
            string option = args[i];
            if (option is "--help") mode = CommandLineMode.Help;
            else if (option is "--hash-password") mode = CommandLineMode.HashPassword;
            else if (option is not ("--config" or "--policy" or "--listen" or "--proxy-from" or "--xclient-from")) problem = $"{Terminal.Quote(option)} is no option";
            else if (++i == args.Length || args[i].Length == 0) problem = $"{option} needs a value";
            else problem = Take(option, args[i]);
        }

        if (problem.Length > 0) return false;
        commandLine = new CommandLine(mode) { ConfigPath = config, PolicyPath = policy, Listen = listen, ProxyFrom = proxies, XclientFrom = namers };
        return true;

        string Take(string option, string value)
        {
            switch (option)
            {
                case "--config" when config is null:
                    config = value;
                    return "";
                case "--policy" when policy is null:
                    policy = value;
                    return "";
                case "--config" or "--policy":
                    return $"{option} is given twice";
                case "--listen":
                    return Keep(listen, ListenAddress.TryParse(value, out ListenAddress? address) ? address : null, $"--listen {Terminal.Quote(value)} is no address with a port; write 192.0.2.25:25 or [2001:db8::25]:25");
                default:
                    List<string> peers = option == "--proxy-from" ? proxies : namers;
                    return Keep(peers, NetworkSet.TryParse([value], out _, out IReadOnlyList<EntryError> errors) ? value : null, $"{option}: {string.Join("; ", errors)}");
            }
        }
    }

    private static string Keep<T>(List<T> values, T? value, string problem)
        where T : class
    {
        if (value is null) return problem;
        values.Add(value);
        return "";
    }
}
