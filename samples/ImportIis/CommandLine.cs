using System.Diagnostics.CodeAnalysis;
using RelayPolicy.Migration;

namespace RelayPolicy.Samples.ImportIis;

/// <summary>The command line, read.</summary>
internal sealed class CommandLine
{
    public const string Usage =
        """
        Imports the relay policy of an IIS SMTP server, and says what became of each setting.

        Usage: ImportIis [FILE] [--out FILE] [--report FILE] [--server N] [--trust-guesses] [--wildcard-includes-domain]
                         [--close-open-relay]

          FILE                        MetaBase.xml, or the JSON that Export-IisSmtpPolicy.ps1 printed on the old server;
                                      without it, the metabases that are shipped with the program
          --out FILE                  write the policy there, as samples/Decide reads it
          --report FILE               write the report there, as Markdown
          --server N                  the number of the SMTP virtual server, if there are several
          --trust-guesses             let guesses about settings grant something, too; the report names them
          --wildcard-includes-domain  *.example.com among the domains includes example.com
          --close-open-relay          "All except the list below" in the relay restrictions becomes "Only the list below", empty
          --help                      print this

        Exit code: 0 clean; 1 with warnings; 2 refused in part, which means that the policy refuses where the old server may
        have granted; 3 nothing could be imported. Of several metabases, the highest.

        """;

    private CommandLine(bool wantsHelp, string? input, string? policyPath, string? reportPath, IisImportOptions options)
    {
        WantsHelp = wantsHelp;
        Input = input;
        PolicyPath = policyPath;
        ReportPath = reportPath;
        Options = options;
    }

    public bool WantsHelp { get; }

    /// <summary>The settings to import, or null for those that are shipped.</summary>
    public string? Input { get; }

    public string? PolicyPath { get; }

    public string? ReportPath { get; }

    public IisImportOptions Options { get; }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? commandLine, out string problem)
    {
        commandLine = null;
        problem = "";
        bool wantsHelp = false;
        var values = new Dictionary<string, string>();
        var options = new IisImportOptions();
        for (int i = 0; i < args.Length && problem.Length == 0; i++)
        {
            switch (args[i])
            {
                case "--help":
                    wantsHelp = true;
                    break;
                case "--trust-guesses":
                    options = options with { TrustGuesses = true };
                    break;
                case "--wildcard-includes-domain":
                    options = options with { WildcardIncludesDomain = true };
                    break;
                case "--close-open-relay":
                    options = options with { CloseOpenRelay = true };
                    break;
                case "--out" or "--report" or "--server":
                    problem = Keep(values, args[i], i + 1 < args.Length ? args[i + 1] : "");
                    i++;
                    break;
                default:
                    problem = args[i].StartsWith('-') ? $"{Terminal.Quote(args[i])} is no option" : Keep(values, "", args[i]);
                    break;
            }
        }

        string? input = values.GetValueOrDefault("");
        if (problem.Length == 0 && input is null && values.Count > 0) problem = $"{values.Keys.First()} needs the FILE that is to be imported";
        if (problem.Length > 0) return false;
        options = options with { Server = values.GetValueOrDefault("--server") };
        commandLine = new CommandLine(wantsHelp, input, values.GetValueOrDefault("--out"), values.GetValueOrDefault("--report"), options);
        return true;
    }

    private static string Keep(Dictionary<string, string> values, string option, string value)
    {
        string name = option.Length == 0 ? "FILE" : option;
        if (value.Length == 0) return $"{name} needs a value";
        return values.TryAdd(option, value) ? "" : $"{name} is given twice";
    }
}
