using RelayPolicy.Iis;

namespace RelayPolicy.Configuration;

/// <summary>Reads the <c>Iis</c> section of a policy file. A key that is not there has the default of a fresh IIS SMTP installation.</summary>
internal sealed class IisReader(PolicyLists lists, PolicyErrors errors)
{
    /// <summary>The settings, or null after an error.</summary>
    public IisSmtpModel? Read(PolicyNode node)
    {
        if (node is not ObjectNode { Fields.Count: > 0 } fields)
        {
            errors.AddKind(node, "an object with the settings of IIS SMTP");
            return null;
        }

        var reader = new ObjectReader(fields, errors);
        var defaults = new IisSmtpModel();
        var model = new IisSmtpModel
        {
            ConnectionControl = ReadList(reader.Take(PolicyKeys.ConnectionControl)) ?? defaults.ConnectionControl,
            Authentication = ReadAuthentication(reader.Take(PolicyKeys.Authentication)) ?? defaults.Authentication,
            RequireTls = reader.TakeBoolean(PolicyKeys.RequireTls) ?? defaults.RequireTls,
            RelayRestrictions = ReadList(reader.Take(PolicyKeys.RelayRestrictions)) ?? defaults.RelayRestrictions,
            AuthenticatedMayRelay = reader.TakeBoolean(PolicyKeys.AuthenticatedMayRelay) ?? defaults.AuthenticatedMayRelay,
            LocalDomains = ReadDomains(reader.Take(PolicyKeys.LocalDomains)),
            AliasDomains = ReadDomains(reader.Take(PolicyKeys.AliasDomains)),
            RemoteDomains = ReadRemoteDomains(reader.Take(PolicyKeys.RemoteDomains)),
            Limits = LimitsReader.Read(reader.Take(PolicyKeys.Limits), errors) ?? defaults.Limits,
            Gateways = (reader.Take(PolicyKeys.Gateways) is { } gateways ? lists.Networks(gateways) : null) ?? NetworkSet.Empty,
        };
        reader.Finish();
        return model;
    }

    private DomainSet ReadDomains(PolicyNode? node) => (node is null ? null : lists.Domains(node)) ?? DomainSet.Empty;

    private IisAuthentication? ReadAuthentication(PolicyNode? node)
    {
        if (node is null || lists.PlainStrings(node) is not { } names) return null;
        IisAuthentication all = IisAuthentication.None;
        foreach (string name in names)
        {
            IisAuthentication[] ways = [.. Enum.GetValues<IisAuthentication>().Where(value => AsciiComparer.IgnoreCase.Equals(value.ToString(), name))];
            if (ways.Length == 0) errors.Add(node, $"\"{Printable.Escape(name)}\" is no way to authenticate", $"write any of {string.Join(", ", Enum.GetNames<IisAuthentication>())}");
            foreach (IisAuthentication way in ways) all |= way;
        }

        return all;
    }

    private IisAccessList? ReadList(PolicyNode? node)
    {
        if (node is null) return null;
        if (node is not ObjectNode fields)
        {
            errors.AddKind(node, "a list with Mode and Entries");
            return null;
        }

        var reader = new ObjectReader(fields, errors);
        IisListMode? mode = reader.RequireEnum<IisListMode>(PolicyKeys.Mode);
        PolicyNode? entries = reader.Require(PolicyKeys.Entries);
        bool allowEmpty = reader.TakeBoolean(PolicyKeys.AllowEmpty) ?? false;
        reader.Finish();
        if (mode is null || entries is null || ReadEntries(entries, allowEmpty) is not { } list) return null;
        try
        {
            return new IisAccessList(mode.Value, list);
        }
        catch (EntryListException exception)
        {
            errors.AddEntries(entries, exception.Errors);
            return null;
        }
    }

    private List<IisListEntry>? ReadEntries(PolicyNode node, bool allowEmpty)
    {
        if (node is EmptyNode && allowEmpty) return [];
        if (node is not ArrayNode array || (array.Items.Count == 0 && !allowEmpty))
        {
            errors.AddKind(node, "an array of entries that is not empty (or \"AllowEmpty\": true beside it, if it is meant to be)");
            return null;
        }

        int before = errors.All.Count;
        List<IisListEntry> entries = [.. array.Items.Select(ReadEntry).OfType<IisListEntry>()];
        return errors.All.Count > before ? null : entries;
    }

    private IisListEntry? ReadEntry(PolicyNode node)
    {
        if (node is ObjectNode { Fields: [var (key, value)] } && value is StringNode text)
        {
            foreach (IisEntryKind kind in Enum.GetValues<IisEntryKind>())
            {
                if (!AsciiComparer.IgnoreCase.Equals(kind.ToString(), key)) continue;
                if (IisListEntry.TryCreate(kind, text.Value, out IisListEntry? entry, out EntryError error)) return entry;
                errors.Add(value, $"\"{error.Entry}\": {error.Problem}", error.Mend);
                return null;
            }
        }

        errors.Add(node, "it is no entry of a list", "write { \"Computer\": \"192.0.2.7\" }, { \"Group\": \"192.0.2.0 255.255.255.0\" } or { \"Domain\": \"example.com\" }");
        return null;
    }

    private List<IisRemoteDomain> ReadRemoteDomains(PolicyNode? node)
    {
        if (node is null) return [];
        if (node is ArrayNode { Items.Count: > 0 } array) return [.. array.Items.Select(ReadRemoteDomain).OfType<IisRemoteDomain>()];
        errors.AddKind(node, "an array of remote domains that is not empty");
        return [];
    }

    private IisRemoteDomain? ReadRemoteDomain(PolicyNode node)
    {
        if (node is not ObjectNode fields)
        {
            errors.AddKind(node, "a remote domain: { \"Name\": \"example.com\", \"AllowRelay\": true }");
            return null;
        }

        var reader = new ObjectReader(fields, errors);
        string? name = reader.RequireString(PolicyKeys.Name);
        bool allowRelay = reader.TakeBoolean(PolicyKeys.AllowRelay) ?? false;
        reader.Finish();
        if (name is null) return null;
        if (DomainSet.TryParse([name], out _, out IReadOnlyList<EntryError> faults)) return new IisRemoteDomain(name, allowRelay);
        foreach (EntryError fault in faults) errors.Add(node, $"\"{fault.Entry}\": {fault.Problem}", fault.Mend);
        return null;
    }
}
