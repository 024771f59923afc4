using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;
using RelayPolicy.Configuration;
using RelayPolicy.Iis;

namespace RelayPolicy.Tests;

public sealed partial class PolicySchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(PolicyFile.Schema).GetAwaiter().GetResult();

    public static TheoryData<string, Condition> Conditions => PolicySamples.Conditions;

    public static TheoryData<string> Files => PolicySamples.Files;

    public static TheoryData<string, string, string, string> Shapes => PolicyFileErrorTests.Shapes;

    [Fact]
    public void The_schema_is_of_draft_7() => Assert.Equal("http://json-schema.org/draft-07/schema#", Schema.SchemaVersion);

    [Theory]
    [MemberData(nameof(Conditions))]
    public void The_schema_accepts_every_condition_that_the_reader_accepts(string json, Condition condition) =>
        Assert.True(Errors(PolicySamples.When(json)).Count == 0, condition.ToString());

    [Theory]
    [MemberData(nameof(Files))]
    public void The_schema_accepts_every_file_that_the_reader_accepts(string json) => Assert.Empty(Errors(json));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_schema_refuses_every_file_whose_shape_the_reader_refuses(string json, string place, string problem, string mend) =>
        Assert.True(Errors(json).Count > 0, $"{place}: {problem}; {mend}");

    [Fact]
    public void The_schema_accepts_every_policy_that_is_written() => PolicyGenerators.Policies.Sample(
        policy =>
        {
            if (!RelayRuleSet.TryCreate(policy.Rules, policy.Options, out RelayRuleSet? rules, out _)) return;
            Assert.Empty(Errors(new PolicyFile(rules).Write()));
        },
        iter: 300);

    [Fact]
    public void The_schema_accepts_all_IIS_settings_that_are_written() =>
        PolicyGenerators.IisModels.Sample(model => Assert.Empty(Errors(new PolicyFile(model).Write())), iter: 300);

    /// <summary>A file with an unknown key, which the reader answers with the keys that it knows, and the part of the schema.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { PolicySamples.Root(""" "x": 1, "Iis": 1 """), "#" },
        { PolicySamples.Root(""" "LocalDomains": { "Entries": ["example.com"], "x": 1 } """), "domainList" },
        { PolicySamples.Root(""" "Gateways": { "Entries": ["192.0.2.7"], "x": 1 } """), "networkList" },
        { PolicySamples.Root(""" "LocalDomains": { "File": "domains.txt", "x": 1 } """), "domainFile" },
        { PolicySamples.Root(""" "Gateways": { "File": "gateways.txt", "x": 1 } """), "networkFile" },
        { PolicySamples.When("""{ "Sender.Is": { "Entries": ["a@example.com"], "x": 1 } }"""), "addressList" },
        { PolicySamples.When("""{ "Identity.User": { "Entries": ["a"], "x": 1 } }"""), "nameList" },
        { PolicySamples.When("""{ "Tls.Certificate": { "Entries": ["a"], "x": 1 } }"""), "fingerprintList" },
        { PolicySamples.When("""{ "x": 1 }"""), "condition" },
        { PolicySamples.Rule(""" "x": 1 """), "rule" },
        { PolicySamples.Iis(""" "x": 1 """), "#Iis" },
        { PolicySamples.Root(""" "Limits": { "x": 1 } """), "#Limits" },
        { PolicySamples.Iis(""" "Limits": { "x": 1 } """), "#Iis.Limits" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "Name": "example.com", "x": 1 }] """), "#Iis.RemoteDomains" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [], "AllowEmpty": true, "x": 1 } """), "iisList" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_keys_of_the_schema_are_those_that_the_reader_knows(string json, string part)
    {
        PolicyFile.TryParse(json, [], out _, out IReadOnlyList<PolicyDiagnostic> errors);
        string mend = errors.First(error => error.Place.EndsWith("/x", StringComparison.Ordinal)).Mend;
        string[] known = mend["write one of ".Length..].Split(", ");
        JsonSchema schema = part switch
        {
            "#" => Schema,
            "#Iis" => Schema.ActualProperties[PolicyKeys.Iis].ActualSchema,
            "#Limits" => Schema.ActualProperties[PolicyKeys.Limits].ActualSchema,
            "#Iis.Limits" => Schema.ActualProperties[PolicyKeys.Iis].ActualSchema.ActualProperties[PolicyKeys.Limits].ActualSchema,
            "#Iis.RemoteDomains" => Schema.ActualProperties[PolicyKeys.Iis].ActualSchema.ActualProperties[PolicyKeys.RemoteDomains].ActualSchema.Item!.ActualSchema,
            _ => Schema.Definitions[part.Replace("File", "List", StringComparison.Ordinal)],
        };
        if (schema.OneOf.Count > 0 && schema.ActualProperties.Count == 0) schema = schema.OneOf.Single(form => form.ActualProperties.ContainsKey(part.EndsWith("File", StringComparison.Ordinal) ? PolicyKeys.File : PolicyKeys.Entries));

        // Of Rules and Iis only one is allowed, and the reader names the keys of what it has met.
        if (part == "#") known = [.. known, .. RootKeysOfRules];
        Assert.Equal(known.Order(StringComparer.Ordinal).Distinct(), schema.ActualProperties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_kinds_of_entries_in_the_schema_are_those_that_the_reader_knows() => Assert.Equal(
        Enum.GetNames<IisEntryKind>(),
        Schema.Definitions["iisList"].ActualProperties[PolicyKeys.Entries].ActualSchema.Item!.OneOf.Select(kind => Assert.Single(kind.ActualProperties).Key));

    [Fact]
    public void Every_key_in_the_schema_is_described_but_for_lists() => Assert.All(
        Schema.ActualProperties.Concat(Schema.Definitions["condition"].ActualProperties).Concat(Schema.ActualProperties[PolicyKeys.Iis].ActualSchema.ActualProperties),
        property => Assert.False(string.IsNullOrWhiteSpace(property.Value.Description), property.Key));

    [Theory]
    [InlineData("550 5.7.1 No", true)]
    [InlineData("550 5.7.1", false)]
    [InlineData("350 3.7.1 No", false)]
    [InlineData("560 5.7.1 No", false)]
    [InlineData("550 5.7.1 N\u00F6", false)]
    public void The_schema_knows_the_form_of_a_reply(string reply, bool isReply)
    {
        string json = PolicySamples.Root($$"""
            "RefusalReply": "{{reply}}"
            """);

        Assert.Equal(isReply, Errors(json).Count == 0);
        Assert.Equal(isReply, PolicyFile.TryParse(json, [], out _, out _));
    }

    private static string[] RootKeysOfRules
    {
        get
        {
            PolicyFile.TryParse("""{ "x": 1 }""", [], out _, out IReadOnlyList<PolicyDiagnostic> errors);
            return [.. Key().Matches(errors.Single(error => error.Place == "/x").Mend).Select(match => match.Value)];
        }
    }

    private static ICollection<ValidationError> Errors(string json) => Schema.Validate(json);

    [GeneratedRegex(@"\$?[A-Z][A-Za-z]+|\$schema")]
    private static partial Regex Key();
}
