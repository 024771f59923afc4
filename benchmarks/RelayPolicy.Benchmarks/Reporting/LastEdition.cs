namespace RelayPolicy.Benchmarks;

/// <summary>RESULTS.md as it was written last: what is not measured again stays as it is, and its runs stay in the list with their commits.</summary>
internal sealed class LastEdition
{
    private const string MachineFence = "```";

    private readonly string[] _lines;

    private LastEdition(string[] lines) => _lines = lines;

    public static LastEdition Read(string path) => new(File.Exists(path) ? File.ReadAllLines(path) : []);

    /// <summary>The table on disk, or else the one below the heading.</summary>
    /// <exception cref="BenchmarkUsageException">There is neither.</exception>
    public ResultTable Or(string path, string heading, string command) =>
        (File.Exists(path) ? null : ResultTable.ReadMarkdown(Section(heading))) ?? ResultTable.Read(path, command);

    /// <summary>The runs on disk, behind those of which something stays: a command that was run again takes the place of its last run.</summary>
    public ResultTable Runs(ResultTable fresh)
    {
        if (ResultTable.ReadMarkdown(Section("Machine and commands")) is not { } old) return fresh;
        HashSet<string> again = [.. fresh.Rows.Select(row => fresh.Cell(row, "Command"))];
        return new ResultTable(fresh.Header, [.. old.Rows.Where(row => !again.Contains(old.Cell(row, "Command"))), .. fresh.Rows]);
    }

    /// <summary>The machines of all results. Every figure that matters is a ratio of one run, and so of one machine.</summary>
    public string Machines(string fresh)
    {
        string old = string.Join(Environment.NewLine, Section("Machine and commands").SkipWhile(line => line != MachineFence).Skip(1).TakeWhile(line => line != MachineFence));
        return old.Contains(fresh.ReplaceLineEndings(), StringComparison.Ordinal) ? old : string.Join(Environment.NewLine + Environment.NewLine, new[] { old, fresh }.Where(text => text.Length > 0));
    }

    private IEnumerable<string> Section(string heading) =>
        _lines.SkipWhile(line => line.TrimStart('#').Trim() != heading || !line.StartsWith('#')).Skip(1).TakeWhile(line => !line.StartsWith('#'));
}
