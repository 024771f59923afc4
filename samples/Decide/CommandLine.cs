using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RelayPolicy.Samples.Decide;

/// <summary>The command line, read.</summary>
internal sealed class CommandLine
{
    public const string Usage =
        """
        Decides, for each request, whether its recipient may pass.

        Usage: Decide [--policy FILE] [--requests FILE|-] [--explain N]

          --policy FILE      the policy; without it, the policy.json that is shipped with the program
          --requests FILE|-  the requests, one JSON object a line, - for standard input; the verdicts are printed as JSON lines.
                             Without it, the shipped requests.jsonl, and the verdicts are printed as a table, in which
                             "=" stands before a path as it was understood, if it was sent in another spelling.
          --explain N        print why the request on line N is decided as it is
          --help             print this

        A request is written like this; every key but "to" can be left out:

          {"client":"203.0.113.9","port":2525,"auth":"alice","mechanism":"PLAIN","groups":["staff"],"tls":true,
           "certificate":"<64 hex digits>","hostNames":["mx.example.org"],"hostNameStatus":"Confirmed","listener":"smtp",
           "proxied":false,"localDomains":["example.com"],"at":"2026-11-24T00:00:00Z",
           "from":"<a@b.example>","to":"<r@c.example>"}

        Exit code: 0; 1 if nothing could be decided; 2 if some lines are no requests (the others are decided).

        """;

    private const string StandardInput = "-";

    private readonly string? _policyPath;
    private readonly string? _requestsPath;

    private CommandLine(bool wantsHelp, string? policyPath, string? requestsPath, long? explain)
    {
        WantsHelp = wantsHelp;
        _policyPath = policyPath;
        _requestsPath = requestsPath;
        Explain = explain;
    }

    public bool WantsHelp { get; }

    public string PolicyPath => _policyPath ?? Shipped("policy.json");

    /// <summary>The line of the request to explain, or null.</summary>
    public long? Explain { get; }

    public Mode Mode => Explain is not null ? Mode.Explanation : _requestsPath is not null ? Mode.JsonLines : Mode.Table;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? commandLine, out string problem)
    {
        commandLine = null;
        bool wantsHelp = false;
        string? policy = null, requests = null, explain = null;
        for (int i = 0; i < args.Length; i++)
        {
            string option = args[i];
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            bool known = option switch
            {
                "--help" => wantsHelp = true,
                "--policy" => TryTake(ref policy),
                "--requests" => TryTake(ref requests),
                "--explain" => TryTake(ref explain),
                _ => false,
            };
            if (known) continue;
            problem = option switch
            {
                "--policy" or "--requests" or "--explain" when string.IsNullOrEmpty(value) => $"{option} needs a value behind it",
                "--policy" or "--requests" or "--explain" => $"{option} is given twice",
                _ => $"{Terminal.Quote(option)} is no option",
            };
            return false;

            bool TryTake(ref string? target)
            {
                if (target is not null || string.IsNullOrEmpty(value)) return false;
                target = value;
                i++;
                return true;
            }
        }

        long number = 0;
        bool isNumber = explain is null || (long.TryParse(explain, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
        problem = isNumber ? "" : $"--explain takes a number from 1, not {Terminal.Quote(explain!)}";
        if (!isNumber) return false;
        commandLine = new CommandLine(wantsHelp, policy, requests, explain is null ? null : number);
        return true;
    }

    public Stream OpenRequests() => _requestsPath == StandardInput
        ? Console.OpenStandardInput()
        : File.OpenRead(_requestsPath ?? Shipped("requests.jsonl"));

    private static string Shipped(string fileName) => Path.Combine(AppContext.BaseDirectory, fileName);
}
