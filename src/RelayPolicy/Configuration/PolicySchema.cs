using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RelayPolicy.Iis;

namespace RelayPolicy.Configuration;

/// <summary>Makes the JSON schema (draft 7) of policy files from the keys and fields by which they are read.</summary>
internal static class PolicySchema
{
    private const string NetworkList = "networkList";
    private const string DomainList = "domainList";
    private const string AddressList = "addressList";
    private const string NameList = "nameList";
    private const string FingerprintList = "fingerprintList";
    private const string ConditionType = "condition";
    private const string RuleType = "rule";
    private const string IisListType = "iisList";
    private const string ReplyType = "reply";
    private const string LimitType = "limit";

    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "RelayPolicy policy file",
            ["type"] = "object",
            ["oneOf"] = new JsonArray(Required(PolicyKeys.Rules), Required(PolicyKeys.Iis)),
            ["properties"] = Root(),
            ["additionalProperties"] = false,
            ["definitions"] = Definitions(),
        };
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) schema.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static JsonObject Root() => new()
    {
        [PolicyKeys.Schema] = Described("The schema, for editors.", Text()),
        [PolicyKeys.LocalDomains] = Described("Whose mail this server takes in itself.", Reference(DomainList)),
        [PolicyKeys.Networks] = Described("Lists of networks, each with its name.", MapOf(Reference(NetworkList))),
        [PolicyKeys.Domains] = Described("Lists of domains, each with its name.", MapOf(Reference(DomainList))),
        [PolicyKeys.SenderOwnership] = Described("Users, each with the senders that it owns: alice@example.com, alice+*@example.com, @example.com, * or !<>.", OwnershipSchema()),
        [PolicyKeys.Gateways] = Described("Addresses behind which clients hide: a client with such an address has no known address.", Reference(NetworkList)),
        [PolicyKeys.RoutedRecipients] = Described("What happens to recipients whose local-part names another destination.", Names<RoutedRecipients>()),
        [PolicyKeys.NameComparison] = Described("How user and group names are compared.", Names<NameComparison>()),
        [PolicyKeys.RefusalReply] = Described("The reply at the end of the rules.", Reference(ReplyType)),
        [PolicyKeys.Limits] = LimitsSection(),
        [PolicyKeys.Rules] = Described("The rules. Within a stage the first one whose condition holds decides.", ArrayOf(Reference(RuleType))),
        [PolicyKeys.Iis] = Described("The relay control of the IIS SMTP server, instead of rules.", IisSection()),
    };

    private static JsonObject Definitions() => new()
    {
        [NetworkList] = List("Networks such as 192.0.2.0/24, 2001:db8::5 or 192.0.2.10-192.0.2.20, or the name of a list."),
        [DomainList] = List("Domains such as example.com, *.example.com or [192.0.2.1], or the name of a list."),
        [AddressList] = List("Mailboxes such as alice@example.com.", canBeNamed: false),
        [NameList] = List("Names.", canBeNamed: false),
        [FingerprintList] = List("SHA-256 fingerprints: 64 hexadecimal digits, with or without colons.", canBeNamed: false),
        [ReplyType] = Described("Code, enhanced status code and text. In a rule the text may hold {recipient}, {sender} and {client}.", new JsonObject { ["type"] = "string", ["pattern"] = "^[245][0-5][0-9] [245]\\.[0-9]{1,3}\\.[0-9]{1,3} [ -~]+$" }),
        [LimitType] = new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, new JsonObject { ["enum"] = new JsonArray(PolicyKeys.Unlimited) }) },
        [ConditionType] = ConditionSchema(),
        [RuleType] = RuleSchema(),
        [IisListType] = IisList(),
    };

    private static JsonObject ConditionSchema()
    {
        var fields = new JsonObject();
        foreach (ConditionField field in ConditionField.All) fields[field.Name] = Described(field.Summary, ValueSchema(field.Value));
        fields[ConditionKeys.Any] = Described("Always holds.", YesNo());
        fields[ConditionKeys.AllOf] = Described("All of these hold.", ArrayOf(Reference(ConditionType)));
        fields[ConditionKeys.AnyOf] = Described("One or more of these hold.", ArrayOf(Reference(ConditionType)));
        fields[ConditionKeys.Not] = Described("This does not hold.", Reference(ConditionType));
        return new JsonObject { ["description"] = "Conditions; all of them must hold.", ["type"] = "object", ["minProperties"] = 1, ["properties"] = fields, ["additionalProperties"] = false };
    }

    private static JsonObject ValueSchema(FieldValue value) => value switch
    {
        FieldValue.YesNo => YesNo(),
        FieldValue.Networks => Reference(NetworkList),
        FieldValue.Domains => Reference(DomainList),
        FieldValue.Addresses => Reference(AddressList),
        FieldValue.Names => Reference(NameList),
        FieldValue.Fingerprints => Reference(FingerprintList),
        _ => Text(),
    };

    private static JsonObject RuleSchema() => Object(
        new JsonObject
        {
            [PolicyKeys.Name] = Described("Names the rule in verdicts and logs; unique.", Text()),
            [PolicyKeys.Comment] = Described("A line for people. It decides nothing.", Text()),
            [PolicyKeys.Stage] = Described("When the rule is asked.", Names<RelayStage>()),
            [PolicyKeys.Action] = Described("What it says then. Only at Recipient does Accept grant anything.", Names<RuleAction>()),
            [PolicyKeys.When] = Reference(ConditionType),
            [PolicyKeys.Reply] = Reference(ReplyType),
            [PolicyKeys.AuditOnly] = Described("The rule is only watched.", YesNo()),
            [PolicyKeys.NotBefore] = Described("The first instant at which the rule is there.", Instant()),
            [PolicyKeys.NotAfter] = Described("The last instant at which the rule is there.", Instant()),
            [PolicyKeys.AcceptsFromAnyone] = Described("Says that the rule may let strangers relay.", YesNo()),
        },
        PolicyKeys.Name,
        PolicyKeys.Stage,
        PolicyKeys.Action,
        PolicyKeys.When);

    private static JsonObject IisSection() => NotEmpty(Object(new JsonObject
    {
        [PolicyKeys.ConnectionControl] = Described("Who may connect.", Reference(IisListType)),
        [PolicyKeys.Authentication] = Described("How clients get in.", ArrayOf(Names<IisAuthentication>())),
        [PolicyKeys.RequireTls] = Described("Require TLS encryption.", YesNo()),
        [PolicyKeys.RelayRestrictions] = Described("Who may relay.", Reference(IisListType)),
        [PolicyKeys.AuthenticatedMayRelay] = Described("Allow all computers which successfully authenticate to relay, regardless of the list above.", YesNo()),
        [PolicyKeys.LocalDomains] = Described("The local default domains.", Reference(DomainList)),
        [PolicyKeys.AliasDomains] = Described("The alias domains.", Reference(DomainList)),
        [PolicyKeys.RemoteDomains] = Described("The remote domains.", ArrayOf(Object(new JsonObject { [PolicyKeys.Name] = Text(), [PolicyKeys.AllowRelay] = YesNo() }, PolicyKeys.Name))),
        [PolicyKeys.Limits] = LimitsSection(),
        [PolicyKeys.Gateways] = Described("Addresses behind which clients hide. No setting of IIS.", Reference(NetworkList)),
    }));

    private static JsonObject LimitsSection() => Described("Limits, which the host keeps.", NotEmpty(Object(new JsonObject
    {
        [PolicyKeys.MaxMessageSize] = Reference(LimitType),
        [PolicyKeys.MaxSessionSize] = Reference(LimitType),
        [PolicyKeys.MaxRecipients] = Reference(LimitType),
        [PolicyKeys.MaxHops] = Reference(LimitType),
        [PolicyKeys.MaxConnections] = Reference(LimitType),
    })));

    private static JsonObject IisList()
    {
        var kinds = new JsonArray();
        foreach (string kind in Enum.GetNames<IisEntryKind>()) kinds.Add((JsonNode)Object(new JsonObject { [kind] = Text() }, kind));
        return Object(
            new JsonObject
            {
                [PolicyKeys.Mode] = Names<IisListMode>(),
                [PolicyKeys.Entries] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["oneOf"] = kinds } },
                [PolicyKeys.AllowEmpty] = YesNo(),
            },
            PolicyKeys.Mode,
            PolicyKeys.Entries);
    }

    private static JsonObject List(string description, bool canBeNamed = true)
    {
        var forms = new JsonArray(ArrayOf(Text()), Object(
            new JsonObject { [PolicyKeys.Entries] = new JsonObject { ["type"] = "array", ["items"] = Text() }, [PolicyKeys.AllowEmpty] = YesNo() },
            PolicyKeys.Entries));
        if (canBeNamed)
        {
            forms.Add((JsonNode)Text());
            forms.Add((JsonNode)Object(new JsonObject { [PolicyKeys.File] = Path(), [PolicyKeys.AllowEmpty] = YesNo(), [PolicyKeys.IgnoreColumns] = YesNo() }, PolicyKeys.File));
        }

        return new JsonObject { ["description"] = description, ["oneOf"] = forms };
    }

    private static JsonObject OwnershipSchema() => new()
    {
        ["oneOf"] = new JsonArray(MapOf(ArrayOf(Text())), Object(new JsonObject { [PolicyKeys.File] = Path(), [PolicyKeys.AllowEmpty] = YesNo() }, PolicyKeys.File)),
    };

    private static JsonObject Path() => Described("A list file, one entry a line; relative to the policy file.", Text());

    private static JsonObject Object(JsonObject properties, params ReadOnlySpan<string> required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0) schema["required"] = Array(required);
        return schema;
    }

    private static JsonObject NotEmpty(JsonObject schema)
    {
        schema["minProperties"] = 1;
        return schema;
    }

    private static JsonObject Described(string description, JsonObject schema)
    {
        // Draft 7 ignores what stands beside a $ref.
        if (schema.ContainsKey("$ref")) schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Required(string key) => new() { ["required"] = new JsonArray(key) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static JsonObject MapOf(JsonObject values) => new() { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = values };

    private static JsonObject ArrayOf(JsonObject items) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = items };

    private static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };

    private static JsonObject Instant() => new() { ["type"] = "string", ["format"] = "date-time" };

    private static JsonObject YesNo() => new() { ["type"] = "boolean" };

    private static JsonObject Names<T>()
        where T : struct, Enum => new() { ["enum"] = Array(Enum.GetNames<T>()) };

    private static JsonArray Array(ReadOnlySpan<string> values)
    {
        var array = new JsonArray();
        foreach (string value in values) array.Add((JsonNode)value);
        return array;
    }
}
