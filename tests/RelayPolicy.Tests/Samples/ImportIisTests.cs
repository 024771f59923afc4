#if NET10_0_OR_GREATER
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests.Samples;

public sealed partial class ImportIisTests : IDisposable
{
    private const string Web =
        "<IIsWebVirtualDir Location=\"/LM/W3SVC/{0}/ROOT\" AccessFlags=\"AccessRead | AccessScript\" AuthFlags=\"AuthNTLM\" Path=\"c:\\inetpub\\wwwroot\">\n"
        + "<Custom Name=\"RelayIpList\" ID=\"36970\" Value=\"\" Type=\"BINARY\"/>\n</IIsWebVirtualDir>\n";

    private static readonly Lazy<SampleProgram.Result> All = new(() => SampleProgram.ImportIis.Run());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import-iis-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_arguments_the_shipped_metabases_are_imported()
    {
        Assert.Empty(All.Value.Errors);
        Assert.Equal(2, All.Value.ExitCode);
        Assert.Equal(
            [
                "1-default-install.xml, /LM/SmtpSvc/1: clean.",
                "2-application-relay.xml, /LM/SmtpSvc/1: clean.",
                "3-branch-office.xml, /LM/SmtpSvc/1: refused in part: the policy refuses where the old server may have granted.",
                "4-console-repair.xml, /LM/SmtpSvc/1: imported, with warnings.",
                "5-exchange-era.xml, /LM/SmtpSvc/1: refused in part: the policy refuses where the old server may have granted.",
            ],
            All.Value.Output.Where(line => line.Contains(".xml, /LM/SmtpSvc/1: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_report_is_a_table_without_control_characters_that_fits_160_columns()
    {
        foreach (string header in new[] { "severity", "setting", "what it meant", "what it became", "certainty", "what to do" }) Assert.Contains(All.Value.Output, line => line.Contains(header, StringComparison.Ordinal));
        Assert.All(All.Value.Output, line => Assert.InRange(line.Length, 0, 160));
        Assert.All(All.Value.Output, line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Theory]
    [InlineData("1-default-install.xml", 0)]
    [InlineData("4-console-repair.xml", 1)]
    [InlineData("5-exchange-era.xml", 2)]
    public void The_exit_code_says_how_it_went(string metabase, int exitCode) => Assert.Equal(exitCode, SampleProgram.ImportIis.Run(Metabase(metabase)).ExitCode);

    [Theory]
    [InlineData("1-default-install.xml", "127.0.0.1", "220 ", "550 ")]
    [InlineData("2-application-relay.xml", "127.0.0.1", "220 ", "250 ")] // the old server's own applications
    [InlineData("2-application-relay.xml", "127.0.0.2", "220 ", "550 ")]
    [InlineData("3-branch-office.xml", "127.0.0.1", "220 ", "550 ")]
    [InlineData("4-console-repair.xml", "127.0.0.2", "220 ", "250 ")] // the open relay, as the report says
    [InlineData("5-exchange-era.xml", "127.0.0.1", "554 ", "503 ")] // connection control
    public async Task The_written_policy_runs_in_the_sample_RelayServer_as_it_is(string metabase, string client, string greeting, string reply)
    {
        using var folder = new ServerFolder();
        Assert.NotEqual(3, SampleProgram.ImportIis.Run(Metabase(metabase), "--out", folder.PathOf("policy.json")).ExitCode);
        await using RunningServer server = await RunningServer.StartAsync(folder);
        using RawClient dialogue = await RawClient.OpenAsync(server.Smtp, from: client);
        Assert.StartsWith(greeting, await dialogue.ReplyAsync());
        await dialogue.SayAsync("EHLO client.example");
        await dialogue.SayAsync("MAIL FROM:<a@b.example>");
        Assert.StartsWith(reply, await dialogue.SayAsync("RCPT TO:<user@far.example>"));
    }

    [Theory]
    [InlineData("3-branch-office.xml", "192.168.20.1", "user@far.example", "\"Relay\",\"stage\":\"Recipient\",\"rule\":\"relay restrictions\"")]
    [InlineData("3-branch-office.xml", "203.0.113.66", "user@branch.example", "\"Reject\",\"stage\":\"Connect\",\"rule\":\"connection control\"")]
    [InlineData("4-console-repair.xml", "198.51.100.9", "user@far.example", "\"Relay\",\"stage\":\"Recipient\",\"rule\":\"relay restrictions\"")]
    public void The_written_policy_runs_in_the_sample_Decide_as_it_is(string metabase, string client, string recipient, string verdict)
    {
        string policy = InFolder("policy.json");
        Assert.NotEqual(3, SampleProgram.ImportIis.Run(Metabase(metabase), "--out", policy).ExitCode);
        SampleProgram.Result result = SampleProgram.Decide.Feed($$"""{"client":"{{client}}","from":"<a@b.example>","to":"<{{recipient}}>"}""", "--policy", policy, "--requests", "-");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(verdict, Assert.Single(result.Output));
    }

    [Fact]
    public void The_report_is_written_as_Markdown_beside_the_policy()
    {
        SampleProgram.ImportIis.Run(Metabase("4-console-repair.xml"), "--out", InFolder("policy.json"), "--report", InFolder("report.md"));
        Assert.StartsWith("# Import of /LM/SmtpSvc/1", File.ReadAllText(InFolder("report.md")));
        Assert.Equal(["policy.json", "report.md"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_options_reach_the_import()
    {
        string metabase = InFolder("two.xml");
        File.WriteAllText(metabase, Metabases.Xml("RelayIpList=\"\"", others: Metabases.Domain("*.a.example", "RouteAction=\"4096\"") + "<x Location=\"/LM/SmtpSvc/2\"/>"));
        string[] output = SampleProgram.ImportIis.Run(metabase, "--server", "1", "--trust-guesses", "--wildcard-includes-domain", "--close-open-relay", "--out", InFolder("policy.json")).Output;
        Assert.Contains(output, line => line.Contains("closed as asked for", StringComparison.Ordinal));
        Assert.Contains("\"a.example\"", File.ReadAllText(InFolder("policy.json")));
    }

    [Theory]
    [InlineData("--close-open-relay", "--trust-guesses")]
    [InlineData("--close-open-relay", "--wildcard-includes-domain", "--trust-guesses")]
    public void The_report_names_options_as_the_command_line_does(string first, string second, params string[] given)
    {
        File.WriteAllText(InFolder("open.xml"), Metabases.Xml("RelayIpList=\"\"", others: Metabases.Domain("*.a.example", "RouteAction=\"4096\"")));
        SampleProgram.ImportIis.Run([InFolder("open.xml"), "--report", InFolder("report.md"), .. given]);
        string[] named = [.. Option().Matches(File.ReadAllText(InFolder("report.md"))).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal([first, second], named);
        Assert.All(named, option => Assert.Contains(option, OptionsOf(SampleProgram.ImportIis)));
    }

    [Fact]
    public void What_the_export_script_printed_is_imported_too()
    {
        // PowerShell redirects in UTF-16.
        File.WriteAllText(InFolder("export.json"), ExportReaderTests.Export, Encoding.Unicode);
        SampleProgram.Result result = SampleProgram.ImportIis.Run(InFolder("export.json"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Output, line => line.Contains("printers.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"--uot\" is no option", "--uot")]
    [InlineData("--out needs a value", "a.xml", "--out")]
    [InlineData("--out needs the FILE that is to be imported", "--out", "policy.json")]
    [InlineData("FILE is given twice", "a.xml", "b.xml")]
    [InlineData("Could not find file", "no-such-file.xml")]
    public void What_cannot_be_done_is_said_in_one_line(string complaint, params string[] args) => AssertFails(SampleProgram.ImportIis.Run(args), complaint);

    [Fact]
    public void A_file_that_is_no_metabase_is_unreadable_and_leaves_the_policy_as_it_was()
    {
        File.WriteAllText(InFolder("bad.xml"), "<x");
        File.WriteAllText(InFolder("policy.json"), "good");
        AssertFails(SampleProgram.ImportIis.Run(InFolder("bad.xml"), "--out", InFolder("policy.json")), "the metabase: ");
        Assert.Equal("good", File.ReadAllText(InFolder("policy.json")));
    }

    [Fact]
    public void Of_several_servers_one_must_be_named()
    {
        File.WriteAllText(InFolder("two.xml"), Metabases.Xml("", others: "<x Location=\"/LM/SmtpSvc/2\"/>"));
        AssertFails(SampleProgram.ImportIis.Run(InFolder("two.xml")), "There are several SMTP servers; name one of 1, 2.");
    }

    [Fact]
    public void Help_is_the_usage()
    {
        SampleProgram.Result result = SampleProgram.ImportIis.Run("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Output, line => line.StartsWith("Usage: ImportIis", StringComparison.Ordinal));
    }

    [Fact]
    public void The_requests_of_the_page_about_migrating_come_out_as_it_says()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/migrating-from-iis.md"));
        File.WriteAllText(InFolder("policy.json"), """
            { "Iis": { "LocalDomains": ["example.com"], "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Computer": "192.0.2.25" }] } } }
            """);
        SampleProgram.Result result = SampleProgram.Decide.Feed(Regex.Match(page, "```jsonl\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, "--policy", InFolder("policy.json"), "--requests", "-");
        string[] actions = [.. result.Output.Select(line => Regex.Match(line, "\"action\":\"(\\w+)\"").Groups[1].Value)];
        Assert.Equal(4, actions.Length);
        Assert.Contains($"`requests.jsonl` should come out as {string.Join(", ", actions.Select(action => $"`{action}`"))}:", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_migrating_names_every_option_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/migrating-from-iis.md"));
        string[] options = OptionsOf(SampleProgram.ImportIis);

        Assert.All(options.Except(["--help"]), option => Assert.Contains(option, page));
        Assert.All(Option().Matches(page), match => Assert.Contains(match.Value, options.Concat(OptionsOf(SampleProgram.Decide)).Append("--project")));
        Assert.Contains("has not been run on Windows", page);
    }

    /// <summary>RELAYPOLICY_METABASE_MB asks for another size than 10 MB.</summary>
    [Fact]
    public void A_large_metabase_needs_no_more_memory_than_a_small_one()
    {
        long size = 1_000_000 * long.Parse(Environment.GetEnvironmentVariable("RELAYPOLICY_METABASE_MB") ?? "10", CultureInfo.InvariantCulture);
        string end = Metabases.Xml("RelayForAuth=\"0\" AuthFlags=\"AuthAnonymous\"", others: Metabases.Domain("local.example", "RouteAction=\"64\""))[Metabases.Begin.Length..];
        using (FileStream file = File.Create(InFolder("large.xml"))) new EndlessStream(Metabases.Begin, Web, size, end).CopyTo(file);
        Assert.True(new FileInfo(InFolder("large.xml")).Length >= size);

        var smallHeap = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x1800000" }; // 24 MiB
        SampleProgram.Result result = SampleProgram.ImportIis.Feed([], smallHeap, InFolder("large.xml"));
        Assert.Empty(result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    private static string Metabase(string name) => SampleProgram.ImportIis.Shipped(Path.Combine("metabases", name));

    private static void AssertFails(SampleProgram.Result result, string complaint)
    {
        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith(complaint, Assert.Single(result.Errors));
    }

    private static string[] OptionsOf(SampleProgram program) => [.. program.Run("--help").Output.SelectMany(line => Option().Matches(line)).Select(match => match.Value).Distinct()];

    [GeneratedRegex("--[a-z]+(?:-[a-z]+)*")]
    private static partial Regex Option();

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
#endif
