using System.Globalization;
using Spectre.Console;

namespace RelayPolicy.Samples.Decide;

/// <summary>Prints verdicts as a table that a person can read.</summary>
internal static class VerdictTable
{
    private const int WidthWhenRedirected = 160;
    private const int RuleWidth = 24;

    public static void Print(RelayRuleSet policy, IEnumerable<RequestLine> requests)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns(Column("#").RightAligned().NoWrap(), Column("who"), Column("from"), Column("to"))
            .AddColumns(Column("verdict").NoWrap(), Column("rule or reason").Width(RuleWidth), Column("reply"));
        foreach (RequestLine request in requests) AddRow(table, request, request.Decide(policy));

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        if (Console.IsOutputRedirected) console.Profile.Width = WidthWhenRedirected;
        console.Write(table);
    }

    private static TableColumn Column(string header) => new TableColumn(header).PadLeft(0).PadRight(1);

    private static void AddRow(Table table, RequestLine line, in RelayVerdict verdict)
    {
        RelayRequest request = line.Request;
        string session = RequestText.Session(line);
        string audit = verdict.AuditRule is { } rule ? $"\n[yellow]audit: {Escape(rule.Name)}[/]" : "";
        table.AddRow(
            line.Number.ToString(CultureInfo.InvariantCulture),
            Escape(RequestText.Client(request.Client)) + (session.Length > 0 ? $"\n[grey]{Escape(session)}[/]" : ""),
            Escape(RequestText.Path(line.From, request.Sender)),
            Escape(RequestText.Path(line.To, request.Recipient)),
            $"[{Colour(verdict.Action)}]{verdict.Action}[/]",
            Escape(RequestText.Cause(verdict)) + audit,
            Escape(verdict.Reply.ToString()));
    }

    private static string Colour(RelayAction action) => action switch
    {
        RelayAction.Deliver or RelayAction.Relay => "green",
        RelayAction.Defer => "yellow",
        _ => "red",
    };

    private static string Escape(string text) => Markup.Escape(text);
}
