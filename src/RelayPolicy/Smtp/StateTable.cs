using static RelayPolicy.Smtp.CommandGate;

namespace RelayPolicy.Smtp;

/// <summary>
/// Which command may come when: RFC 5321 §4.1.4, RFC 3030 §2, RFC 3207 §4, RFC 4954 §4. What is not <see cref="Open"/> is 503. The state
/// that follows is no part of the table: it is read off what the session knows (<see cref="SmtpDialogue.State"/>).
/// </summary>
internal static class StateTable
{
    // The columns are the members of SmtpState, in their order; the cells are members of CommandGate.
    private const string Table = """
                  Refused   Start       Helo       Ehlo       Mail           Rcpt           Chunks
        Ehlo      OnlyQuit  Open        Open       Open       Open           Open           Open
        Helo      OnlyQuit  Open        Open       Open       Open           Open           Open
        Mail      OnlyQuit  HelloFirst  Open       Open       InTransaction  InTransaction  InChunks
        Rcpt      OnlyQuit  HelloFirst  MailFirst  MailFirst  Open           Open           InChunks
        Data      OnlyQuit  HelloFirst  MailFirst  MailFirst  RcptFirst      Open           InChunks
        Bdat      OnlyQuit  HelloFirst  EhloFirst  MailFirst  RcptFirst      Open           Open
        Rset      OnlyQuit  Open        Open       Open       Open           Open           Open
        Noop      OnlyQuit  Open        Open       Open       Open           Open           Open
        Help      OnlyQuit  Open        Open       Open       Open           Open           Open
        Vrfy      OnlyQuit  Open        Open       Open       Open           Open           Open
        Expn      OnlyQuit  Open        Open       Open       Open           Open           Open
        Quit      Open      Open        Open       Open       Open           Open           Open
        Auth      OnlyQuit  EhloFirst   EhloFirst  Open       InTransaction  InTransaction  InChunks
        StartTls  OnlyQuit  EhloFirst   EhloFirst  Open       InTransaction  InTransaction  InChunks
        Xclient   OnlyQuit  Open        Open       Open       InTransaction  InTransaction  InChunks
        """;

    private static readonly Dictionary<SmtpCommand, CommandGate[]> Rows = Table.Split('\n')[1..]
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToDictionary(row => Enum.Parse<SmtpCommand>(row[0]), row => (CommandGate[])[.. row[1..].Select(Enum.Parse<CommandGate>)]);

    private static readonly CommandGate[][] ByCommand =
        [.. Enum.GetValues<SmtpCommand>().Select(command => Rows.TryGetValue(command, out CommandGate[]? row) ? row : new CommandGate[Enum.GetValues<SmtpState>().Length])];

    /// <summary>Whether the command may come in the state. What is unknown is refused for another reason.</summary>
    public static CommandGate Look(SmtpCommand command, SmtpState state) => ByCommand[(int)command][(int)state];

    /// <summary>The reply to a command that may not come now.</summary>
    public static SmtpReply Refusal(CommandGate gate) => gate switch
    {
        OnlyQuit => SessionReplies.OnlyQuit,
        HelloFirst => SessionReplies.HelloFirst,
        EhloFirst => SessionReplies.EhloFirst,
        MailFirst => SessionReplies.MailFirst,
        RcptFirst => SessionReplies.RcptFirst,
        InTransaction => SessionReplies.InTransaction,
        _ => SessionReplies.InChunks,
    };

    /// <summary>The table as text, for the documentation: a row for each command, a column for each state.</summary>
    public static string Print()
    {
        SmtpState[] states = Enum.GetValues<SmtpState>();
        IEnumerable<string> rows = Rows.Select(row => $"| {row.Key.ToString().ToUpperInvariant()} | {string.Join(" | ", row.Value.Select(Describe))} |");
        return string.Join('\n', [$"| | {string.Join(" | ", states)} |", $"|{string.Concat(Enumerable.Repeat(" --- |", states.Length + 1))}", .. rows]);
    }

    private static string Describe(CommandGate gate) => gate == Open ? "yes" : $"503 {Refusal(gate).Text}";
}
