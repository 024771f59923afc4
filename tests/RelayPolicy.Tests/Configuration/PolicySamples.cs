using RelayPolicy.Configuration;

namespace RelayPolicy.Tests;

/// <summary>Valid policy files and conditions, with what they mean.</summary>
internal static class PolicySamples
{
    public const string FingerprintText = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static readonly Condition Greylisted = Condition.Custom("greylisted", RelayFacts.ClientAddress | RelayFacts.Recipient, (in RelayRequest _) => null);

    private static readonly NetworkSet Networks = NetworkSet.Parse("192.0.2.0/24", "2001:db8::/32");
    private static readonly DomainSet Domains = DomainSet.Parse("example.com", "*.example.net");
    private static readonly AddressSet Addresses = AddressSet.Parse("alice@example.com", "\"b c\"@example.net");

    /// <summary>Each field of a <c>When</c>, and each way to join fields, with the condition that it is in C#.</summary>
    public static TheoryData<string, Condition> Conditions { get; } = new()
    {
        { """{ "Client.In": ["192.0.2.0/24", "2001:db8::/32"] }""", Condition.Client.In(Networks) },
        { """{ "Client.In": "office" }""", Condition.Client.In(Networks) },
        { """{ "Client.In": { "Entries": ["192.0.2.0/24", "2001:db8::/32"] } }""", Condition.Client.In(Networks) },
        { """{ "Client.In": { "Entries": ["192.0.2.0/24", "2001:db8::/32"], "AllowEmpty": true } }""", Condition.Client.In(Networks) },
        { """{ "Client.In": { "Entries": ["192.0.2.0/24", "2001:db8::/32"], "AllowEmpty": false } }""", Condition.Client.In(Networks) },
        { """{ "Client.In": { "Entries": [], "AllowEmpty": true } }""", Condition.Client.In(NetworkSet.Empty) },
        { """{ "Client.In": ["Everyone"] }""", Condition.Client.In(NetworkSet.Everyone) },
        { """{ "Client.In": ["192.0.2.0 255.255.255.0", "192.0.2.10-192.0.2.20", "2001:db8::/32"] }""", Condition.Client.In(Networks) },
        { """{ "Client.IsIPv4": true }""", Condition.Client.IsIPv4 },
        { """{ "Client.IsIPv4": false }""", !Condition.Client.IsIPv4 },
        { """{ "Client.IsIPv6": true }""", Condition.Client.IsIPv6 },
        { """{ "Client.IsIPv6": false }""", !Condition.Client.IsIPv6 },
        { """{ "Client.HostIn": ["example.com", "*.example.net"] }""", Condition.Client.HostIn(Domains) },
        { """{ "Client.HostIn": "partners" }""", Condition.Client.HostIn(Domains) },
        { """{ "Client.HostIn": { "Entries": [], "AllowEmpty": true } }""", Condition.Client.HostIn(DomainSet.Empty) },
        { """{ "Client.HasConfirmedName": true }""", Condition.Client.HasConfirmedName },
        { """{ "Client.HasConfirmedName": false }""", !Condition.Client.HasConfirmedName },
        { """{ "Client.Listener": ["submission", "25"] }""", Condition.Client.Listener("submission", "25") },
        { """{ "Client.IsProxied": true }""", Condition.Client.IsProxied },
        { """{ "Client.IsProxied": false }""", !Condition.Client.IsProxied },
        { """{ "Tls.IsOn": true }""", Condition.Tls.IsOn },
        { """{ "Tls.IsOn": false }""", !Condition.Tls.IsOn },
        { $$"""{ "Tls.Certificate": ["{{FingerprintText}}"] }""", Condition.Tls.Certificate(CertificateFingerprint.Parse(FingerprintText)) },
        { $$"""{ "Tls.Certificate": ["{{Colons(FingerprintText.ToUpperInvariant())}}"] }""", Condition.Tls.Certificate(CertificateFingerprint.Parse(FingerprintText)) },
        { """{ "Identity.IsAuthenticated": true }""", Condition.Identity.IsAuthenticated },
        { """{ "Identity.IsAuthenticated": false }""", !Condition.Identity.IsAuthenticated },
        { """{ "Identity.User": ["alice", "bob"] }""", Condition.Identity.User("alice", "bob") },
        { """{ "Identity.User": { "Entries": ["alice", "bob"] } }""", Condition.Identity.User("alice", "bob") },
        { """{ "Identity.User": { "Entries": [], "AllowEmpty": true } }""", Condition.Identity.User() },
        { """{ "Identity.Group": ["staff"] }""", Condition.Identity.Group("staff") },
        { """{ "Identity.Mechanism": ["PLAIN", "SCRAM-SHA-256"] }""", Condition.Identity.Mechanism("PLAIN", "SCRAM-SHA-256") },
        { """{ "Identity.OwnsSender": true }""", Condition.Identity.OwnsSender },
        { """{ "Identity.OwnsSender": false }""", !Condition.Identity.OwnsSender },
        { """{ "Sender.IsNull": true }""", Condition.Sender.IsNull },
        { """{ "Sender.IsNull": false }""", !Condition.Sender.IsNull },
        { """{ "Sender.In": ["example.com", "*.example.net"] }""", Condition.Sender.In(Domains) },
        { """{ "Sender.In": "partners" }""", Condition.Sender.In(Domains) },
        { """{ "Sender.Is": ["alice@example.com", "\"b c\"@example.net"] }""", Condition.Sender.Is(Addresses) },
        { """{ "Sender.Is": { "Entries": [], "AllowEmpty": true } }""", Condition.Sender.Is(AddressSet.Parse()) },
        { """{ "Sender.IsLocal": true }""", Condition.Sender.IsLocal },
        { """{ "Sender.IsLocal": false }""", !Condition.Sender.IsLocal },
        { """{ "Recipient.IsLocal": true }""", Condition.Recipient.IsLocal },
        { """{ "Recipient.IsLocal": false }""", !Condition.Recipient.IsLocal },
        { """{ "Recipient.In": ["example.com", "*.example.net"] }""", Condition.Recipient.In(Domains) },
        { """{ "Recipient.In": ["[192.0.2.1]", "[IPv6:2001:db8::1]"] }""", Condition.Recipient.In(DomainSet.Parse("[192.0.2.1]", "[IPv6:2001:db8::1]")) },
        { """{ "Recipient.In": "partners" }""", Condition.Recipient.In(Domains) },
        { """{ "Recipient.Is": ["alice@example.com", "\"b c\"@example.net"] }""", Condition.Recipient.Is(Addresses) },
        { """{ "Recipient.IsAddressLiteral": true }""", Condition.Recipient.IsAddressLiteral },
        { """{ "Recipient.IsAddressLiteral": false }""", !Condition.Recipient.IsAddressLiteral },
        { """{ "Recipient.IsRouted": true }""", Condition.Recipient.IsRouted },
        { """{ "Recipient.IsRouted": false }""", !Condition.Recipient.IsRouted },
        { """{ "Custom": "greylisted" }""", Greylisted },
        { """{ "Custom": "GREYLISTED" }""", Greylisted },
        { """{ "Any": true }""", Condition.Any },
        { """{ "Any": false }""", !Condition.Any },
        { """{ "Not": { "Tls.IsOn": true } }""", !Condition.Tls.IsOn },
        { """{ "Not": { "Tls.IsOn": false } }""", !!Condition.Tls.IsOn },
        { """{ "Not": { "Client.In": "office" } }""", !Condition.Client.In(Networks) },
        { """{ "Not": { "Tls.IsOn": true, "Sender.IsNull": true } }""", !(Condition.Tls.IsOn & Condition.Sender.IsNull) },
        { """{ "Not": { "AnyOf": [{ "Tls.IsOn": true }, { "Sender.IsNull": true }] } }""", !(Condition.Tls.IsOn | Condition.Sender.IsNull) },
        { """{ "Tls.IsOn": true, "Sender.IsNull": false, "Client.In": "office" }""", Condition.Tls.IsOn & !Condition.Sender.IsNull & Condition.Client.In(Networks) },
        { """{ "AllOf": [{ "Tls.IsOn": true }, { "Sender.IsNull": true }] }""", Condition.Tls.IsOn & Condition.Sender.IsNull },
        { """{ "AllOf": [{ "Tls.IsOn": true }] }""", Condition.Tls.IsOn },
        { """{ "AnyOf": [{ "Tls.IsOn": true }] }""", Condition.Tls.IsOn },
        { """{ "AnyOf": [{ "Tls.IsOn": true }, { "Sender.IsNull": true }, { "Any": false }] }""", Condition.Tls.IsOn | Condition.Sender.IsNull | !Condition.Any },
        { """{ "AnyOf": [{ "Tls.IsOn": true }, { "Sender.IsNull": true }], "Client.IsIPv4": true }""", (Condition.Tls.IsOn | Condition.Sender.IsNull) & Condition.Client.IsIPv4 },
        { """{ "Client.IsIPv4": true, "AllOf": [{ "Tls.IsOn": true }, { "AnyOf": [{ "Sender.IsNull": true }, { "Recipient.IsLocal": true }] }] }""", Condition.Client.IsIPv4 & Condition.Tls.IsOn & (Condition.Sender.IsNull | Condition.Recipient.IsLocal) },
        { """{ "AnyOf": [{ "Tls.IsOn": true, "Client.IsIPv4": true }, { "Not": { "Sender.IsNull": true } }] }""", (Condition.Tls.IsOn & Condition.Client.IsIPv4) | !Condition.Sender.IsNull },
        { """{ "AllOf": [{ "Identity.Group": ["a"] }, { "Identity.Group": ["b"] }] }""", Condition.Identity.Group("a") & Condition.Identity.Group("b") },
    };

