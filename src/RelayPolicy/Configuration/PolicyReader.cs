using RelayPolicy.Iis;

namespace RelayPolicy.Configuration;

/// <summary>Reads a whole policy from its tree. It goes on after an error, so that all of them are found at once.</summary>
internal sealed class PolicyReader
{
    private readonly PolicyErrors _errors = new();
    private readonly ListFileReader _files;
    private readonly PolicyLists _lists;
    private readonly ConditionReader _conditions;

    private PolicyReader(IReadOnlyList<CustomCondition> customs, PolicySources sources)
    {
        _files = new ListFileReader(sources, _errors);
        _lists = new PolicyLists(_errors, _files);
        _conditions = new ConditionReader(_lists, customs, _errors);
    }

    /// <summary>The policy, or null and what is wrong with it.</summary>
    public static (PolicyFile? File, IReadOnlyList<PolicyDiagnostic> Errors) Read(PolicyNode root, IReadOnlyList<CustomCondition> customs, PolicySources sources)
    {
        var reader = new PolicyReader(customs, sources);
        PolicyFile? file = reader.Read(root);
        return reader._errors.IsEmpty ? (file, []) : (null, reader._errors.All);
    }

    private PolicyFile? Read(PolicyNode root)
    {
        if (root is not ObjectNode node)
        {
            _errors.AddKind(root, "an object with the keys of a policy");
            return null;
        }

        var reader = new ObjectReader(node, _errors);
        reader.TakeString(PolicyKeys.Schema);
        PolicyNode? iis = reader.Take(PolicyKeys.Iis);
        PolicyFile? file = iis is null ? ReadRules(reader, node) : ReadIis(iis);
        reader.Finish();
        return file;
    }

    private PolicyFile? ReadIis(PolicyNode node) =>
        new IisReader(_lists, _errors).Read(node) is { } model && _errors.IsEmpty ? new PolicyFile(model) { Files = _files.Files } : null;

    private PolicyFile? ReadRules(ObjectReader reader, ObjectNode root)
    {
        _lists.ReadNamedNetworks(reader.Take(PolicyKeys.Networks));
        _lists.ReadNamedDomains(reader.Take(PolicyKeys.Domains));
        IEqualityComparer<string> names = reader.TakeEnum<NameComparison>(PolicyKeys.NameComparison) == NameComparison.Ordinal
            ? StringComparer.Ordinal
            : StringComparer.OrdinalIgnoreCase;
        var options = new RelayRuleSetOptions
        {
            LocalDomains = (reader.Take(PolicyKeys.LocalDomains) is { } local ? _lists.Domains(local) : null) ?? DomainSet.Empty,
            Gateways = (reader.Take(PolicyKeys.Gateways) is { } gateways ? _lists.Networks(gateways) : null) ?? NetworkSet.Empty,
            SenderOwnership = ReadOwnership(reader.Take(PolicyKeys.SenderOwnership), names),
            RoutedRecipients = reader.TakeEnum<RoutedRecipients>(PolicyKeys.RoutedRecipients) ?? RoutedRecipients.Refuse,
            NameComparer = names,
            RefusalReply = ReadReply(reader.Take(PolicyKeys.RefusalReply)) ?? default,
        };
        SmtpLimits? limits = LimitsReader.Read(reader.Take(PolicyKeys.Limits), _errors);
        List<(RelayRule Rule, string Place)> rules = ReadRules(reader.Require(PolicyKeys.Rules));
        if (RelayRuleSet.TryCreate(rules.Select(rule => rule.Rule), options, out RelayRuleSet? ruleSet, out IReadOnlyList<PolicyDiagnostic> faults))
        {
            return _errors.IsEmpty ? new PolicyFile(ruleSet, limits, _lists.NamedNetworks, _lists.NamedDomains) { Files = _files.Files } : null;
        }

        // The rule set names its rules; the file has a place for each.
        var places = new Dictionary<string, string>();
        for (int i = 0; i < rules.Count; i++) places.TryAdd(RuleSetValidator.PlaceOf(rules[i].Rule, i), rules[i].Place);
        foreach (PolicyDiagnostic fault in faults) _errors.Add($"{places.GetValueOrDefault(fault.Place, root.Place.Length == 0 ? "/" : root.Place)} ({fault.Place})", fault.Problem, fault.Mend);
        return null;
    }

