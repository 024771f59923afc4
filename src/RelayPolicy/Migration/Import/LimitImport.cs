namespace RelayPolicy.Migration;

/// <summary>Imports the limits, which the host keeps.</summary>
internal sealed class LimitImport(ImportContext context)
{
    public SmtpLimits Read()
    {
        var usual = new SmtpLimits();
        return new SmtpLimits
        {
            MaxMessageSize = Read(MetabaseProperty.MaxMessageSize, "octets a message", usual.MaxMessageSize),
            MaxSessionSize = Read(MetabaseProperty.MaxSessionSize, "octets a session", usual.MaxSessionSize),
            MaxRecipients = (int?)Read(MetabaseProperty.MaxRecipients, "recipients a message", usual.MaxRecipients),
            MaxHops = (int?)Read(MetabaseProperty.HopCount, "hops", usual.MaxHops),
            MaxConnections = (int?)Read(MetabaseProperty.MaxConnections, "connections", usual.MaxConnections),
        };
    }

    private long? Read(string name, string unit, long? usual)
    {
        if (context.Settings.Take(name) is not { } setting) return usual;
        bool isNumber = FlagText.TryParseNumber(setting.Value, out uint limit) && setting.Problem is null;
        if (isNumber && limit is > 0 and <= int.MaxValue)
        {
            context.Findings.Note(setting.Place, $"at most {limit} {unit}", $"the limit {limit}");
            return limit;
        }

        string kept = usual is { } count ? $"the usual limit {count}" : "no limit";
        string problem = setting.Problem ?? $"{Printable.Escape(setting.Value)} is no limit whose meaning is documented";
        context.Findings.Warn(setting.Place, problem, kept, IisCertainty.Unknown, "set the limit in the new server");
        return usual;
    }
}
