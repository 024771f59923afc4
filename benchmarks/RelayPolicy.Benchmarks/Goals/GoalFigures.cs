using System.Globalization;
using BenchmarkDotNet.Reports;

namespace RelayPolicy.Benchmarks;

/// <summary>What a run for the goals found.</summary>
internal sealed class GoalFigures
{
    private readonly Dictionary<GoalCase, BenchmarkReport> _reports;

    public GoalFigures(IEnumerable<Summary> summaries) =>
        _reports = summaries.SelectMany(summary => summary.Reports).ToDictionary(report => GoalCase.Of(report.BenchmarkCase));

    /// <summary>The median time of an operation: the short runs of this job are easily disturbed, which moves a mean.</summary>
    public double Nanoseconds(GoalCase benchmark) => _reports.TryGetValue(benchmark, out BenchmarkReport? report) && report.ResultStatistics is { } statistics
        ? statistics.Median
        : throw new BenchmarkUsageException($"{benchmark} was not measured; what BenchmarkDotNet printed above says why.");

    /// <summary>The most bytes that a lookup of the library allocates.</summary>
    public double MostAllocated(IEnumerable<GoalCase> benchmarks) =>
        benchmarks.Max(benchmark => _reports[benchmark].GcStats.GetBytesAllocatedPerOperation(_reports[benchmark].BenchmarkCase) ?? double.NaN);

    /// <summary>The benchmark with its time, so that the figure can be checked.</summary>
    public string Describe(GoalCase benchmark)
    {
        double time = Nanoseconds(benchmark);
        (double scaled, string unit) = time < 1e4 ? (time, "ns") : time < 1e7 ? (time / 1e3, "µs") : (time / 1e6, "ms");
        return string.Create(CultureInfo.InvariantCulture, $"{benchmark.Method} ({benchmark.Parameters}) {scaled:0.##} {unit}");
    }
}
