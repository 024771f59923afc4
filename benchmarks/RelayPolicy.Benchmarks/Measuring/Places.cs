namespace RelayPolicy.Benchmarks;

/// <summary>Where results are kept. All paths are below the root of the repository, whichever folder the program is started in.</summary>
internal static class Places
{
    /// <summary>The folder of RelayPolicy.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What BenchmarkDotNet writes in a full run.</summary>
    public static string Artifacts => Path.Combine(Root, "BenchmarkDotNet.Artifacts");

    /// <summary>What BenchmarkDotNet writes in a run for the goals, so that it overwrites no results of a full run.</summary>
    public static string GoalArtifacts => Path.Combine(Artifacts, "goals");

    /// <summary>The tables of all commands, from which pictures and the report are made.</summary>
    public static string Results => Path.Combine(Artifacts, "results");

    public static string Machine => Path.Combine(Results, "machine.txt");

    public static string Runs => Path.Combine(Results, "runs.csv");

    public static string Memory => Path.Combine(Results, "memory.csv");

    public static string Goals => Path.Combine(Results, "goals.csv");

    public static string Load => Path.Combine(Results, "load.csv");

    /// <summary>What the server under load works in. In the repository, as the folder for temporary files may lie in memory, where a flush costs nothing.</summary>
    public static string LoadFolder => Path.Combine(Artifacts, "load");

    public static string Pictures => Path.Combine(Root, "benchmarks", "pictures");

    public static string Report => Path.Combine(Root, "benchmarks", "RESULTS.md");

    /// <summary>The table of a benchmark class.</summary>
    public static string ResultsOf(Type benchmarks) => Path.Combine(Results, $"{benchmarks.FullName}-report.csv");

    /// <summary>A path as it is shown: from the root on.</summary>
    public static string Show(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "RelayPolicy.sln"))) return folder.FullName;
            }
        }

        throw new BenchmarkUsageException("RelayPolicy.sln is neither in the current folder nor above it. Start this in the repository.");
    }
}
