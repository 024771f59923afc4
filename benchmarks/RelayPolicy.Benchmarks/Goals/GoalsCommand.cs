using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace RelayPolicy.Benchmarks;

/// <summary>Measures what the goals speak of, and nothing else, and says which are met.</summary>
internal static class GoalsCommand
{
    public static bool Run()
    {
        HashSet<GoalCase> needed = [.. AllGoals.OfTime.SelectMany(goal => goal.Needs)];
        ManualConfig config = BenchmarkConfig.ForGoals().AddFilter(new SimpleFilter(benchmark => needed.Contains(GoalCase.Of(benchmark))));
        Summary[] summaries = BenchmarkRunner.Run([.. needed.Select(need => need.Class).Distinct()], config);
        var figures = new GoalFigures(summaries);
        string[][] rows = [.. AllGoals.OfTime.Concat(AllGoals.OfMemory()).Select(goal => goal.Judge(figures))];
        ResultTable.Write(Places.Goals, Goal.Header, rows);
        Console.WriteLine(ResultTable.ToMarkdown(Goal.Header, rows));
        Console.WriteLine($"Written to {Places.Show(Places.Goals)}");
        return true;
    }
}
