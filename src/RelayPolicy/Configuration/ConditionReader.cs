using System.Collections.Immutable;

namespace RelayPolicy.Configuration;

/// <summary>Reads a <c>When</c>: fields joined by AND, and <c>AllOf</c>, <c>AnyOf</c>, <c>Not</c> and <c>Any</c> among them.</summary>
internal sealed class ConditionReader(PolicyLists lists, IReadOnlyList<CustomCondition> customs, PolicyErrors errors)
{
    /// <summary>The condition, or null after an error.</summary>
    public Condition? Read(PolicyNode node)
    {
        if (node is not ObjectNode { Fields.Count: > 0 } when)
        {
            errors.AddKind(node, "an object with at least one field; { \"Any\": true } always holds");
            return null;
        }

        var parts = new List<Condition?>();
        var seen = new HashSet<string>(AsciiComparer.IgnoreCase);
        foreach ((string key, PolicyNode value) in when.Fields)
        {
            if (!seen.Add(key)) errors.Add(value, "the key is there twice", "put the alternatives into AnyOf, or the demands into AllOf");
            parts.Add(ReadField(key, value));
        }

        return Join(parts, AllCondition.Join);
    }

    private Condition? ReadField(string key, PolicyNode value)
    {
        if (Is(key, ConditionKeys.Any)) return YesNo(Condition.Any, value);
        if (Is(key, ConditionKeys.Not)) return Read(value) is { } operand ? !operand : null;
        if (Is(key, ConditionKeys.AllOf)) return ReadAlternatives(value, AllCondition.Join);
        if (Is(key, ConditionKeys.AnyOf)) return ReadAlternatives(value, EitherCondition.Join);
        ConditionField? field = ConditionField.All.FirstOrDefault(candidate => Is(key, candidate.Name));
        if (field is null)
        {
            errors.Add(value, "the key is unknown", $"write one of {string.Join(", ", ConditionKeys.All)}");
            return null;
        }

        if (field.Value == FieldValue.YesNo) return YesNo(field.Create(null), value);
        return ReadValue(field.Value, value) is { } argument ? field.Create(argument) : null;
    }

    private object? ReadValue(FieldValue kind, PolicyNode value) => kind switch
    {
        FieldValue.Networks => lists.Networks(value),
        FieldValue.Domains => lists.Domains(value),
        FieldValue.Addresses => lists.Addresses(value),
        FieldValue.Names => lists.Strings(value),
        FieldValue.Fingerprints => ReadFingerprints(value),
        _ => ReadCustom(value),
    };

    private Condition? ReadAlternatives(PolicyNode value, Func<ImmutableArray<Condition>, Condition> join)
    {
        if (value is ArrayNode { Items.Count: > 0 } array) return Join([.. array.Items.Select(Read)], join);
        errors.AddKind(value, "an array of conditions that is not empty");
        return null;
    }

    private Condition? YesNo(Condition condition, PolicyNode value)
    {
        if (value.Boolean is { } holds) return holds ? condition : !condition;
        errors.AddKind(value, "true or false");
        return null;
    }

    private List<CertificateFingerprint>? ReadFingerprints(PolicyNode value)
    {
        if (lists.Strings(value) is not { } texts) return null;
        var fingerprints = new List<CertificateFingerprint>();
        foreach (string text in texts)
        {
            if (CertificateFingerprint.TryParse(text, out CertificateFingerprint fingerprint)) fingerprints.Add(fingerprint);
            else errors.Add(value, $"\"{Printable.Escape(text)}\" is no SHA-256 fingerprint", "write 64 hexadecimal digits, with or without colons between pairs");
        }

        return fingerprints.Count == texts.Count ? fingerprints : null;
    }

    private CustomCondition? ReadCustom(PolicyNode value)
    {
        if (value is not StringNode name)
        {
            errors.AddKind(value, "the name of a custom condition");
            return null;
        }

        CustomCondition? custom = customs.FirstOrDefault(candidate => Is(candidate.CustomName, name.Value));
        if (custom is null) errors.Add(value, $"no custom condition \"{Printable.Escape(name.Value)}\" is registered", "register it with the application, or correct the name");
        return custom;
    }

    private static Condition? Join(List<Condition?> parts, Func<ImmutableArray<Condition>, Condition> join) =>
        parts.Contains(null) ? null : join([.. parts.OfType<Condition>()]);

    private static bool Is(string key, string name) => AsciiComparer.IgnoreCase.Equals(key, name);
}

/// <summary>The keys of a <c>When</c> that are no atoms.</summary>
internal static class ConditionKeys
{
    public const string Any = "Any";
    public const string Not = "Not";
    public const string AllOf = "AllOf";
    public const string AnyOf = "AnyOf";

    /// <summary>All keys of a <c>When</c>.</summary>
    public static IEnumerable<string> All => ConditionField.All.Select(atom => atom.Name).Concat([Any, AllOf, AnyOf, Not]);
}
