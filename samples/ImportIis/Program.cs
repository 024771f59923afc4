using RelayPolicy.Migration;
using RelayPolicy.Samples;
using RelayPolicy.Samples.ImportIis;

const int Success = 0, NothingImported = 3;

try
{
    if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string problem))
    {
        Terminal.Complain($"{problem}; --help shows the usage");
        return NothingImported;
    }

    if (commandLine.WantsHelp)
    {
        Console.Out.Write(CommandLine.Usage);
        return Success;
    }

    int worst = Success;
    foreach (string path in commandLine.Input is { } input ? [input] : Shipped())
    {
        IisImport import = SettingsFile.Read(path).ToPolicy(commandLine.Options);
        FindingTable.Print($"{Path.GetFileName(path)}, {import.Server.Location}", import);
        if (commandLine.PolicyPath is { } policyPath) Write(policyPath, import.Policy.Write());
        if (commandLine.ReportPath is { } reportPath) Write(reportPath, import.ToMarkdown());
        worst = Math.Max(worst, (int)import.Status);
    }

    return worst;
}
catch (Exception exception)
{
    // Mostly a file that cannot be read. Whatever it is, nobody but a debugger is helped by a stack trace.
    Terminal.Complain(exception.Message);
    return NothingImported;
}

static IEnumerable<string> Shipped() => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "metabases")).Order(StringComparer.Ordinal);

// Whole or not at all: half a policy must not take the place of a good one.
static void Write(string path, string text)
{
    string aside = path + ".new";
    File.WriteAllText(aside, text);
    File.Move(aside, path, overwrite: true);
}
