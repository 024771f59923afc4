using System.Globalization;
using System.Reflection;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Writes RESULTS.md from the results on disk, and where there are none from its own last edition: to measure everything takes an hour.</summary>
internal static class ReportCommand
{
    // What BenchmarkDotNet's tables hold that says nothing about the benchmark.
    private static readonly string[] Kept = ["Method", "Table", "Entries", "Query", "Shape", "Threads", "Recipients", "Mean", "Error", "StdDev", "Ratio", "Allocated"];

    public static void Run()
    {
        LastEdition last = LastEdition.Read(Places.Report);
        ResultTable goals = last.Or(Places.Goals, "Goals", Commands.Goals);
        ResultTable memory = last.Or(Places.Memory, "Memory", Commands.Memory);
        ResultTable load = last.Or(Places.Load, "Load", Commands.Load);
        ResultTable runs = last.Runs(ResultTable.Read(Places.Runs, Commands.Everything));
        string[] commits = [.. runs.Rows.Select(row => runs.Cell(row, "Commit")).Distinct()];
        var text = new StringBuilder();
        text.AppendLine("# Results").AppendLine();
        text.AppendLine($"Written by `{Commands.Program} {Commands.Report}` from the results of the commands below. Not to be edited.").AppendLine();
        text.AppendLine("## Machine and commands").AppendLine();
        text.AppendLine("```").AppendLine(last.Machines(File.ReadAllText(Places.Machine).Trim())).AppendLine("```").AppendLine();
        text.AppendLine($"Each command is `{Commands.Program}` followed by:").AppendLine();
        text.AppendLine(runs.ToMarkdown());
        if (commits.Length > 1) text.AppendLine("**These results come from different commits** (and machines, if several stand above): a ratio is always of one run.").AppendLine();
        text.AppendLine("## Goals").AppendLine();
        text.AppendLine("Ratios of one run. A lookup is asked for 65,536 different addresses or names, a policy for 1,024 different requests.").AppendLine();
        text.AppendLine(goals.ToMarkdown());
        foreach (string reason in WhyNot(goals)) text.AppendLine(reason).AppendLine();
        text.AppendLine("## Pictures").AppendLine();
        foreach (Picture picture in Picture.All) text.AppendLine(ShowPicture(picture)).AppendLine();
        text.AppendLine("## Memory").AppendLine();
        text.AppendLine("What stays alive because of the structure, between two full collections; the median of five.").AppendLine();
        text.AppendLine(memory.ToMarkdown());
        text.AppendLine("## Load").AppendLine();
        text.AppendLine(LoadCommand.Explanation).AppendLine();
        text.AppendLine(load.ToMarkdown());
        text.AppendLine("## Times").AppendLine();
        text.AppendLine("The ratio is to the first method of a class, whose ratio is 1. Peers that are hopeless on large tables are left out there.").AppendLine();
        foreach (Type benchmarks in Classes())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"### {benchmarks.Name}").AppendLine();
            text.AppendLine(Times(last, benchmarks));
        }

        File.WriteAllText(Places.Report, text.ToString().TrimEnd() + "\n");
        Console.WriteLine($"Written to {Places.Show(Places.Report)}");
    }

    private static IEnumerable<string> WhyNot(ResultTable goals)
    {
        HashSet<string> missed = [.. goals.Rows.Where(row => goals.Cell(row, "Met") == Goal.Missed).Select(row => goals.Cell(row, "What"))];
        return AllGoals.OfTime.Where(goal => missed.Contains(goal.What) && goal.WhyNot.Length > 0)
            .GroupBy(goal => goal.WhyNot, goal => goal.What, (why, whats) => $"Not met: {string.Join("; ", whats)}. {why}");
    }

    private static IEnumerable<Type> Classes() => typeof(ReportCommand).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string ShowPicture(Picture picture)
    {
        string path = Path.Combine(Places.Pictures, picture.FileName);
        return File.Exists(path)
            ? $"![{picture.Title} Nanoseconds against entries.](pictures/{picture.FileName})"
            : throw new BenchmarkUsageException($"{Places.Show(path)} is missing. Make it with: {Commands.Program} {Commands.Plot}");
    }

    private static string Times(LastEdition last, Type benchmarks)
    {
        ResultTable all = last.Or(Places.ResultsOf(benchmarks), benchmarks.Name, Commands.Everything);
        string[] columns = [.. all.Header.Where(Kept.Contains)];
        return ResultTable.ToMarkdown(columns, all.Rows.Select(row => (string[])[.. columns.Select(column => all.Cell(row, column))]));
    }
}
