using System.Text;

namespace RelayPolicy.Benchmarks;

/// <summary>A table of results as it lies on disk (CSV of RFC 4180) and as it is shown (Markdown).</summary>
internal sealed class ResultTable
{
    public ResultTable(string[] header, string[][] rows)
    {
        Header = header;
        Rows = rows;
    }

    public string[] Header { get; }

    public string[][] Rows { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="command">The command that makes the file, for the error when it is missing.</param>
    public static ResultTable Read(string path, string command)
    {
        if (!File.Exists(path)) throw new BenchmarkUsageException($"{Places.Show(path)} is missing. Make it with: {Commands.Program} {command}");
        string[][] lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(Split)];
        if (lines.Length == 0) throw new BenchmarkUsageException($"{Places.Show(path)} is empty. Make it again with: {Commands.Program} {command}");
        return new ResultTable(lines[0], lines[1..]);
    }

    /// <summary>Reads the first table among lines of Markdown, as <see cref="ToMarkdown()"/> writes it; null if there is none.</summary>
    public static ResultTable? ReadMarkdown(IEnumerable<string> lines)
    {
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
        return rows.Length < 2 ? null : new ResultTable(rows[0], rows[2..]);

        static string[] Cells(string line) => [.. line[2..^2].Replace("\\|", "\0", StringComparison.Ordinal).Split(" | ").Select(cell => cell.Replace("\0", "|", StringComparison.Ordinal))];
    }

    public static void Write(string path, string[] header, IEnumerable<string[]> rows)
    {
        string[] lines = [.. rows.Prepend(header).Select(row => string.Join(',', row.Select(Quote)))];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }

    /// <summary>The cell of a row.</summary>
    public string Cell(string[] row, string column)
    {
        int at = Array.IndexOf(Header, column);
        return at >= 0 && at < row.Length ? row[at] : throw new BenchmarkUsageException($"The results have no column '{column}': {string.Join(", ", Header)}");
    }

    public string ToMarkdown() => ToMarkdown(Header, Rows);

    public static string ToMarkdown(string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(Line(header)).AppendLine(Line([.. header.Select(_ => "---")]));
        foreach (string[] row in rows) text.AppendLine(Line(row));
        return text.ToString();

        static string Line(string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
    }

    private static string Quote(string cell) => cell.AsSpan().ContainsAny(',', '"') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string[] Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char letter = line[i];
            if (quoted && letter == '"' && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(letter);
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}
