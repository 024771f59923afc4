namespace RelayPolicy.Tests;

/// <summary>Small policies, each with one rule by which it is known.</summary>
internal static class PolicyTexts
{
    public const string Bad = """{ "LocalDomains": [], "Rules": [ { "Name": "all", "Stage": "Recipient", "Action": "Accept", "When": { "Any": true } }, { "Name": "x" } ] }""";

    /// <summary>A policy that takes mail for a domain, by a rule of a name.</summary>
    public static string Takes(string rule, string domain = "local.example") => $$"""
        { "Rules": [ { "Name": "{{rule}}", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.In": ["{{domain}}"] } } ] }
        """;

    /// <summary>A policy that lets the clients of a list file relay.</summary>
    public static string Relays(string file) => $$"""
        { "Networks": { "office": { "File": "{{file}}" } }, "Rules": [ { "Name": "office", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": "office" } } ] }
        """;
}
