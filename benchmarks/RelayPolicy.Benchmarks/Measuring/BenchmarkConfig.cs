using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace RelayPolicy.Benchmarks;

/// <summary>How everything is measured.</summary>
internal static class BenchmarkConfig
{
    // The runtime waits 100 ms without new code before it begins to count calls, so short iterations would partly measure code that
    // is not optimised yet. Without the delay the last tier, with its profile, is reached in the warm-up.
    private static readonly Job Soon = Job.Default.WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0");

    /// <summary>The job of a full run. Shorter than BenchmarkDotNet's own, as one iteration already asks millions of questions.</summary>
    private static readonly Job Full = Soon
        .WithWarmupCount(3).WithIterationCount(10).WithIterationTime(TimeInterval.FromMilliseconds(200)).WithMinIterationCount(5);

    /// <summary>The job of the goals: a few minutes in all.</summary>
    private static readonly Job Quick = Soon
        .WithWarmupCount(2).WithIterationCount(6).WithIterationTime(TimeInterval.FromMilliseconds(150)).WithMinIterationCount(3);

    /// <summary>For a run of the user's choice; a job on the command line replaces ours.</summary>
    public static ManualConfig ForSwitcher(string[] args)
    {
        ManualConfig config = Create(Places.Artifacts);
        return args.Contains("--job") || args.Contains("-j") ? config : config.AddJob(Full);
    }

    /// <summary>For the goals.</summary>
    public static ManualConfig ForGoals() => Create(Places.GoalArtifacts).AddJob(Quick);

    private static ManualConfig Create(string artifacts) => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub, new CsvExporter(CsvSeparator.Comma))
        .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
        .AddValidator([.. DefaultConfig.Instance.GetValidators()])
        .AddFilter(new UpToFilter())
        .WithArtifactsPath(artifacts)
        .WithOptions(ConfigOptions.DisableLogFile);
}
