using System.Text;

namespace RelayPolicy.Migration;

/// <summary>Writes the report of an import as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(IisImport import)
    {
        var text = new StringBuilder();
        string name = import.Server.Comment is { } comment ? $" ({Cell(Printable.Escape(comment))})" : "";
        text.Append("# Import of ").Append(Cell(import.Server.Location)).Append(name).Append("\n\n").Append(Summary(import)).Append("\n\n");
        text.Append("| severity | setting | what it meant | what it became | certainty | what to do |\n");
        text.Append("| --- | --- | --- | --- | --- | --- |\n");
        foreach (IisFinding finding in import.Findings)
        {
            string[] cells = [finding.Severity.ToString(), finding.Setting, finding.Meaning, finding.Outcome, finding.Certainty.ToString(), finding.Advice ?? ""];
            text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");
        }

        text.Append("\n## The rules\n\n");
        foreach (RelayRule rule in import.Policy.RuleSet.Rules) text.Append("- ").Append(Cell(rule.ToString())).Append("  \n  ").Append(Cell(rule.Comment ?? "")).Append('\n');
        return text.ToString();
    }

    private static string Summary(IisImport import) => import.Status switch
    {
        IisImportStatus.Clean => "The policy is the old one. Nothing about it is remarkable.",
        IisImportStatus.Warnings => "The policy is the old one as far as it is understood. Read the warnings before you use it.",
        _ => "A part was refused: the policy refuses where the old server may have granted. Mend that before you use it.",
    };

    // What comes from a metabase must not become markup.
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '|' or '*' or '_' or '`' or '<' or '[' or '\\' or '&' or '~') cell.Append('\\');
            cell.Append(c);
        }

        return cell.ToString();
    }
}
