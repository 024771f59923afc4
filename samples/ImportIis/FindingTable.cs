using RelayPolicy.Migration;
using Spectre.Console;

namespace RelayPolicy.Samples.ImportIis;

/// <summary>Prints the report of an import as a table that a person can read.</summary>
internal static class FindingTable
{
    private const int WidthWhenRedirected = 160;
    private const int SettingWidth = 30;

    public static void Print(string title, IisImport import)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(Terminal.Safe(title)))
            .AddColumns(Column("severity").NoWrap(), Column("setting").Width(SettingWidth), Column("what it meant"), Column("what it became"))
            .AddColumns(Column("certainty").NoWrap(), Column("what to do"));
        foreach (IisFinding finding in import.Findings)
        {
            string[] cells = [finding.Setting, finding.Meaning, finding.Outcome, finding.Certainty.ToString(), finding.Advice ?? ""];
            table.AddRow([$"[{Colour(finding.Severity)}]{finding.Severity}[/]", .. cells.Select(Markup.Escape)]);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        if (Console.IsOutputRedirected) console.Profile.Width = WidthWhenRedirected;
        console.Write(table);
        console.WriteLine($"{Terminal.Safe(title)}: {Summary(import.Status)}");
        console.WriteLine();
    }

    private static TableColumn Column(string header) => new TableColumn(header).PadLeft(0).PadRight(1);

    private static string Colour(IisFindingSeverity severity) => severity switch
    {
        IisFindingSeverity.Danger => "white on red",
        IisFindingSeverity.Refused => "red",
        IisFindingSeverity.Warning => "yellow",
        _ => "grey",
    };

    private static string Summary(IisImportStatus status) => status switch
    {
        IisImportStatus.Clean => "clean.",
        IisImportStatus.Warnings => "imported, with warnings.",
        _ => "refused in part: the policy refuses where the old server may have granted.",
    };
}
