using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MyMailServer.Conditions;
using RelayPolicy.Configuration;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>What the pages in docs show is compiled, read or compared with the code, so that it cannot rot.</summary>
public class DocsTests
{
    private static readonly string Code = Path.Combine(Repository.Root, "tests/RelayPolicy.Tests/Docs");

    public static TheoryData<string> Pages => new("concepts", "conditions", "smtpserver", "testing", "operating", "security");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_is_linked_from_the_README(string page) =>
        Assert.Contains($"(docs/{page}.md)", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_code_is_compiled(string page)
    {
        string[] sources = [.. Directory.GetFiles(Code, "*.cs").Select(File.ReadAllText)];
        Assert.All(Blocks(page, "csharp"), block => Assert.Contains(sources, source => source.Contains($">\n{block}\n// </", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_example_of_a_condition_is_the_condition_in_CSharp()
    {
        string[] examples = [.. Regex.Matches(Read("conditions"), "^\\| `(\\{.*?\\})` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        Condition[] read = [.. examples.Select(example => PolicyFile.Parse(
            $$"""{ "Rules": [ { "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": {{example}} } ] }""", ConditionExamples.Greylisted).RuleSet.Rules[0].Condition)];
        Assert.Equal(ConditionExamples.All, read);
    }

    [Fact]
    public void Every_condition_has_an_example() =>
        Assert.All(ConditionField.All, field => Assert.Contains($"{{ \"{field.Name}\": ", Read("conditions"), StringComparison.Ordinal));

    [Fact]
    public void The_settings_in_the_example_are_known_and_have_their_defaults()
    {
        IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Blocks("operating", "json").Single()))).Build();
        var errors = new PolicyErrors();
        var section = new PolicySection(root.GetSection("RelayPolicy"), null);
        var (options, defaults) = (new RelayPolicyOptions { MaxAge = default, RefreshInterval = default, WatchInterval = default }, new RelayPolicyOptions());
        section.ReadSettings(options, errors);
        Assert.Empty(errors.All);
        Assert.Null(section.Read(errors).Policy);
        Assert.Equal("policy.json", options.PolicyFile);
        Assert.Equal(
            (defaults.WatchInterval, defaults.RefreshInterval, defaults.MaxAge, defaults.StartWithoutPolicy, defaults.CountRules, defaults.MeasureDuration),
            (options.WatchInterval, options.RefreshInterval, options.MaxAge, options.StartWithoutPolicy, options.CountRules, options.MeasureDuration));
    }

    [Fact]
    public void Every_event_is_documented() => Assert.Equal(
        typeof(RelayLog).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!)
            .Select(message => $"| {message.EventId} | `{message.EventName}` | {message.Level} |").Order(StringComparer.Ordinal),
        Regex.Matches(Read("operating"), @"^\| \d{4} \| `\w+` \| \w+ \|", RegexOptions.Multiline).Select(match => match.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_instrument_is_documented()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "src/RelayPolicy/Diagnostics/RelayMetrics.cs"));
        string[] instruments = [.. Regex.Matches(source, "\"(relaypolicy\\.[a-z.]+)\", \"([^\"]+)\"").Select(match => $"| `{match.Groups[1].Value}` | `{match.Groups[2].Value}` |")];
        Assert.NotEmpty(instruments);
        Assert.All(instruments, instrument => Assert.Contains(instrument, Read("operating"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_backs_a_promise_is_there()
    {
        HashSet<string> tests = [.. typeof(DocsTests).Assembly.GetTypes().Select(type => type.Name)];
        string[] named = [.. Regex.Matches(Read("security"), @"`(\w+Tests)`").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(test, tests));
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, "docs", page + ".md"));

    private static string[] Blocks(string page, string language) => [.. Regex.Matches(Read(page), $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}
