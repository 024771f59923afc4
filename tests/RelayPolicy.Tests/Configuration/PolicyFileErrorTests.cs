using System.Text;
using System.Text.Json.Nodes;
using RelayPolicy.Configuration;

namespace RelayPolicy.Tests;

public sealed class PolicyFileErrorTests
{
    private const string Unknown = "the key is unknown";
    private const string Twice = "the key is there twice";

    // Nothing in the sample comes near: a damaged "*.example.net" may become "*.example", a "/32" may become "/31".
    private static readonly SmtpPath Foreign = SmtpPath.ParseMailbox("user@foreign.invalid");

    /// <summary>Bad files that a JSON schema can tell, with the place, the problem and the mend.</summary>
    public static TheoryData<string, string, string, string> Shapes { get; } = new()
    {
        { "[]", "/", "it is an empty array", "write an object with the keys of a policy" },
        { "1", "/", "it is a number", "write an object" },
        { "null", "/", "it is null", "write an object" },
        { "\"Rules\"", "/", "it is a string", "write an object" },
        { "{}", "/", "Rules is missing", "write Rules out" },
        { """{ "LocalDomains": ["example.com"] }""", "/", "Rules is missing", "write Rules out" },
        { """{ "Rules": [] }""", "/Rules", "it is an empty array", "write an array of rules that is not empty" },
        { """{ "Rules": {} }""", "/Rules", "it is an empty object", "write an array of rules" },
        { """{ "Rules": null }""", "/Rules", "it is null", "write an array of rules" },
        { """{ "Rules": "r" }""", "/Rules", "it is a string", "write an array of rules" },
        { """{ "Rules": [null] }""", "/Rules/0", "it is null", "Name, Stage, Action and When" },
        { """{ "Rules": ["r"] }""", "/Rules/0", "it is a string", "Name, Stage, Action and When" },
        { """{ "Rules": [{}] }""", "/Rules/0", "Name is missing", "write Name out" },
        { PolicySamples.Root(""" "$schema": null """), "/$schema", "it is null", "write a string" },
        { PolicySamples.Root(""" "$schema": "" """), "/$schema", "it is empty", "leave the key out" },
        { PolicySamples.Root(""" "Rule": [] """), "/Rule", Unknown, "LocalDomains" },
        { PolicySamples.Root(""" "Networks": {}"""), "/Networks", "it is an empty object", "each with its name" },
        { PolicySamples.Root(""" "Networks": ["192.0.2.0/24"] """), "/Networks", "it is an array", "each with its name" },
        { PolicySamples.Root(""" "Networks": { "office": [] } """), "/Networks/office", "the list is empty", "AllowEmpty" },
        { PolicySamples.Root(""" "Networks": { "office": null } """), "/Networks/office", "it is null", "an array of strings" },
        { PolicySamples.Root(""" "Networks": { "a/b~c": [1] } """), "/Networks/a~1b~0c/0", "it is a number", "write a string" },
        { PolicySamples.Root(""" "Networks": { "office": { "Entries": [] , "Allowempty": 1 } } """), "/Networks/office/Allowempty", "it is a number", "write true or false" },
        { PolicySamples.Root(""" "Networks": { "office": { "AllowEmpty": true } } """), "/Networks/office", "Entries is missing", "write Entries out" },
        { PolicySamples.Root(""" "Networks": { "office": { "Entries": ["192.0.2.7"], "Name": "x" } } """), "/Networks/office/Name", Unknown, "Entries, AllowEmpty" },
        { PolicySamples.Root(""" "Domains": { "partners": [] } """), "/Domains/partners", "the list is empty", "AllowEmpty" },
        { PolicySamples.Root(""" "Domains": { "partners": [null] } """), "/Domains/partners/0", "it is null", "write a string" },
        { PolicySamples.Root(""" "LocalDomains": [] """), "/LocalDomains", "the list is empty", "AllowEmpty" },
        { PolicySamples.Root(""" "LocalDomains": null """), "/LocalDomains", "it is null", "an array of strings" },
        { PolicySamples.Root(""" "LocalDomains": {} """), "/LocalDomains", "Entries is missing", "write Entries out" },
        { PolicySamples.Root(""" "LocalDomains": [["example.com"]] """), "/LocalDomains/0", "it is an array", "write a string" },
        { PolicySamples.Root(""" "Gateways": [] """), "/Gateways", "the list is empty", "AllowEmpty" },
        { PolicySamples.Root(""" "Gateways": true """), "/Gateways", "it is true", "an array of strings" },
        { PolicySamples.Root(""" "SenderOwnership": {} """), "/SenderOwnership", "it is an empty object", "an object of users" },
        { PolicySamples.Root(""" "SenderOwnership": ["alice"] """), "/SenderOwnership", "it is an array", "an object of users" },
        { PolicySamples.Root(""" "SenderOwnership": { "alice": [] } """), "/SenderOwnership/alice", "the list is empty", "fill it" },
        { PolicySamples.Root(""" "SenderOwnership": { "alice": "*" } """), "/SenderOwnership/alice", "it is a string", "an array" },
        { PolicySamples.Root(""" "SenderOwnership": { "alice": { "Entries": [], "AllowEmpty": true } } """), "/SenderOwnership/alice", "it is an object", "an array" },
        { PolicySamples.Root(""" "RoutedRecipients": "Allow" """), "/RoutedRecipients", "\"Allow\" is not known here", "Refuse, TrustedOnly" },
        { PolicySamples.Root(""" "RoutedRecipients": "1" """), "/RoutedRecipients", "is not known here", "Refuse, TrustedOnly" },
        { PolicySamples.Root(""" "RoutedRecipients": 1 """), "/RoutedRecipients", "it is a number", "write a string" },
        { PolicySamples.Root(""" "NameComparison": "InvariantCulture" """), "/NameComparison", "is not known here", "OrdinalIgnoreCase, Ordinal" },
        { PolicySamples.Root(""" "NameComparison": null """), "/NameComparison", "it is null", "write a string" },
        { PolicySamples.Root(""" "RefusalReply": "" """), "/RefusalReply", "a reply is written like", "550 5.7.1" },
        { PolicySamples.Root(""" "RefusalReply": "550 no" """), "/RefusalReply", "a reply is written like", "550 5.7.1" },
        { PolicySamples.Root(""" "RefusalReply": "250\u00205.7.1" """), "/RefusalReply", "a reply is written like", "550 5.7.1" },
        { PolicySamples.Root(""" "RefusalReply": "550 5.7.1 a\r\nb" """), "/RefusalReply", "the text is printable ASCII", "550 5.7.1" },
        { PolicySamples.Root(""" "RefusalReply": 550 """), "/RefusalReply", "it is a number", "550 5.7.1" },
        { PolicySamples.Rule(""" "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } """), "/Rules/0", "Name is missing", "write Name out" },
        { PolicySamples.Rule(""" "Name": "r", "Action": "Reject", "When": { "Any": true } """), "/Rules/0", "Stage is missing", "write Stage out" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Recipient", "When": { "Any": true } """), "/Rules/0", "Action is missing", "write Action out" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Recipient", "Action": "Accept" """), "/Rules/0", "When is missing", "write When out" },
        { Dressed(""" "Wen": {} """), "/Rules/0/Wen", Unknown, "Name, Comment, Stage, Action, When, Reply, AuditOnly, NotBefore, NotAfter, AcceptsFromAnyone" },
        { PolicySamples.Rule(""" "Name": null, "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } """), "/Rules/0/Name", "it is null", "write a string" },
        { PolicySamples.Rule(""" "Name": "", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } """), "/Rules/0/Name", "it is empty", "write a value" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Data", "Action": "Reject", "When": { "Any": true } """), "/Rules/0/Stage", "\"Data\" is not known here", "Connect, Sender, Recipient" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": 2, "Action": "Reject", "When": { "Any": true } """), "/Rules/0/Stage", "it is a number", "write a string" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Recipient", "Action": "Relay", "When": { "Any": true } """), "/Rules/0/Action", "\"Relay\" is not known here", "Reject, Defer, Accept" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Recipient", "Action": ["Reject"], "When": { "Any": true } """), "/Rules/0/Action", "it is an array", "write a string" },
        { Dressed(""" "Reply": null """), "/Rules/0/Reply", "it is null", "550 5.7.1" },
        { Dressed(""" "Reply": "650 5.7.1 No" """), "/Rules/0/Reply", "the code is 2xx, 4xx or 5xx", "550 5.7.1" },
        { Dressed(""" "Comment": "" """), "/Rules/0/Comment", "it is empty", "leave the key out" },
        { Dressed(""" "Comment": ["a"] """), "/Rules/0/Comment", "it is an array", "write a string" },
        { Dressed(""" "AuditOnly": "true" """), "/Rules/0/AuditOnly", "it is a string", "write true or false" },
        { Dressed(""" "AuditOnly": null """), "/Rules/0/AuditOnly", "it is null", "write true or false" },
        { Dressed(""" "AcceptsFromAnyone": 1 """), "/Rules/0/AcceptsFromAnyone", "it is a number", "write true or false" },
        { Dressed(""" "NotBefore": "" """), "/Rules/0/NotBefore", "it is empty", "write a value" },
        { Dressed(""" "NotAfter": 20261124 """), "/Rules/0/NotAfter", "it is a number", "write a string" },
        { PolicySamples.When("null"), "/Rules/0/When", "it is null", "{ \"Any\": true } always holds" },
        { PolicySamples.When("{}"), "/Rules/0/When", "it is an empty object", "{ \"Any\": true } always holds" },
        { PolicySamples.When("[]"), "/Rules/0/When", "it is an empty array", "{ \"Any\": true } always holds" },
        { PolicySamples.When("true"), "/Rules/0/When", "it is true", "{ \"Any\": true } always holds" },
        { PolicySamples.When("\"Any\""), "/Rules/0/When", "it is a string", "{ \"Any\": true } always holds" },
        { PolicySamples.When("""{ "Client.Is": true }"""), "/Rules/0/When/Client.Is", Unknown, "Client.IsIPv4" },
        { PolicySamples.When("""{ "Any": null }"""), "/Rules/0/When/Any", "it is null", "write true or false" },
        { PolicySamples.When("""{ "Any": {} }"""), "/Rules/0/When/Any", "it is an empty object", "write true or false" },
        { PolicySamples.When("""{ "Tls.IsOn": "true" }"""), "/Rules/0/When/Tls.IsOn", "it is a string", "write true or false" },
        { PolicySamples.When("""{ "Recipient.IsLocal": ["example.com"] }"""), "/Rules/0/When/Recipient.IsLocal", "it is an array", "write true or false" },
        { PolicySamples.When("""{ "Not": null }"""), "/Rules/0/When/Not", "it is null", "at least one field" },
        { PolicySamples.When("""{ "Not": {} }"""), "/Rules/0/When/Not", "it is an empty object", "at least one field" },
        { PolicySamples.When("""{ "Not": [{ "Any": true }] }"""), "/Rules/0/When/Not", "it is an array", "at least one field" },
        { PolicySamples.When("""{ "AllOf": [] }"""), "/Rules/0/When/AllOf", "it is an empty array", "an array of conditions that is not empty" },
        { PolicySamples.When("""{ "AnyOf": [] }"""), "/Rules/0/When/AnyOf", "it is an empty array", "an array of conditions that is not empty" },
        { PolicySamples.When("""{ "AnyOf": { "Any": true } }"""), "/Rules/0/When/AnyOf", "it is an object", "an array of conditions" },
        { PolicySamples.When("""{ "AnyOf": [{ "Any": true }, {}] }"""), "/Rules/0/When/AnyOf/1", "it is an empty object", "at least one field" },
        { PolicySamples.When("""{ "AllOf": [{ "Not": { "Client.Foo": true } }] }"""), "/Rules/0/When/AllOf/0/Not/Client.Foo", Unknown, "Client.In" },
        { PolicySamples.When("""{ "Client.In": [] }"""), "/Rules/0/When/Client.In", "the list is empty", "AllowEmpty" },
        { PolicySamples.When("""{ "Client.In": null }"""), "/Rules/0/When/Client.In", "it is null", "an array of strings or the name of a list" },
        { PolicySamples.When("""{ "Client.In": {} }"""), "/Rules/0/When/Client.In", "Entries is missing", "write Entries out" },
        { PolicySamples.When("""{ "Client.In": [""] }"""), "/Rules/0/When/Client.In/0", "it is empty", "write an address" },
        { PolicySamples.When("""{ "Client.In": [null] }"""), "/Rules/0/When/Client.In/0", "it is null", "write a string" },
        { PolicySamples.When("""{ "Client.In": 10 }"""), "/Rules/0/When/Client.In", "it is a number", "an array of strings" },
        { PolicySamples.When("""{ "Client.HostIn": [] }"""), "/Rules/0/When/Client.HostIn", "the list is empty", "AllowEmpty" },
        { PolicySamples.When("""{ "Sender.Is": "alice@example.com" }"""), "/Rules/0/When/Sender.Is", "it is a string", "an array" },
        { PolicySamples.When("""{ "Recipient.Is": [] }"""), "/Rules/0/When/Recipient.Is", "the list is empty", "AllowEmpty" },
        { PolicySamples.When("""{ "Identity.User": "alice" }"""), "/Rules/0/When/Identity.User", "it is a string", "an array" },
        { PolicySamples.When("""{ "Identity.Group": [] }"""), "/Rules/0/When/Identity.Group", "the list is empty", "AllowEmpty" },
        { PolicySamples.When("""{ "Identity.Mechanism": [7] }"""), "/Rules/0/When/Identity.Mechanism/0", "it is a number", "write a string" },
        { PolicySamples.When("""{ "Client.Listener": null }"""), "/Rules/0/When/Client.Listener", "it is null", "an array" },
        { PolicySamples.When("""{ "Tls.Certificate": [] }"""), "/Rules/0/When/Tls.Certificate", "the list is empty", "AllowEmpty" },
        { PolicySamples.When("""{ "Custom": ["greylisted"] }"""), "/Rules/0/When/Custom", "it is an array", "the name of a custom condition" },
        { PolicySamples.When("""{ "Custom": null }"""), "/Rules/0/When/Custom", "it is null", "the name of a custom condition" },
        { """{ "Iis": {}, "Rules": [{ "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } }] }""", "/Rules", Unknown, "Iis" },
        { """{ "Iis": null }""", "/Iis", "it is null", "the settings of IIS SMTP" },
        { """{ "Iis": [] }""", "/Iis", "it is an empty array", "the settings of IIS SMTP" },
        { """{ "Iis": {} }""", "/Iis", "it is an empty object", "the settings of IIS SMTP" },
        { PolicySamples.Iis(""" "RelayIpList": "" """), "/Iis/RelayIpList", Unknown, "RelayRestrictions" },
        { PolicySamples.Iis(""" "RequireTls": null """), "/Iis/RequireTls", "it is null", "write true or false" },
        { PolicySamples.Iis(""" "AuthenticatedMayRelay": "on" """), "/Iis/AuthenticatedMayRelay", "it is a string", "write true or false" },
        { PolicySamples.Iis(""" "Authentication": [] """), "/Iis/Authentication", "the list is empty", "leave the key out" },
        { PolicySamples.Iis(""" "Authentication": "Anonymous" """), "/Iis/Authentication", "it is a string", "an array" },
        { PolicySamples.Iis(""" "Authentication": ["7"] """), "/Iis/Authentication", "\"7\" is no way to authenticate", "None, Anonymous, Basic, Integrated" },
        { PolicySamples.Iis(""" "RelayRestrictions": [] """), "/Iis/RelayRestrictions", "it is an empty array", "a list with Mode and Entries" },
        { PolicySamples.Iis(""" "RelayRestrictions": null """), "/Iis/RelayRestrictions", "it is null", "a list with Mode and Entries" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Entries": [{ "Computer": "192.0.2.7" }] } """), "/Iis/RelayRestrictions", "Mode is missing", "write Mode out" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList" } """), "/Iis/RelayRestrictions", "Entries is missing", "write Entries out" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "Everyone", "Entries": [{ "Computer": "192.0.2.7" }] } """), "/Iis/RelayRestrictions/Mode", "is not known here", "OnlyTheList, AllExceptTheList" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": ["192.0.2.7"] } """), "/Iis/RelayRestrictions/Entries/0", "it is no entry of a list", "{ \"Computer\": \"192.0.2.7\" }" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{}] } """), "/Iis/RelayRestrictions/Entries/0", "it is no entry of a list", "\"Group\"" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Computer": "192.0.2.7", "Domain": "example.com" }] } """), "/Iis/RelayRestrictions/Entries/0", "it is no entry of a list", "\"Domain\"" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Computer": null }] } """), "/Iis/RelayRestrictions/Entries/0", "it is no entry of a list", "\"Domain\"" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Host": "192.0.2.7" }] } """), "/Iis/RelayRestrictions/Entries/0", "it is no entry of a list", "\"Domain\"" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": null } """), "/Iis/RelayRestrictions/Entries", "it is null", "an array of entries" },
        { PolicySamples.Iis(""" "ConnectionControl": { "Mode": "OnlyTheList", "Entries": [{ "Computer": "192.0.2.7" }], "Default": 1 } """), "/Iis/ConnectionControl/Default", Unknown, "Mode, Entries, AllowEmpty" },
        { PolicySamples.Iis(""" "LocalDomains": [] """), "/Iis/LocalDomains", "the list is empty", "AllowEmpty" },
        { PolicySamples.Iis(""" "AliasDomains": null """), "/Iis/AliasDomains", "it is null", "an array of strings" },
        { PolicySamples.Iis(""" "RemoteDomains": [] """), "/Iis/RemoteDomains", "it is an empty array", "an array of remote domains" },
        { PolicySamples.Iis(""" "RemoteDomains": ["remote.example"] """), "/Iis/RemoteDomains/0", "it is a string", "\"AllowRelay\": true" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "AllowRelay": true }] """), "/Iis/RemoteDomains/0", "Name is missing", "write Name out" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "Name": "remote.example", "AllowRelay": "yes" }] """), "/Iis/RemoteDomains/0/AllowRelay", "it is a string", "write true or false" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "Name": "remote.example", "Relay": true }] """), "/Iis/RemoteDomains/0/Relay", Unknown, "Name, AllowRelay" },
        { PolicySamples.Root(""" "Limits": {} """), "/Limits", "it is an empty object", "an object with limits" },
        { PolicySamples.Root(""" "Limits": { "MaxHops": "15" } """), "/Limits/MaxHops", "it is no limit", "Unlimited" },
        { PolicySamples.Iis(""" "Limits": {} """), "/Iis/Limits", "it is an empty object", "an object with limits" },
        { PolicySamples.Iis(""" "Limits": { "MaxMessageSize": -1 } """), "/Iis/Limits/MaxMessageSize", "it is no limit", "9223372036854775807, or \"Unlimited\"" },
        { PolicySamples.Iis(""" "Limits": { "MaxMessageSize": 1.5 } """), "/Iis/Limits/MaxMessageSize", "it is no limit", "Unlimited" },
        { PolicySamples.Iis(""" "Limits": { "MaxRecipients": null } """), "/Iis/Limits/MaxRecipients", "it is no limit", "2147483647, or \"Unlimited\"" },
        { PolicySamples.Iis(""" "Limits": { "MaxHops": "15" } """), "/Iis/Limits/MaxHops", "it is no limit", "Unlimited" },
        { PolicySamples.Iis(""" "Limits": { "MaxSize": 15 } """), "/Iis/Limits/MaxSize", Unknown, "MaxMessageSize, MaxSessionSize, MaxRecipients, MaxHops, MaxConnections" },
        { PolicySamples.Iis(""" "Gateways": [] """), "/Iis/Gateways", "the list is empty", "AllowEmpty" },
    };

    /// <summary>Bad files that only the reader can tell.</summary>
    public static TheoryData<string, string, string, string> Meanings { get; } = new()
    {
        { """{ "Rules": [], "rules": [] }""", "/rules", Twice, "keep one of them" },
        { """{ "Iis": { "RequireTls": true }, "Networks": { "office": ["192.0.2.7"] } }""", "/Networks", Unknown, "Iis" },
        { PolicySamples.Root(""" "Gateways": ["192.0.2.7"], "gateways": ["192.0.2.8"] """), "/gateways", Twice, "keep one of them" },
        { Dressed(""" "ACTION": "Reject" """), "/Rules/0/ACTION", Twice, "keep one of them" },
        { Dressed(""" "When": { "Any": true } """), "/Rules/0/When", Twice, "keep one of them" },
        { PolicySamples.When("""{ "Client.In": ["192.0.2.7"], "Client.In": ["192.0.2.8"] }"""), "/Rules/0/When/Client.In", Twice, "AnyOf" },
        { PolicySamples.When("""{ "Tls.IsOn": true, "tls.ison": false }"""), "/Rules/0/When/tls.ison", Twice, "AllOf" },
        { PolicySamples.When("""{ "Not": { "Any": true }, "NOT": { "Any": false } }"""), "/Rules/0/When/NOT", Twice, "AllOf" },
        { PolicySamples.Root(""" "Networks": { "office": ["192.0.2.7"], "OFFICE": ["192.0.2.8"] } """), "/Networks/OFFICE", "two lists have this name", "name them apart" },
        { PolicySamples.Root(""" "Networks": { "": ["192.0.2.7"] } """), "/Networks/", "the name of the list is blank", "write a name that can be shown" },
        { PolicySamples.Root(""" "Networks": { "office": "other" } """), "/Networks/office", "it is a string", "an array of strings" },
        { PolicySamples.Root(""" "Networks": { "office": { "Entries": ["192.0.2.7"], "ENTRIES": ["0.0.0.0/1"] } } """), "/Networks/office/ENTRIES", Twice, "keep one" },
        { PolicySamples.Root(""" "Domains": { "partners": ["example.com"], "Partners": ["example.net"] } """), "/Domains/Partners", "two lists have this name", "name them apart" },
        { PolicySamples.Root(""" "SenderOwnership": { "alice": ["*"], "ALICE": ["@example.com"] } """), "/SenderOwnership", "the user is listed twice", "one list" },
        { PolicySamples.Root(""" "NameComparison": "Ordinal", "SenderOwnership": { "alice": ["*"], "alice": ["@example.com"] } """), "/SenderOwnership", "the user is listed twice", "one list" },
        { PolicySamples.Root(""" "SenderOwnership": { "alice": ["example.com"] } """), "/SenderOwnership", "alice: example.com", "@example.com" },
        { PolicySamples.Root(""" "SenderOwnership": { " ": ["*"] } """), "/SenderOwnership", "the user name is blank", "name the user" },
        { PolicySamples.Root(""" "LocalDomains": "ours" """), "/LocalDomains", "there is no list \"ours\" (there is none in Domains)", "name one of them" },
        { PolicySamples.Root(""" "RefusalReply": "550 4.7.1 No" """), "/RefusalReply", "the class of the enhanced status code differs", "550 5.7.1" },
        { PolicySamples.When("""{ "Client.In": "ofice" }"""), "/Rules/0/When/Client.In", "there is no list \"ofice\" (the lists in Networks are office)", "name one of them" },
        { PolicySamples.When("""{ "Client.In": "partners" }"""), "/Rules/0/When/Client.In", "there is no list \"partners\"", "name one of them" },
        { PolicySamples.When("""{ "Client.In": "192.0.2.7" }"""), "/Rules/0/When/Client.In", "there is no list \"192.0.2.7\"", "write the entries in an array" },
        { PolicySamples.When("""{ "Client.In": "Everyone" }"""), "/Rules/0/When/Client.In", "there is no list \"Everyone\"", "write the entries in an array" },
        { PolicySamples.When("""{ "Client.In": "" }"""), "/Rules/0/When/Client.In", "there is no list \"\"", "name one of them" },
        { PolicySamples.When("""{ "Client.HostIn": "office" }"""), "/Rules/0/When/Client.HostIn", "there is no list \"office\"", "name one of them" },
        { PolicySamples.When("""{ "Client.In": ["192.0.2.7", "office"] }"""), "/Rules/0/When/Client.In/1", "it is not an IP address", "192.0.2.0/24" },
        { PolicySamples.When("""{ "Client.In": ["192.0.2.1/24"] }"""), "/Rules/0/When/Client.In/0", "host bits are set", "write 192.0.2.0/24" },
        { PolicySamples.When("""{ "Client.In": ["010.0.0.0/8"] }"""), "/Rules/0/When/Client.In/0", "leading zero", "without leading zeros" },
        { PolicySamples.When("""{ "Client.In": ["10/8"] }"""), "/Rules/0/When/Client.In/0", "it is a short form", "10.0.0.0/8" },
        { PolicySamples.When("""{ "Client.In": ["0.0.0.0/0"] }"""), "/Rules/0/When/Client.In", "every IPv4 address", "write EveryIPv4" },
        { PolicySamples.When("""{ "Client.In": ["::/1", "8000::/1"] }"""), "/Rules/0/When/Client.In", "every IPv6 address", "write EveryIPv6" },
        { PolicySamples.When("""{ "Client.In": { "Entries": ["0.0.0.0-255.255.255.255"] } }"""), "/Rules/0/When/Client.In/Entries", "every IPv4 address", "write EveryIPv4" },
        { PolicySamples.When("""{ "Client.In": { "Entries": ["192.0.2.7", "x"] } }"""), "/Rules/0/When/Client.In/Entries/1", "it is not an IP address", "192.0.2.0/24" },
        { PolicySamples.When("""{ "Client.In": ["::ffff:192.0.2.7"] }"""), "/Rules/0/When/Client.In/0", "IPv4-mapped", "write it as IPv4" },
        { PolicySamples.When("""{ "Client.In": ["everyone"] }"""), "/Rules/0/When/Client.In/0", "it is not an IP address", "192.0.2.0/24" },
        { PolicySamples.When("""{ "Client.HostIn": ["[192.0.2.1]"] }"""), "/Rules/0 (rule \"r\")", "address literal", "Client.In" },
        { PolicySamples.When("""{ "Recipient.In": ["example..com"] }"""), "/Rules/0/When/Recipient.In/0", "example..com", "write a domain" },
        { PolicySamples.When("""{ "Recipient.In": ["*"] }"""), "/Rules/0/When/Recipient.In/0", "every domain", "name the domains" },
        { PolicySamples.When("""{ "Recipient.In": ["*.example.com", "*ample.com"] }"""), "/Rules/0/When/Recipient.In/1", "*ample.com", "whole labels" },
        { PolicySamples.When("""{ "Sender.In": ["a@example.com"] }"""), "/Rules/0/When/Sender.In/0", "a@example.com", "without the local-part" },
        { PolicySamples.When("""{ "Recipient.Is": ["example.com"] }"""), "/Rules/0/When/Recipient.Is/0", "example.com", "write a mailbox" },
        { PolicySamples.When("""{ "Sender.Is": ["<a@example.com>"] }"""), "/Rules/0/When/Sender.Is/0", "<a@example.com>", "write a mailbox" },
        { PolicySamples.When("""{ "Tls.Certificate": ["0123"] }"""), "/Rules/0/When/Tls.Certificate", "\"0123\" is no SHA-256 fingerprint", "64 hexadecimal digits" },
        { PolicySamples.When("""{ "Identity.User": [" "] }"""), "/Rules/0 (rule \"r\")", "Identity.User holds a name that is blank", "leave it out" },
        { PolicySamples.When("""{ "Custom": "greylist" }"""), "/Rules/0/When/Custom", "no custom condition \"greylist\" is registered", "register it" },
        { Dressed(""" "NotBefore": "2026-11-24" """), "/Rules/0/NotBefore", "is no date and time with an offset", "2026-11-24T00:00:00Z" },
        { Dressed(""" "NotBefore": "2026-11-24T00:00:00" """), "/Rules/0/NotBefore", "is no date and time with an offset", "2026-11-24T00:00:00Z" },
        { Dressed(""" "NotAfter": "2026-02-30T00:00:00Z" """), "/Rules/0/NotAfter", "is no date and time with an offset", "2026-11-24T00:00:00Z" },
        { Dressed(""" "NotAfter": "24.11.2026 00:00:00 +01:00" """), "/Rules/0/NotAfter", "is no date and time with an offset", "2026-11-24T00:00:00Z" },
        { Dressed(""" "NotBefore": "2027-01-01T00:00:00Z", "NotAfter": "2026-01-01T00:00:00Z" """), "/Rules/0 (rule \"r\")", "ends before it begins", "swap" },
        { Dressed(""" "Reply": "250 2.1.5 Yes" """), "/Rules/0 (rule \"r\")", "its reply 250 does not fit the action", "500" },
        { Dressed(""" "Reply": "550 5.7.1 {user}" """), "/Rules/0 (rule \"r\")", "\"{user}\" is no placeholder", "{recipient}" },
        { Dressed(""" "AcceptsFromAnyone": true """), "/Rules/0 (rule \"r\")", "belongs to an accepting rule", "leave it out" },
        { PolicySamples.Root(""" "RefusalReply": "450 4.7.1 No" """), "/ (options)", "RefusalReply 450 does not fit the action", "500" },
        { Accepting("""{ "Any": true }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Sender.In": ["local.example"] }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Sender.IsLocal": true, "Tls.IsOn": true }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Client.In": ["Everyone"] }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Not": { "Client.In": ["192.0.2.0/24"] } }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Identity.IsAuthenticated": false }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "AnyOf": [{ "Recipient.IsLocal": true }, { "Sender.IsNull": true }] }"""), "/Rules/0 (rule \"r\")", "it would let strangers relay", "AcceptsFromAnyone" },
        { Accepting("""{ "Recipient.IsLocal": true, "Not": { "Client.In": { "Entries": [], "AllowEmpty": true } } }"""), "/Rules/0 (rule \"r\")", "it negates Client.In of nothing", "fill the list" },
        { PolicySamples.Rule(""" "Name": "r", "Stage": "Connect", "Action": "Reject", "When": { "Recipient.IsLocal": true } """), "/Rules/0 (rule \"r\")", "at Connect it looks at Locality, Recipient", "move the rule to Recipient" },
        { PolicySamples.Rules(Named("a"), Named("b"), Named("B")), "/Rules/1 (rule \"b\")", "several rules have this name", "a name of its own" },
        { PolicySamples.Iis(""" "ConnectionControl": { "Mode": "OnlyTheList", "Entries": [] } """), "/Iis/ConnectionControl/Entries", "it is an empty array", "AllowEmpty" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Computer": "192.0.2.0/24" }] } """), "/Iis/RelayRestrictions/Entries/0/Computer", "it is a group of computers", "make it a group" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Group": "192.0.2.0 255.0.255.0" }] } """), "/Iis/RelayRestrictions/Entries/0/Group", "the mask is not contiguous", "255.255.255.0" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Group": "192.0.2.1 255.255.255.0" }] } """), "/Iis/RelayRestrictions/Entries/0/Group", "host bits are set", "192.0.2.0/24" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Group": "192.0.2.10-192.0.2.20" }] } """), "/Iis/RelayRestrictions/Entries/0/Group", "a range is not one network", "prefix notation" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Group": "0.0.0.0 0.0.0.0" }] } """), "/Iis/RelayRestrictions/Entries", "every IPv4 address", "narrow them" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Domain": "*.example.com" }] } """), "/Iis/RelayRestrictions/Entries/0/Domain", "*.example.com", "without a wildcard" },
        { PolicySamples.Iis(""" "RelayRestrictions": { "Mode": "OnlyTheList", "Entries": [{ "Domain": "[192.0.2.1]" }] } """), "/Iis/RelayRestrictions/Entries/0/Domain", "[192.0.2.1]", "write a domain" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "Name": "*", "AllowRelay": true }] """), "/Iis/RemoteDomains/0", "every domain", "name the domains" },
        { PolicySamples.Iis(""" "RemoteDomains": [{ "Name": "remote.example" }, { "Name": "a@remote.example" }] """), "/Iis/RemoteDomains/1", "a@remote.example", "without the local-part" },
        { PolicySamples.Iis(""" "LocalDomains": "ours" """), "/Iis/LocalDomains", "there is no list \"ours\"", "write the entries in an array" },
        { PolicySamples.Iis(""" "Limits": { "MaxRecipients": 2147483648 } """), "/Iis/Limits/MaxRecipients", "it is no limit", "2147483647" },
        { PolicySamples.Iis(""" "Limits": { "MaxMessageSize": 9223372036854775808 } """), "/Iis/Limits/MaxMessageSize", "it is no limit", "9223372036854775807" },
        { PolicySamples.Iis(""" "RequireTls": true, "requiretls": false """), "/Iis/requiretls", Twice, "keep one of them" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    [MemberData(nameof(Meanings))]
    public void A_bad_file_is_refused_with_its_place_the_problem_and_the_mend(string json, string place, string problem, string mend)
    {
        IReadOnlyList<PolicyDiagnostic> errors = Errors(json);

        Assert.Contains(errors, error => error.Place == place
            && error.Problem.Contains(problem, StringComparison.Ordinal)
            && error.Mend.Contains(mend, StringComparison.Ordinal)
            && error.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    [MemberData(nameof(Meanings))]
    public void A_bad_file_never_yields_a_policy(string json, string place, string problem, string mend)
    {
        Assert.False(PolicyFile.TryParse(json, [PolicySamples.Greylisted], out PolicyFile? file, out IReadOnlyList<PolicyDiagnostic> errors));
        Assert.Null(file);
        Assert.True(errors.Count > 0, $"{place}: {problem}; {mend}");
    }

    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData("{", "line 1, byte 2")]
    [InlineData("{\n  \"Rules\": [\n    { \"Name\" \"r\" }\n  ]\n}", "line 3, byte 14")]
    [InlineData("{} {}", "line 1, byte 4")]
    [InlineData("{ Rules: [] }", "line 1, byte 3")]
    [InlineData("{ 'Rules': [] }", "line 1, byte 3")]
    [InlineData("{ \"Rules\": [tru] }", "line 1, byte 16")]
    [InlineData("{ \"a\": \"\\x\" }", "line 1, byte 10")]
    [InlineData("{ \"a\": \"\n\" }", "line 1, byte 9")]
    [InlineData("{ \"a\": 01 }", "line 1, byte 9")]
    public void What_is_no_JSON_is_refused_with_its_line(string json, string place)
    {
        PolicyDiagnostic error = Assert.Single(Errors(json));

        Assert.Equal(place, error.Place);
        Assert.Equal("the text is no JSON", error.Problem);
    }

    // As U+FFFD it would be another name than the one that was written.
    [Theory]
    [InlineData(0xD800, false)]
    [InlineData(0xDFFF, false)]
    [InlineData(0xD800, true)]
    [InlineData(0xDFFF, true)]
    public void A_lone_surrogate_is_refused(int surrogate, bool isEscaped)
    {
        string text = isEscaped ? $"\\u{surrogate:x4}" : ((char)surrogate).ToString();
        Assert.NotEmpty(Errors(PolicySamples.When($$"""{ "Identity.User": ["{{text}}"] }""")));
        Assert.NotEmpty(Errors(PolicySamples.Root($$"""
            "Networks": { "{{text}}": ["192.0.2.7"] }
            """)));
        Assert.NotEmpty(Errors(PolicySamples.Root($$"""
            "{{text}}": true
            """)));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused() => Assert.NotEmpty(
        LoadErrors([.. Encoding.UTF8.GetBytes("""{ "Rules": [{ "Name": "r"""), 0xC0, 0x80, .. Encoding.UTF8.GetBytes("""", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } }] }"""")]));

    [Fact]
    public void A_file_in_UTF16_is_refused() => Assert.NotEmpty(LoadErrors([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(PolicySamples.Full)]));

    [Theory]
    [InlineData(59)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void A_file_nested_deeper_than_64_is_refused(int depth)
    {
        string nested = string.Concat(Enumerable.Repeat("""{ "Not": """, depth)) + """{ "Any": true }""" + new string('}', depth);

        Assert.Equal("the text is no JSON", Assert.Single(Errors(PolicySamples.When($$"""{ "AllOf": [{{nested}}] }"""))).Problem);
    }

    [Fact]
    public void All_errors_are_found_at_once()
    {
        IReadOnlyList<PolicyDiagnostic> errors = Errors("""
            {
              "LocalDomain": ["local.example"],
              "Networks": { "office": ["192.0.2.1/24"], "home": [] },
              "Gateways": null,
              "RoutedRecipients": "Allow",
              "SenderOwnership": { "alice": ["nobody"] },
              "Rules": [
                { "Name": "a", "Action": "Accept", "When": { "Client.In": "office" } },
                { "Name": "b", "Stage": "Recipient", "Action": "Accept", "When": {} },
                { "Name": "c", "Stage": "Recipient", "Action": "Acept", "When": { "AnyOf": [{ "Recipient.IsLocal": true }, { "Clent.In": "office" }] } },
              ]
            }
            """);

        Assert.Equal(
            ["/Networks/office/0", "/Networks/home", "/Gateways", "/SenderOwnership", "/RoutedRecipients", "/Rules/0", "/Rules/1/When", "/Rules/2/Action", "/Rules/2/When/AnyOf/1/Clent.In", "/LocalDomain"],
            errors.Select(error => error.Place));
    }

    [Fact]
    public void A_list_with_an_error_is_not_reported_again_where_it_is_used() => Assert.Single(Errors("""
        {
          "Networks": { "office": ["192.0.2.1/24"] },
          "Rules": [{ "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": "office" } }]
        }
        """));

    [Fact]
    public void The_exception_holds_every_error_and_shows_it()
    {
        PolicyException exception = Assert.Throws<PolicyException>(() => PolicyFile.Parse("""{ "Rules": [{}] }"""));

        Assert.Equal(4, exception.Errors.Count);
        Assert.All(exception.Errors, error => Assert.Contains(error.ToString(), exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_in_the_file_is_shown_escaped()
    {
        PolicyDiagnostic error = Assert.Single(Errors(PolicySamples.When("""{ "Client.In": ["\u001b[2J\r\n"] }""")));

        Assert.All(error.ToString(), c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void Whatever_becomes_of_the_text_nothing_is_thrown_but_PolicyException() =>
        Gen.OneOf(Gen.Const(PolicySamples.Full), Gen.Const(PolicySamples.FullIis)).SelectMany(Mutated).Sample(text => Survives(() => PolicyFile.Parse(text)), iter: 20_000);

    [Fact]
    public void Whatever_becomes_of_the_bytes_nothing_is_thrown_but_PolicyException()
    {
        string path = Path.GetTempFileName();
        try
        {
            Gen.Select(Gen.Const(Encoding.UTF8.GetBytes(PolicySamples.Full)), Gen.Int[0, 3000], Gen.Byte.Array[0, 4]).Sample(
                mutation =>
                {
                    (byte[] bytes, int at, byte[] put) = mutation;
                    at %= bytes.Length;
                    File.WriteAllBytes(path, [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + put.Length)..]]);
                    return Survives(() => PolicyFile.Load(path));
                },
                iter: 2000,
                threads: 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Any_text_at_all_is_refused_by_PolicyException() =>
        Gen.OneOf(Gen.String, Gen.Char["{}[]\",:01-etfnul \\u\uD800\uFEFF"].Array[0, 30].Select(characters => new string(characters))).Sample(
            text => Assert.Throws<PolicyException>(() => PolicyFile.Parse(text)),
            iter: 20_000);

    [Fact]
    public void However_the_text_is_damaged_a_stranger_never_relays()
    {
        int parsed = 0;
        Mutated(PolicySamples.Full).Sample(
            text =>
            {
                if (!PolicyFile.TryParse(text, [], out PolicyFile? file, out _)) return true;
                Interlocked.Increment(ref parsed);
                return Strangers.All(stranger => !file.RuleSet.Evaluate(stranger).IsAccepted);
            },
            iter: 20_000);
        Assert.True(parsed > 1000, $"only {parsed} parsed");
    }

    [Fact]
    public void However_the_values_are_exchanged_a_stranger_never_relays()
    {
        int parsed = 0;
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 9]).Sample(
            exchange =>
            {
                string text = Exchange(PolicySamples.Full, exchange.Item1, exchange.Item2, exchange.Item3);
                if (!PolicyFile.TryParse(text, [], out PolicyFile? file, out _)) return true;
                Interlocked.Increment(ref parsed);
                return Strangers.All(stranger => !file.RuleSet.Evaluate(stranger).IsAccepted);
            },
            iter: 20_000);
        Assert.True(parsed > 1000, $"only {parsed} parsed");
    }

    private static RelayRequest[] Strangers { get; } =
    [
        new(new ClientEndpoint(System.Net.IPAddress.Parse("203.0.113.9")).WithHostNames(HostNameStatus.Unconfirmed, "host.example.com"), null, SmtpPath.ParseMailbox("alice@local.example"), Foreign, instant: new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)),
        new(new ClientEndpoint(System.Net.IPAddress.Parse("fd00::1")).WithHostNames(HostNameStatus.None), null, SmtpPath.Null, Foreign, instant: new DateTimeOffset(2025, 11, 24, 0, 0, 0, TimeSpan.Zero)),
        new(default, null, SmtpPath.ParseMailbox("x@example.com"), Foreign) { Tls = TlsState.On() },
    ];

    // One or two of: a character changed, a piece deleted, a piece repeated elsewhere.
    private static Gen<string> Mutated(string text)
    {
        Gen<Func<string, string>> mutation = Gen.Select(
            Gen.Int[0, 3],
            Gen.Int[0, text.Length - 1],
            Gen.Int[0, text.Length - 1],
            Gen.Frequency((3, Gen.Int[1, 4]), (1, Gen.Int[1, 120])),
            Gen.Frequency((4, Gen.Char[" \"{}[],:0123456789.*!@aeT/\\-"]), (1, Gen.Char)),
            (kind, at, to, length, put) => (Func<string, string>)(source => Mutate(source, kind, at, to, length, put)));
        return mutation.Array[1, 2].Select(mutations => mutations.Aggregate(text, (result, mutate) => mutate(result)));
    }

    private static string Mutate(string text, int kind, int at, int to, int length, char put)
    {
        if (text.Length == 0) return text;
        at %= text.Length;
        to %= text.Length;
        length = Math.Min(length, text.Length - at);
        return kind switch
        {
            0 => $"{text[..at]}{put}{text[(at + 1)..]}",
            1 => text.Remove(at, length),
            2 => text.Insert(to, text.Substring(at, length)),
            _ => text.Insert(at, put.ToString()),
        };
    }

    // Puts a value of the file, or an empty one, into the place of another value of it, or takes that away.
    private static string Exchange(string text, int target, int source, int kind)
    {
        JsonNode root = JsonNode.Parse(text)!;
        JsonNode[] all = [.. Descendants(root)];
        JsonNode place = all[target % all.Length];
        JsonNode? value = kind switch
        {
            0 => new JsonArray(),
            1 => new JsonObject(),
            2 => JsonValue.Create(""),
            3 => null,
            4 => JsonValue.Create(true),
            5 => JsonValue.Create(false),
            _ => all[source % all.Length].DeepClone(),
        };
        if (kind == 9 && place.Parent is JsonObject parent) parent.Remove(place.GetPropertyName());
        else if (kind == 9) place.Parent!.AsArray().RemoveAt(place.GetElementIndex());
        else place.ReplaceWith(value);
        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Descendants(child).Prepend(child));
    }

    private static bool Survives(Func<PolicyFile> read)
    {
        try
        {
            return read().RuleSet is not null;
        }
        catch (PolicyException exception)
        {
            return exception.Errors.Count > 0;
        }
    }

    private static IReadOnlyList<PolicyDiagnostic> Errors(string json) => Assert.Throws<PolicyException>(() => PolicySamples.Parse(json)).Errors;

    private static IReadOnlyList<PolicyDiagnostic> LoadErrors(byte[] bytes)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return Assert.Throws<PolicyException>(() => PolicyFile.Load(path)).Errors;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Named(string name) => $$"""{ "Name": "{{name}}", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true } }""";

    private static string Dressed(string fields) => PolicySamples.Rule($$"""
        "Name": "r", "Stage": "Recipient", "Action": "Reject", "When": { "Any": true }, {{fields}}
        """);

    private static string Accepting(string when) => PolicySamples.Rule($$"""
        "Name": "r", "Stage": "Recipient", "Action": "Accept", "When": {{when}}
        """);
}