    private List<(RelayRule Rule, string Place)> ReadRules(PolicyNode? node)
    {
        var rules = new List<(RelayRule Rule, string Place)>();
        if (node is null) return rules;
        if (node is not ArrayNode { Items.Count: > 0 } array)
        {
            _errors.AddKind(node, "an array of rules that is not empty");
            return rules;
        }

        foreach (PolicyNode item in array.Items)
        {
            if (ReadRule(item) is { } rule) rules.Add((rule, item.Place));
        }

        return rules;
    }

    private RelayRule? ReadRule(PolicyNode node)
    {
        if (node is not ObjectNode fields)
        {
            _errors.AddKind(node, "a rule: an object with Name, Stage, Action and When");
            return null;
        }

        var reader = new ObjectReader(fields, _errors);
        string? name = reader.RequireString(PolicyKeys.Name);
        string? comment = reader.TakeString(PolicyKeys.Comment);
        RelayStage? stage = reader.RequireEnum<RelayStage>(PolicyKeys.Stage);
        RuleAction? action = reader.RequireEnum<RuleAction>(PolicyKeys.Action);
        Condition? condition = reader.Require(PolicyKeys.When) is { } when ? _conditions.Read(when) : null;
        SmtpReply? reply = ReadReply(reader.Take(PolicyKeys.Reply));
        bool auditOnly = reader.TakeBoolean(PolicyKeys.AuditOnly) ?? false;
        DateTimeOffset? notBefore = reader.TakeInstant(PolicyKeys.NotBefore);
        DateTimeOffset? notAfter = reader.TakeInstant(PolicyKeys.NotAfter);
        bool acceptsFromAnyone = reader.TakeBoolean(PolicyKeys.AcceptsFromAnyone) ?? false;
        reader.Finish();
        if (name is null || stage is null || action is null || condition is null) return null;
        return new RelayRule(name, stage.Value, condition, action.Value)
        {
            Reply = reply,
            AuditOnly = auditOnly,
            NotBefore = notBefore,
            NotAfter = notAfter,
            AcceptsFromAnyone = acceptsFromAnyone,
            Comment = comment,
        };
    }

    private SmtpReply? ReadReply(PolicyNode? node)
    {
        if (node is null) return null;
        if (node is not StringNode text) _errors.AddKind(node, "a reply such as \"550 5.7.1 Relaying denied\"");
        else if (SmtpReply.TryParse(text.Value, out SmtpReply reply, out string problem)) return reply;
        else _errors.Add(node, $"\"{Printable.Escape(text.Value)}\": {problem}", "write a reply such as \"550 5.7.1 Relaying denied\"");
        return null;
    }

    // A user can be called File, but has an array of senders.
    private static bool IsOwnershipFile(PolicyNode node) =>
        node is ObjectNode users && users.Fields.Any(field => AsciiComparer.IgnoreCase.Equals(field.Key, PolicyKeys.File) && field.Value is StringNode);

    private SenderOwnership ReadOwnership(PolicyNode? node, IEqualityComparer<string> names)
    {
        if (node is null) return SenderOwnership.Empty;
        if (IsOwnershipFile(node)) return _files.Ownership(node, names) ?? SenderOwnership.Empty;
        if (node is not ObjectNode { Fields.Count: > 0 } users)
        {
            _errors.AddKind(node, "an object of users, each with the senders that it owns");
            return SenderOwnership.Empty;
        }

        var entries = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach ((string user, PolicyNode list) in users.Fields)
        {
            if (_lists.PlainStrings(list) is { } owned) entries.Add(KeyValuePair.Create(user, owned));
        }

        if (SenderOwnership.TryCreate(entries, out SenderOwnership? ownership, out IReadOnlyList<EntryError> faults, names)) return ownership;
        foreach (EntryError fault in faults) _errors.Add(node, $"\"{fault.Entry}\": {fault.Problem}", fault.Mend);
        return SenderOwnership.Empty;
    }
}
