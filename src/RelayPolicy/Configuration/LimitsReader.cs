namespace RelayPolicy.Configuration;

/// <summary>Reads the limits of a policy file.</summary>
internal static class LimitsReader
{
    /// <summary>The limits, or null if there are none or after an error. A limit that is not there has its usual value.</summary>
    public static SmtpLimits? Read(PolicyNode? node, PolicyErrors errors)
    {
        if (node is null) return null;
        if (node is not ObjectNode { Fields.Count: > 0 } fields)
        {
            errors.AddKind(node, "an object with limits");
            return null;
        }

        var reader = new ObjectReader(fields, errors);
        var defaults = new SmtpLimits();
        var limits = new SmtpLimits
        {
            MaxMessageSize = reader.TakeLimit(PolicyKeys.MaxMessageSize, long.MaxValue, defaults.MaxMessageSize),
            MaxSessionSize = reader.TakeLimit(PolicyKeys.MaxSessionSize, long.MaxValue, defaults.MaxSessionSize),
            MaxRecipients = (int?)reader.TakeLimit(PolicyKeys.MaxRecipients, int.MaxValue, defaults.MaxRecipients),
            MaxHops = (int?)reader.TakeLimit(PolicyKeys.MaxHops, int.MaxValue, defaults.MaxHops),
            MaxConnections = (int?)reader.TakeLimit(PolicyKeys.MaxConnections, int.MaxValue, defaults.MaxConnections),
        };
        reader.Finish();
        return limits;
    }
}