    /// <summary>Files in which everything is said that a file can say, but for what is a condition.</summary>
    public static TheoryData<string> Files { get; } =
    [
        Rules("""{ "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } }"""),
        Full,
        """{ "Iis": { "RequireTls": false } }""",
        FullIis,
    ];

    /// <summary>A policy that trusts several kinds of clients, but never a stranger.</summary>
    public static string Full => $$"""
        {
          "$schema": "relay-policy.schema.json",
          "LocalDomains": ["local.example", "*.local.example"],
          "Networks": { "office": ["192.0.2.0/24", "2001:db8::/32"], "spare": { "Entries": [], "AllowEmpty": true } },
          "Domains": { "partners": ["example.com", "*.example.net"], "blocked": ["blocked.example"] },
          "SenderOwnership": { "alice": ["alice@local.example", "alice+*@local.example"], "bob": ["@local.example", "!<>"], "root": ["*"] },
          "Gateways": ["198.51.100.1"],
          "RoutedRecipients": "TrustedOnly",
          "NameComparison": "Ordinal",
          "RefusalReply": "550 5.7.1 No relaying for {recipient}",
          "Rules": [
            { "Name": "proxied", "Stage": "Connect", "Action": "Defer", "When": { "Client.IsProxied": true }, "Reply": "421 4.7.1 Not now, {client}" },
            { "Name": "blocked", "Stage": "Sender", "Action": "Reject", "When": { "Sender.In": "blocked" }, "AuditOnly": true },
            {
              "Name": "office",
              "Stage": "Recipient",
              "Action": "Accept",
              "When": { "Client.In": "office" },
              "Reply": "250 2.1.5 Yes, {recipient}",
              "NotBefore": "2026-01-01T00:00:00Z",
              "NotAfter": "2027-01-01T00:00:00.5+02:00"
            },
            { "Name": "own", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.OwnsSender": true, "Tls.IsOn": true } },
            { "Name": "certificate", "Stage": "Recipient", "Action": "Accept", "When": { "Tls.Certificate": ["{{FingerprintText}}"], "Not": { "Recipient.In": "blocked" } } },
            { "Name": "partners", "Stage": "Recipient", "Action": "Accept", "When": { "AnyOf": [{ "Recipient.In": "partners" }, { "Client.HostIn": ["example.org"] }] } },
            { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true, "Not": { "Recipient.Is": ["noreply@local.example"] } } }
          ]
        }
        """;

