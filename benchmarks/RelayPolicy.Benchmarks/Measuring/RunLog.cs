using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;

namespace RelayPolicy.Benchmarks;

/// <summary>Remembers when, on what and from which commit the results were made, for the report.</summary>
internal static class RunLog
{
    private static readonly string[] Header = ["Date (UTC)", "Command", "Table", "Commit", "Minutes"];

    /// <summary>Does the work, then adds a line about it, and the machine.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="work">Returns whether everything that was asked for was measured; if not, no line is added.</param>
    /// <returns>The exit code of the program.</returns>
    public static int Record(string[] args, Func<bool> work)
    {
        DateTime start = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        if (!work()) return 1;
        Directory.CreateDirectory(Places.Results);
        File.WriteAllLines(Places.Machine, [.. HostEnvironmentInfo.GetCurrent().ToFormattedString(), RuntimeInformation.FrameworkDescription]);
        string command = string.Join(' ', args);
        // The same command overwrote its earlier results.
        IEnumerable<string[]> earlier = File.Exists(Places.Runs) ? ResultTable.Read(Places.Runs, command).Rows.Where(row => row[1] != command) : [];
        ResultTable.Write(Places.Runs, Header,
        [
            .. earlier,
            [
                start.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                command,
                RoutingTable.Source,
                Commit(),
                watch.Elapsed.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture),
            ],
        ]);
        return 0;
    }

    private static string Commit()
    {
        string commit = Git("rev-parse --short HEAD");
        return commit.Length == 0 ? "unknown" : Git("status --porcelain -- src").Length > 0 ? commit + " with changes" : commit;
    }

    private static string Git(string arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Places.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process? git = Process.Start(start);
            string output = git!.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return ""; // git is not installed
        }
    }
}
