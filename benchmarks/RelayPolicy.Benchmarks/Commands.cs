namespace RelayPolicy.Benchmarks;

/// <summary>What may be asked of this program.</summary>
internal static class Commands
{
    /// <summary>How the program is started, for messages.</summary>
    public const string Program = "dotnet run -c Release --project benchmarks/RelayPolicy.Benchmarks --";

    public const string Goals = "goals";
    public const string Memory = "memory";
    public const string Load = "load";
    public const string Plot = "plot";
    public const string Report = "report";
    public const string Table = "table";
    public const string Everything = "--filter '*'";
    public const string SmokeOption = "--smoke";
    private const string TableOption = "--table";

    public const string Usage = $"""
        {Program} COMMAND [--table FILE]

          goals          measures what the goals speak of, in a few minutes, and says which are met
          memory         measures the bytes per entry of every structure and peer
          load           starts samples/RelayServer and measures it under load, in about two minutes;
                         load --smoke does so in some seconds, to see whether it works, and keeps no result
          --filter '*'   measures everything (an hour or two); --filter '*DomainLookup*' measures one class;
                         further options are those of BenchmarkDotNet, such as --list flat or --job Dry
          plot           draws the results of --filter '*' into benchmarks/pictures
          report         writes benchmarks/RESULTS.md from the results of all of these; what has
                         none on disk stays as RESULTS.md has it
          table FAMILY   prints the full table of IPv4 or IPv6, one prefix a line

          --table FILE   measures with a real routing table (one prefix a line, may be .gz) instead of the synthetic one

        Results are kept in BenchmarkDotNet.Artifacts; remove that folder to begin anew.
        """;

    /// <summary>Takes <c>--table FILE</c> out of the arguments and hands it to this process and the ones that it starts.</summary>
    public static string[] TakeTable(string[] args)
    {
        int at = Array.IndexOf(args, TableOption);
        if (at < 0) return args;
        if (at + 1 == args.Length) throw new BenchmarkUsageException($"{TableOption} needs a file.");
        string file = Path.GetFullPath(args[at + 1]);
        if (!File.Exists(file)) throw new BenchmarkUsageException($"There is no file {file}.");
        Environment.SetEnvironmentVariable(RoutingTable.FileVariable, file);
        return [.. args[..at], .. args[(at + 2)..]];
    }
}
