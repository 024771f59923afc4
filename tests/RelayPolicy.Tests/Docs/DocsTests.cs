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
    private static readonly string[] Code = [Path.Combine(Repository.Root, "tests/RelayPolicy.Tests/Docs"), Path.Combine(Repository.Root, "tests/RelayPolicy.Tests/Embedding")];

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Texts => [.. new[] { ".", ".github", "docs" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md"))
        .Select(text => Path.GetRelativePath(Repository.Root, text).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_is_linked_from_the_README(string page) =>
        Assert.Contains($"(docs/{page}.md)", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_code_is_compiled(string page)
    {
        string[] sources = [.. Code.SelectMany(folder => Directory.GetFiles(folder, "*.cs")).Select(File.ReadAllText)];
        Assert.All(Blocks(page, "csharp"), block => Assert.Contains(sources, source => source.Contains($">\n{block}\n// </", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_link_leads_to_a_file_of_the_repository_and_a_heading_in_it(string text)
    {
        string file = Path.Combine(Repository.Root, text);
        foreach (string link in Regex.Matches(WithoutCode(File.ReadAllText(file)), @"\]\((?!https?:)([^)]+)\)").Select(match => match.Groups[1].Value))
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
            Assert.True(File.Exists(target), $"{text} links to {link}");
            if (parts.Length == 2) Assert.Contains(parts[1], Headings(target));
        }
    }

    [Fact]
    public void The_README_and_every_page_are_among_the_texts_whose_links_are_followed()
    {
        string[] texts = [.. Texts.Select(text => text.Data)];
        Assert.All(["README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", "docs/policy-file.md"], text => Assert.Contains(text, texts));
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

    private static string WithoutCode(string text) => Regex.Replace(text, "^```.*?^```", "", RegexOptions.Singleline | RegexOptions.Multiline);

    // As GitHub makes an anchor of a heading.
    private static string[] Headings(string file) => [.. Regex.Matches(WithoutCode(File.ReadAllText(file)), "^#+ (.+)$", RegexOptions.Multiline)
        .Select(match => Regex.Replace(match.Groups[1].Value.ToLowerInvariant(), "[^a-z0-9 -]", "").Replace(' ', '-'))];

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, "docs", page + ".md"));

    private static string[] Blocks(string page, string language) => [.. Regex.Matches(Read(page), $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}
