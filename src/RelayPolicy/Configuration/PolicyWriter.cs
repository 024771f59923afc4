using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RelayPolicy.Configuration;

/// <summary>Writes a policy as JSON.</summary>
internal sealed class PolicyWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonPolicyTree.MaxDepth };

    private readonly Utf8JsonWriter _json;
    private readonly ListWriter _lists;
    private readonly ConditionWriter _conditions;

    private PolicyWriter(Utf8JsonWriter json, IReadOnlyDictionary<object, ListFile> files)
    {
        _json = json;
        _lists = new ListWriter(json, files);
        _conditions = new ConditionWriter(json, _lists);
    }

    public static string Write(PolicyFile file)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            var writer = new PolicyWriter(json, file.Files);
            json.WriteStartObject();
            if (file.Iis is { } iis) new IisWriter(json, writer._lists).Write(iis);
            else writer.WriteRules(file);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private void WriteRules(PolicyFile file)
    {
        RelayRuleSetOptions options = file.RuleSet.Options;
        foreach (object set in SetsOf(file)) _lists.Register(set);
        _lists.WriteNamed();
        if (!options.LocalDomains.IsEmpty || _lists.HasFile(options.LocalDomains)) _lists.Write(PolicyKeys.LocalDomains, options.LocalDomains);
        if (!options.Gateways.IsEmpty || _lists.HasFile(options.Gateways)) _lists.Write(PolicyKeys.Gateways, options.Gateways);
        WriteOwnership(options.SenderOwnership);
        if (options.RoutedRecipients != RoutedRecipients.Refuse) _json.WriteString(PolicyKeys.RoutedRecipients, options.RoutedRecipients.ToString());
        if (options.NameComparer.Equals(StringComparer.Ordinal)) _json.WriteString(PolicyKeys.NameComparison, NameComparison.Ordinal.ToString());
        if (options.RefusalReply != default) _json.WriteString(PolicyKeys.RefusalReply, options.RefusalReply.ToString());
        if (file.Limits is { } limits) LimitsWriter.Write(_json, limits);
        _json.WriteStartArray(PolicyKeys.Rules);
        foreach (RelayRule rule in file.RuleSet.Rules) WriteRule(rule);
        _json.WriteEndArray();
    }

    private static IEnumerable<object> SetsOf(PolicyFile file) =>
    [
        .. file.NamedNetworks,
        .. file.NamedDomains,
        file.RuleSet.Options.LocalDomains,
        file.RuleSet.Options.Gateways,
        .. file.RuleSet.Rules.SelectMany(rule => rule.Condition.Atoms()).Select(part => ConditionField.Of(part.Atom).Value),
    ];

    private void WriteOwnership(SenderOwnership ownership)
    {
        if (_lists.HasFile(ownership))
        {
            _lists.WriteFile(PolicyKeys.SenderOwnership, ownership);
            return;
        }

        KeyValuePair<string, IReadOnlyList<string>>[] users = [.. ownership.Entries];
        if (users.Length == 0) return;
        _json.WriteStartObject(PolicyKeys.SenderOwnership);
        foreach ((string user, IReadOnlyList<string> entries) in users) _lists.Write(user, entries);
        _json.WriteEndObject();
    }

    private void WriteRule(RelayRule rule)
    {
        _json.WriteStartObject();
        _json.WriteString(PolicyKeys.Name, rule.Name);
        if (rule.Comment is { } comment) _json.WriteString(PolicyKeys.Comment, comment);
        _json.WriteString(PolicyKeys.Stage, rule.Stage.ToString());
        _json.WriteString(PolicyKeys.Action, rule.Action.ToString());
        _json.WritePropertyName(PolicyKeys.When);
        _conditions.Write(rule.Condition);
        if (rule.Reply is { } reply) _json.WriteString(PolicyKeys.Reply, reply.ToString());
        if (rule.AuditOnly) _json.WriteBoolean(PolicyKeys.AuditOnly, value: true);
        if (rule.NotBefore is { } from) _json.WriteString(PolicyKeys.NotBefore, InstantText.Print(from));
        if (rule.NotAfter is { } to) _json.WriteString(PolicyKeys.NotAfter, InstantText.Print(to));
        if (rule.AcceptsFromAnyone) _json.WriteBoolean(PolicyKeys.AcceptsFromAnyone, value: true);
        _json.WriteEndObject();
    }
}