    public static string FullIis => """
        {
          "$schema": "relay-policy.schema.json",
          "Iis": {
            "ConnectionControl": { "Mode": "AllExceptTheList", "Entries": [{ "Computer": "198.51.100.7" }, { "Domain": "bad.example" }] },
            "Authentication": ["Anonymous", "Basic"],
            "RequireTls": true,
            "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Computer": "192.0.2.7" }, { "Group": "192.0.2.128 255.255.255.128" }, { "Domain": "example.com" }] },
            "AuthenticatedMayRelay": false,
            "LocalDomains": ["local.example"],
            "AliasDomains": ["alias.example"],
            "RemoteDomains": [{ "Name": "remote.example", "AllowRelay": true }, { "Name": "*.other.example" }],
            "Limits": { "MaxMessageSize": 1048576, "MaxSessionSize": "Unlimited", "MaxRecipients": 50, "MaxHops": 20, "MaxConnections": 1000 },
            "Gateways": ["198.51.100.1"]
          }
        }
        """;

    /// <summary>A file with the given rules and nothing else.</summary>
    public static string Rules(params IEnumerable<string> rules) => $$"""{ "Rules": [{{string.Join(", ", rules)}}] }""";

    /// <summary>A file with the named lists <c>office</c> and <c>partners</c> and one rule, which refuses under the condition.</summary>
    public static string When(string condition) => $$"""
        {
          "Networks": { "office": ["192.0.2.0/24", "2001:db8::/32"] },
          "Domains": { "partners": ["example.com", "*.example.net"] },
          "Rules": [{ "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": {{condition}} }]
        }
        """;

    /// <summary>A file with one rule of the given name, stage and so on, without its braces.</summary>
    public static string Rule(string fields) => Rules($"{{ {fields} }}");

    /// <summary>A file with an <c>Iis</c> section of the given fields, without its braces.</summary>
    public static string Iis(string fields) => $$"""{ "Iis": { {{fields}} } }""";

    /// <summary>A file with the given keys beside one rule.</summary>
    public static string Root(string fields) => $$"""{ {{fields}}, "Rules": [{ "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } }] }""";

    public static PolicyFile Parse(string json) => PolicyFile.Parse(json, Greylisted);

    private static string Colons(string hex) => string.Join(":", hex.Chunk(2).Select(pair => new string(pair)));
}
