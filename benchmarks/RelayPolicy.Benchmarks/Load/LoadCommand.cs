using System.Net.Sockets;

namespace RelayPolicy.Benchmarks;

/// <summary>Measures samples/RelayServer under load.</summary>
internal static class LoadCommand
{
    /// <summary>What the report says of the table.</summary>
    public const string Explanation =
        "samples/RelayServer in a process of its own, and its client on the same machine, so that they share its processors. Times are not "
        + "stable on a machine that others use too: read the ratios, each of one run, and take the figures beside them for their size only. "
        + "A refused RCPT is one of 50 that are sent in one piece; the server's limits hold, so that a session ends with 421 after 100 of them, "
        + "and connecting anew is in the rate. A message counts when the server has replied that it is taken, which it does when file and "
        + "folder are flushed to the disk. Memory is the working set of the server's process. Connections that have gone leave garbage until "
        + "the runtime collects it; the second round of idle ones shows how much.";

    /// <summary>Measures, and keeps the result.</summary>
    public static bool Run()
    {
        if (Measure(LoadCases.Full) is not { } rows) return false;
        ResultTable.Write(Places.Load, LoadRow.Header, rows);
        Console.WriteLine($"Written to {Places.Show(Places.Load)}");
        return true;
    }

    /// <summary>Sees whether everything works. The figures are printed, and mean nothing.</summary>
    public static bool Try() => Measure(LoadCases.Smoke) is not null;

    private static List<string[]>? Measure(LoadCases cases)
    {
        var rows = new List<string[]>();
        try
        {
            foreach (Func<LoadServer, IEnumerable<LoadRow>> part in cases.Parts) rows.AddRange(Measure(part));
        }
        catch (Exception exception) when (First(exception) is LoadException or SocketException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(First(exception).Message);
            return null;
        }

        Console.WriteLine(ResultTable.ToMarkdown(LoadRow.Header, rows));
        Console.WriteLine(Explanation);
        return rows;
    }

    // Of workers that fail at once, usually for the same reason.
    private static Exception First(Exception exception) => exception is AggregateException failures ? failures.Flatten().InnerExceptions[0] : exception;

    // A server that complains has not done its work.
    private static List<string[]> Measure(Func<LoadServer, IEnumerable<LoadRow>> part)
    {
        using LoadServer server = LoadServer.Start();
        var rows = new List<string[]>();
        try
        {
            foreach (LoadRow row in part(server))
            {
                Console.Error.WriteLine(string.Join("  ", row.ToCells()));
                rows.Add(row.ToCells());
            }
        }
        finally
        {
            if (!server.IsRunning) Console.Error.WriteLine("The server has ended by itself.");
            foreach (string line in server.Complaints) Console.Error.WriteLine($"The server says: {line}");
        }

        return server is { IsRunning: true, Complaints.Count: 0 } ? rows : throw new LoadException("Nothing counts of a server that complains or ends.");
    }
}
