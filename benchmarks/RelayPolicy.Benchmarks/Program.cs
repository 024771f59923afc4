using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using RelayPolicy.Benchmarks;

try
{
    return Run(Commands.TakeTable(args));
}
catch (BenchmarkUsageException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

static int Run(string[] args)
{
    switch (args)
    {
        case [Commands.Goals]:
            return RunLog.Record(args, GoalsCommand.Run);
        case [Commands.Memory]:
            return RunLog.Record(args, MemoryCommand.Run);
        case [Commands.Load]:
            return RunLog.Record(args, LoadCommand.Run);
        case [Commands.Load, Commands.SmokeOption]:
            return LoadCommand.Try() ? 0 : 1;
        case [Commands.Plot]:
            PlotCommand.Run();
            return 0;
        case [Commands.Report]:
            ReportCommand.Run();
            return 0;
        case [Commands.Table, var name] when Enum.TryParse(name, ignoreCase: true, out IPFamily family):
            foreach (Prefix prefix in RoutingTable.Full(family)) Console.WriteLine(prefix);
            return 0;
        case [['-', ..], ..] when !args.Contains("-h") && !args.Contains("--help"):
            return RunLog.Record(args, () => Measure(args));
        default:
            Console.Error.WriteLine(Commands.Usage);
            return 2;
    }
}

static bool Measure(string[] args)
{
    Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, BenchmarkConfig.ForSwitcher(args))];
    return summaries.Length > 0 && summaries.All(summary => summary.Reports.Length > 0 && summary.Reports.All(report => report.Success));
}
