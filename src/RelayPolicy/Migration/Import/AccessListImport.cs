using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Imports the two lists of clients: connection control and relay restrictions.</summary>
internal sealed class AccessListImport(ImportContext context)
{
    private const string LookAgain = "compare the list with the dialogue of the old server, or export it by Export-IisSmtpPolicy.ps1, which leaves nothing to infer";
    private const int Shown = 5;

    private static readonly IisAccessList Everybody = new(IisListMode.AllExceptTheList);
    private static readonly IisAccessList Nobody = new(IisListMode.OnlyTheList);

    public IisAccessList ReadConnectionControl()
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.IpSecurity);
        IisAccessList list = ReadConnectionControl(context.Settings.Take(MetabaseProperty.IpSecurity), place);
        context.Comments.TryAdd(IisRuleNames.ConnectionControl, $"{place}: {list}");
        return list;
    }

    public IisAccessList ReadRelayRestrictions()
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.RelayIpList);
        IisAccessList list = ReadRelayRestrictions(context.Settings.Take(MetabaseProperty.RelayIpList), place);
        context.Comments.TryAdd(IisRuleNames.RelayRestrictions, $"{place}: {list}");
        return list;
    }

    private IisAccessList ReadConnectionControl(IisSetting? setting, string place)
    {
        if (setting is null)
        {
            context.Findings.Note(place, "not set: everybody may connect", "no rule");
            return Everybody;
        }

        IpSecurityReading reading = Read(setting);
        if (reading.List is not { } list)
        {
            context.Findings.Refuse(place, $"the list of who may connect cannot be understood: {reading.Problem}", "nobody may connect", "export the list by Export-IisSmtpPolicy.ps1, or write the connection control anew");
            context.Comments[IisRuleNames.ConnectionControl] = $"{place} cannot be understood, so nobody may connect";
            return Nobody;
        }

        // The empty value is documented for the relay list alone.
        bool isEmptyValue = setting.Exported is null && setting.Value.Length == 0;
        string outcome = list.Equals(Everybody) ? "everybody may connect" : list.Equals(Nobody) ? "nobody may connect" : "a rule with these entries";
        context.Findings.Take(place, list.ToString(), outcome, isEmptyValue ? IisCertainty.Inferred : IisCertainty.Seen, LookAgain);
        ReportEntries(place, list, reading.Remarks);
        return list;
    }

    private IisAccessList ReadRelayRestrictions(IisSetting? setting, string place)
    {
        if (setting is null)
        {
            context.Findings.Note(place, "not set: \"Only the list below\" with nobody in it", "no client relays because of its address");
            return Nobody;
        }

        IpSecurityReading reading = Read(setting);
        if (reading.List is not { } list)
        {
            context.Findings.Refuse(place, $"the list of who may relay cannot be understood: {reading.Problem}", "no client relays because of its address", "export the list by Export-IisSmtpPolicy.ps1, or write the relay restrictions anew");
            return Nobody;
        }

        if (list.Mode == IisListMode.OnlyTheList) context.Findings.Note(place, list.ToString(), list.Equals(Nobody) ? "no client relays because of its address" : "a rule with these entries", IisCertainty.Seen);
        else if (!StaysOpen(setting, place, list)) return Nobody;
        ReportEntries(place, list, reading.Remarks);
        return list;
    }

    private bool StaysOpen(IisSetting setting, string place, IisAccessList list)
    {
        string exceptions = list.Entries.Count switch { 0 => "nobody", 1 => "1 entry", var count => $"{count} entries" };
        string meaning = $"\"All except the list below\" with {exceptions} in it: AN OPEN RELAY, anybody who can connect sends mail to anywhere";
        const string mend = $"close it by the option {OptionName.CloseOpenRelay}, which chooses \"Only the list below\", and list who may relay";
        if (list.Entries.Count == 0 && setting.Exported is null) meaning += "; RelayIpList=\"\" is a widely copied repair for a crash of the management console";
        if (context.Options.CloseOpenRelay)
        {
            context.Findings.Danger(place, meaning, "closed as asked for: no client relays because of its address", IisCertainty.Documented, "list who may relay");
            return false;
        }

        if (list.Entries.Count == 0 && setting.Exported is not null && !context.Options.TrustGuesses)
        {
            context.Findings.Refuse(place, meaning + ", unless the list is not set at all, which an export may not tell apart", "no client relays because of its address", $"see whether MetaBase.xml holds RelayIpList; the option {OptionName.TrustGuesses} keeps the relay open", IisCertainty.Guessed);
            return false;
        }

        context.Findings.Danger(place, meaning, "the policy is as open: every IPv4 client that is not listed relays", list.Entries.Count == 0 ? IisCertainty.Documented : IisCertainty.Inferred, mend);
        return true;
    }

    private void ReportEntries(string place, IisAccessList list, IReadOnlyList<IpSecurityRemark> remarks)
    {
        foreach (IGrouping<IisCertainty, IpSecurityRemark> same in remarks.GroupBy(remark => remark.Certainty))
        {
            context.Findings.Take(place, Join("; ", same.Select(remark => remark.Text)), "taken so", same.Key, LookAgain);
        }

        ReportNames(place, list);
        ReportStale(place, "the same entry is there more than once", StaleEntries.Repeated(list));
        ReportStale(place, "another entry covers it already", StaleEntries.Covered(list), "its clients are in the entry that covers it");
        string bindings = $"{context.Settings.Take(MetabaseProperty.ServerBindings)?.Value} {context.Settings.Take(MetabaseProperty.SecureBindings)?.Value}";
        if (StaleEntries.IsPublic(bindings)) ReportStale(place, "a private address, while the server listens on the Internet", StaleEntries.Private(list));
    }

    private void ReportNames(string place, IisAccessList list)
    {
        string[] names = [.. list.Entries.Where(entry => entry.Kind == IisEntryKind.Domain).Select(entry => entry.ToString())];
        if (names.Length == 0) return;
        context.Findings.Warn(place, $"domains in a list of clients: {Join(", ", names)}", "they match confirmed host names only, so every client needs a reverse and a forward DNS lookup", IisCertainty.Documented, "list addresses instead");
    }

    private void ReportStale(string place, string why, IReadOnlyList<IisListEntry> entries, string became = "kept")
    {
        if (entries.Count > 0) context.Findings.Warn(place, $"{why}: {Join(", ", entries.Select(entry => entry.ToString()))}", became, IisCertainty.Documented, "ask whether these clients are still there");
    }

    private static IpSecurityReading Read(IisSetting setting) =>
        setting.Problem is { } problem ? IpSecurityReading.Refused(problem) : setting.Exported ?? IpSecurityList.Parse(setting.Value);

    private static string Join(string separator, IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        return string.Join(separator, all.Take(Shown)) + (all.Length > Shown ? $"{separator}and {all.Length - Shown} more" : "");
    }
}
