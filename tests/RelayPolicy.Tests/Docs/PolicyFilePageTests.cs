using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RelayPolicy.Configuration;
using RelayPolicy.Iis;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>The page on the policy file names the keys of the schema, and no others.</summary>
public partial class PolicyFilePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/policy-file.md"));

    private static readonly JsonNode Schema = JsonNode.Parse(PolicyFile.Schema)!;

    /// <summary>The heading of each table, and the objects of the schema whose keys it names.</summary>
    private static readonly Dictionary<string, JsonNode[]> Tables = new()
    {
        ["The file"] = [Schema],
        ["A list"] = [.. ((JsonArray)Schema["definitions"]!["networkList"]!["oneOf"]!)!],
        ["A rule"] = [Schema["definitions"]!["rule"]!],
        ["When"] = [Schema["definitions"]!["condition"]!],
        ["Limits"] = [Schema["properties"]!["Limits"]!],
        ["Iis"] = [Schema["properties"]!["Iis"]!],
        ["A list of IIS"] = [Schema["definitions"]!["iisList"]!, .. ((JsonArray)Schema["definitions"]!["iisList"]!["properties"]!["Entries"]!["items"]!["oneOf"]!)!],
        ["A remote domain"] = [Schema["properties"]!["Iis"]!["properties"]!["RemoteDomains"]!["items"]!],
    };

    public static TheoryData<string> Headings => [.. Tables.Keys];

    [Theory]
    [MemberData(nameof(Headings))]
    public void Each_table_names_the_keys_of_the_schema_and_no_others(string heading) =>
        Assert.Equal(Tables[heading].SelectMany(Keys).Distinct().Order(StringComparer.Ordinal), Rows(heading).SelectMany(row => row.Keys).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Headings))]
    public void What_is_required_is_said_so(string heading) => Assert.Equal(
        Required(Tables[heading][0]).Order(StringComparer.Ordinal),
        Rows(heading).Where(row => row.Without == "required").SelectMany(row => row.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_key_of_the_schema_is_in_a_table() =>
        Assert.Empty(AllKeys(Schema).Except(Tables.Keys.SelectMany(Rows).SelectMany(row => row.Keys)));

    [Fact]
    public void There_is_no_table_beside_them() => Assert.Equal(Tables.Count, Regex.Count(Page, @"^\| --- ", RegexOptions.Multiline));

    [Fact]
    public void The_limits_have_the_defaults_that_the_page_says()
    {
        var limits = new SmtpLimits();
        foreach ((string[] keys, string without) in Rows("Limits"))
        {
            object? usual = typeof(SmtpLimits).GetProperty(Assert.Single(keys))!.GetValue(limits);
            Assert.Equal(Convert.ToString(usual ?? "Unlimited", CultureInfo.InvariantCulture), without);
        }
    }

    [Fact]
    public void Every_word_of_a_fixed_set_is_named()
    {
        Type[] sets = [typeof(RelayStage), typeof(RuleAction), typeof(RoutedRecipients), typeof(NameComparison), typeof(IisListMode), typeof(IisAuthentication)];
        Assert.All(sets.SelectMany(Enum.GetNames), word => Assert.Contains($"`{word}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_is_read_without_a_warning() =>
        Assert.Empty(PolicyFile.Parse(Regex.Match(Page, "```json\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value).Warnings);

    private static IEnumerable<string> Keys(JsonNode schema) => schema["properties"] is JsonObject keys ? keys.Select(key => key.Key) : [];

    private static IEnumerable<string> Required(JsonNode schema) => schema["required"] is JsonArray keys ? keys.Select(key => (string)key!) : [];

    private static IEnumerable<string> AllKeys(JsonNode? schema) => schema switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "properties" && field.Value is JsonObject ? Keys(fields).Concat(AllKeys(field.Value)) : AllKeys(field.Value)),
        JsonArray items => items.SelectMany(AllKeys),
        _ => [],
    };

    private static IEnumerable<(string[] Keys, string Without)> Rows(string heading)
    {
        string section = Regex.Match(Page, $@"^##+ {heading}\n(.*?)(?=^#|\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        foreach (Match row in Row().Matches(section))
        {
            string[] cells = row.Value.Trim('|').Split(" | ");
            yield return ([.. Code().Matches(cells[0]).Select(match => match.Groups[1].Value)], cells.Length > 2 ? cells[2].Trim(' ', '|') : "");
        }
    }

    [GeneratedRegex(@"^\| `.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
