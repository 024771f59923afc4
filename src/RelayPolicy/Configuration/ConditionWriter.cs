using System.Text.Json;

namespace RelayPolicy.Configuration;

/// <summary>Writes a condition as a <c>When</c>: as fields of one object where their keys differ, else with <c>AllOf</c>.</summary>
internal sealed class ConditionWriter(Utf8JsonWriter json, ListWriter lists)
{
    /// <summary>Writes the condition as an object.</summary>
    public void Write(Condition condition)
    {
        json.WriteStartObject();
        IReadOnlyList<Condition> parts = condition is AllCondition all ? all.Parts : [condition];
        if (parts.DistinctBy(KeyOf, AsciiComparer.IgnoreCase).Count() == parts.Count)
        {
            foreach (Condition part in parts) WriteField(part);
        }
        else
        {
            WriteConditions(ConditionKeys.AllOf, parts);
        }

        json.WriteEndObject();
    }

    private void WriteField(Condition condition)
    {
        string key = KeyOf(condition);
        if (IsYesNo(condition, out bool holds))
        {
            json.WriteBoolean(key, holds);
        }
        else if (condition is EitherCondition either)
        {
            WriteConditions(key, either.Parts);
        }
        else if (condition is NotCondition not)
        {
            json.WritePropertyName(key);
            Write(not.Operand);
        }
        else
        {
            WriteValue(key, ConditionField.Of((Atom)condition).Value);
        }
    }

    private void WriteConditions(string key, IReadOnlyList<Condition> conditions)
    {
        json.WriteStartArray(key);
        foreach (Condition condition in conditions) Write(condition);
        json.WriteEndArray();
    }

    private static string KeyOf(Condition condition) => condition switch
    {
        _ when IsYesNo(condition, out _) => condition is NotCondition not ? KeyOf(not.Operand) : condition is AnyCondition ? ConditionKeys.Any : ((Atom)condition).Name,
        EitherCondition => ConditionKeys.AnyOf,
        NotCondition => ConditionKeys.Not,
        Atom atom => atom.Name,
        _ => ConditionKeys.AllOf,
    };

    // Whether the condition is a field with true or false behind it.
    private static bool IsYesNo(Condition condition, out bool holds)
    {
        holds = condition is not NotCondition;
        return (condition is NotCondition not ? not.Operand : condition) switch
        {
            AnyCondition => true,
            Atom atom => ConditionField.Of(atom).Field.Value == FieldValue.YesNo,
            _ => false,
        };
    }

    private void WriteValue(string key, object value)
    {
        switch (value)
        {
            case NetworkSet networks: lists.Write(key, networks); break;
            case DomainSet domains: lists.Write(key, domains); break;
            case AddressSet addresses: lists.Write(key, addresses.ToEntries()); break;
            case IEnumerable<string> names: lists.Write(key, names); break;
            case IEnumerable<CertificateFingerprint> fingerprints: lists.Write(key, fingerprints.Select(fingerprint => fingerprint.ToString())); break;
            case CustomCondition custom: json.WriteString(key, custom.CustomName); break;
            default: throw new InvalidOperationException($"The policy file cannot hold a {value.GetType().Name}.");
        }
    }
}
