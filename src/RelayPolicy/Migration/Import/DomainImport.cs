using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Imports the domains of a server by their RouteAction.</summary>
internal sealed class DomainImport(ImportContext context)
{
    private const uint Drop = 0x1, SmartHost = 0x2, Alias = 0x10, Deliver = 0x20, Default = 0x40, Etrn = 0x200, IpRelay = 0x400, AuthRelay = 0x800, DomainRelay = 0x1000;
    private const uint Local = Drop | Alias | Deliver | Default;
    private const uint Known = Local | SmartHost | Etrn | IpRelay | AuthRelay | DomainRelay;
    private const string Wildcard = "*.";

    private static readonly Dictionary<string, uint> NoNames = [];

    private readonly List<string> _local = [];
    private readonly List<string> _aliases = [];
    private readonly List<IisRemoteDomain> _remote = [];

    /// <summary>The model with the domains of the server.</summary>
    public IisSmtpModel AddTo(IisSmtpModel model)
    {
        foreach (IisDomain domain in context.Server.Domains) Read(domain);
        ReportDefaultDomain();
        string place = $"{Printable.Escape(context.Server.Location)}/Domain";
        if (_local.Count + _aliases.Count > 0) context.Findings.Note(place, $"{_local.Count} local domains and {_aliases.Count} aliases: everybody who can send reaches them", "local domains");
        else context.Findings.Warn(place, "there is no local domain", "no mail is taken in", IisCertainty.Documented, "name the domains whose mail this server takes in, unless it only relays");
        context.Comments[IisRuleNames.LocalDomains] = $"{place}: {_local.Count} local domains and {_aliases.Count} aliases";
        context.Comments[IisRuleNames.RemoteDomains] = $"{place}: \"Allow incoming mail to be relayed to this domain\"";
        return model with { LocalDomains = DomainSet.Parse(_local), AliasDomains = DomainSet.Parse(_aliases), RemoteDomains = _remote };
    }

    private void Read(IisDomain domain)
    {
        var settings = new SettingTable(domain.Location, domain.Settings);
        string place = settings.PlaceOf(MetabaseProperty.RouteAction);
        IisSetting? setting = settings.Take(MetabaseProperty.RouteAction);
        if (setting?.Problem is { } problem) Refuse(place, problem);
        else if (!DomainSet.TryParse([domain.Name], out _, out IReadOnlyList<EntryError> errors)) Refuse(place, errors[0].ToString());
        else if (!FlagText.TryParseFlags(setting?.Value ?? "", NoNames, out uint action, out _, out _) || (action & ~Known) != 0) Refuse(place, $"RouteAction {Printable.Escape(setting!.Value)} is not known");
        else if ((action & Local) != 0 && (action & SmartHost) != 0) Refuse(place, $"RouteAction {Printable.Escape(setting!.Value)} is local and remote at once");
        else Add(domain.Name, action, place);
        new RestImport(context).Report(settings);
    }

    private void Add(string name, uint action, string place)
    {
        bool isLocal = (action & Local) != 0;
        if ((action & (IpRelay | AuthRelay)) != 0) context.Findings.Warn(place, $"bits 0x{action & (IpRelay | AuthRelay):x} ask for a check of the client of their own", "not carried over; the rules of the server hold", IisCertainty.Inferred, "make a rule for this domain if it needs one");
        if ((action & Drop) != 0) context.Findings.Warn(place, $"mail to {name} is taken and thrown away", "a local domain", IisCertainty.Documented, "throw its mail away in the new server too, or refuse it");
        bool mayRelay = !isLocal && (action & DomainRelay) != 0;
        if (mayRelay) mayRelay = TrustRelay(name, place);
        if (isLocal) ((action & Alias) != 0 ? _aliases : _local).AddRange(WithDomain(name, place));
        else _remote.AddRange(WithDomain(name, mayRelay ? place : null).Select(remote => new IisRemoteDomain(remote, mayRelay)));
        if (!isLocal && !mayRelay && (action & DomainRelay) == 0) context.Findings.Note(place, $"{name} is a remote domain", "nothing: it grants no relaying");
    }

    private bool TrustRelay(string name, string place)
    {
        const string meaning = "bit 0x1000 is taken for \"Allow incoming mail to be relayed to this domain\": everybody who can send relays to";
        if (context.Options.TrustGuesses) context.Findings.Warn(place, $"{meaning} {name}", "a rule that accepts it from everybody", IisCertainty.Guessed, "compare with the properties of the domain on the old server");
        else context.Findings.Refuse(place, $"{meaning} {name}", "no rule, as it is a guess", $"compare with the properties of the domain on the old server, then use the option {OptionName.TrustGuesses}", IisCertainty.Guessed);
        return context.Options.TrustGuesses;
    }

    // A wildcard that grants nothing leaves no choice to report.
    private string[] WithDomain(string name, string? place)
    {
        if (!name.StartsWith(Wildcard, StringComparison.Ordinal)) return [name];
        bool includes = context.Options.WildcardIncludesDomain;
        string domain = name[Wildcard.Length..];
        if (place is not null) context.Findings.Warn(place, $"whether {name} includes {domain} is not documented", includes ? "included, as asked for" : "not included", IisCertainty.Guessed, $"the option {OptionName.WildcardIncludesDomain} decides");
        return includes ? [name, domain] : [name];
    }

    private void ReportDefaultDomain()
    {
        if (context.Settings.Take(MetabaseProperty.DefaultDomain) is not { } setting) return;
        if (_local.Concat(_aliases).Contains(setting.Value.Trim(), AsciiComparer.IgnoreCase)) context.Findings.Note(setting.Place, "the default domain", "a local domain, as its key says");
        else context.Findings.Warn(setting.Place, $"the default domain is {Printable.Escape(setting.Value)}, but there is no key that makes it local", "not a local domain", IisCertainty.Unknown, "add it to LocalDomains if this server takes its mail in");
    }

    private void Refuse(string place, string problem) =>
        context.Findings.Refuse(place, $"what becomes of mail to this domain cannot be understood: {problem}", "neither local nor relayed to", "add the domain to LocalDomains, or a rule that relays to it, if it needs one");
}
