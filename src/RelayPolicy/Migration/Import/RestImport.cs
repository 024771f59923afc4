namespace RelayPolicy.Migration;

/// <summary>Reports what an import does not carry over, so that nothing is lost without a word.</summary>
internal sealed class RestImport(ImportContext context)
{
    private const int Shown = 8;

    /// <summary>Reports the settings of the server that no part of a policy is made of.</summary>
    public void Report()
    {
        SettingTable settings = context.Settings;
        if (settings.Take(MetabaseProperty.SmtpDisableRelay) is { } disable)
        {
            context.Findings.Warn(disable.Place, $"its value is {Printable.Escape(disable.Value)}, and what it does is not known", "not carried over", IisCertainty.Unknown, "make sure that the relay rules are as they should be");
        }

        if (settings.Take(MetabaseProperty.EnableReverseDnsLookup) is { } lookup) context.Findings.Note(lookup.Place, "the Received field names the client; nothing is refused for its name", "nothing");
        foreach (string name in new[] { MetabaseProperty.ServerBindings, MetabaseProperty.SecureBindings })
        {
            if (settings.Take(name) is { } bindings) context.Findings.Note(bindings.Place, $"the server listened on {Printable.Escape(bindings.Value)}", "not part of a policy: set the listeners of the new server");
        }

        settings.Take(MetabaseProperty.ServerComment);
        Report(settings);
        foreach (IisSetting setting in context.Server.Elsewhere.Where(setting => MetabaseProperty.FindRead(setting.Name) is not null))
        {
            context.Findings.Warn(setting.Place, "it stands at a key that is neither the server nor one of its domains", "not carried over", IisCertainty.Unknown, "find out what it is for");
        }
    }

    /// <summary>Reports the settings that nobody took.</summary>
    public void Report(SettingTable settings)
    {
        IisSetting[] rest = [.. settings.Rest()];
        IisSetting[] indifferent = [.. rest.Where(setting => MetabaseProperty.IsIndifferent(setting.Name))];
        foreach (IisSetting setting in rest.Except(indifferent))
        {
            context.Findings.Warn(setting.Place, "this setting is not known to the import, so it may concern access or relaying", "not carried over", IisCertainty.Unknown, "find out what it does");
        }

        if (indifferent.Length == 0) return;
        string names = string.Join(", ", indifferent.Take(Shown).Select(setting => Printable.Escape(setting.Name)));
        if (indifferent.Length > Shown) names += $", and {indifferent.Length - Shown} more";
        context.Findings.Note(Printable.Escape(indifferent[0].Location), $"delivery, storage, logging and administration: {names}", "not part of a policy");
    }
}
