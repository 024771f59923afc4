namespace RelayPolicy;

/// <summary>Checks the rules of a set. It finds everything that is wrong, and names the rule and the mend each time.</summary>
internal sealed class RuleSetValidator
{
    private const RelayFacts ConnectFacts = RelayFacts.ClientAddress | RelayFacts.HostName | RelayFacts.Listener | RelayFacts.Provenance;
    private const RelayFacts SenderFacts =
        ConnectFacts | RelayFacts.Tls | RelayFacts.Identity | RelayFacts.Sender | RelayFacts.Ownership | RelayFacts.Locality;

    private readonly List<PolicyDiagnostic> _errors = [];
    private readonly List<PolicyDiagnostic> _warnings = [];
    private readonly RelayRuleSetOptions _options;

    private RuleSetValidator(RelayRuleSetOptions options) => _options = options;

    public static (IReadOnlyList<PolicyDiagnostic> Errors, IReadOnlyList<PolicyDiagnostic> Warnings) Check(
        IReadOnlyList<RelayRule?> rules, RelayRuleSetOptions options)
    {
        var validator = new RuleSetValidator(options);
        validator.CheckOptions();
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i] is { } rule) validator.CheckRule(rule, i);
            else validator.Error($"rule {i}", "it is null", "leave it out");
        }

        validator.CheckNames([.. rules.OfType<RelayRule>()]);
        validator.CheckCustomNames([.. rules.OfType<RelayRule>().Where(rule => rule.Condition is { Depth: <= Condition.MaxDepth })]);
        bool grants = rules.Any(rule => rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept, AuditOnly: false });
        if (!grants) validator.Warn("rules", "no rule at Recipient accepts, so every recipient is refused", "add one if that is not meant");
        return (validator._errors, validator._warnings);
    }

    /// <summary>How the diagnostics name a rule: by its name, or by its place in the list if it has none.</summary>
    public static string PlaceOf(RelayRule rule, int index) => string.IsNullOrWhiteSpace(rule.Name) ? $"rule {index}" : $"rule \"{Printable.Escape(rule.Name)}\"";

    private void CheckOptions()
    {
        const string place = "options";
        if (_options.LocalDomains is null) Error(place, "LocalDomains is null", "write DomainSet.Empty");
        if (_options.SenderOwnership is null) Error(place, "SenderOwnership is null", "write SenderOwnership.Empty");
        if (_options.Gateways is null) Error(place, "Gateways is null", "write NetworkSet.Empty");
        if (_options.NameComparer is null) Error(place, "NameComparer is null", "write StringComparer.OrdinalIgnoreCase");
        else if (NameText.OverlooksCharacters(_options.NameComparer)) Error(place, "NameComparer goes by culture, which overlooks characters", "write StringComparer.OrdinalIgnoreCase or StringComparer.Ordinal");
        if (_options.RoutedRecipients is not (RoutedRecipients.Refuse or RoutedRecipients.TrustedOnly))
        {
            Error(place, "RoutedRecipients is undefined", $"write {RoutedRecipients.Refuse} or {RoutedRecipients.TrustedOnly}");
        }

        CheckReply(_options.RefusalReply, digit: 5, RelayStage.Recipient, place, "RefusalReply");
        if (_options.LocalDomains is { } local) WarnOfWildcards(local, place);
    }

    private void CheckRule(RelayRule rule, int index)
    {
        string place = PlaceOf(rule, index);
        if (string.IsNullOrWhiteSpace(rule.Name)) Error(place, "it has no name", "name it, so that verdicts can");
        else if (NameText.FindFault(rule.Name) is { } fault) Error(place, $"its name is {fault}", "write a name that can be shown");
        bool stageIsKnown = rule.Stage is >= RelayStage.Connect and <= RelayStage.Recipient;
        bool actionIsKnown = rule.Action is >= RuleAction.Reject and <= RuleAction.Accept;
        if (!stageIsKnown) Error(place, "its stage is undefined", "write Connect, Sender or Recipient");
        if (!actionIsKnown) Error(place, "its action is undefined", "write Accept, Reject or Defer");
        if (rule.Comment is not null && NameText.FindFault(rule.Comment) is { } blemish) Error(place, $"its comment is {blemish}", "write one line that can be shown, or leave it out");
        if (rule.NotBefore > rule.NotAfter) Error(place, "its validity period ends before it begins", "swap NotBefore and NotAfter");
        if (rule.Condition is null) Error(place, "it has no condition", "write Condition.Any if it is to hold always");
        else if (rule.Condition.Depth > Condition.MaxDepth) Error(place, $"its condition is nested deeper than {Condition.MaxDepth} operators", "write it flatter, or split the rule");
        else if (stageIsKnown) CheckCondition(rule, place);
        if (rule.Reply is { } reply && stageIsKnown && actionIsKnown) CheckReply(reply, DigitOf(rule.Action), rule.Stage, place, "its reply");
    }

    private void CheckCondition(RelayRule rule, string place)
    {
        RelayFacts early = rule.Condition.Reads & ~FactsAt(rule.Stage);
        if (early != 0)
        {
            RelayStage stage = (early & ~SenderFacts) != 0 ? RelayStage.Recipient : RelayStage.Sender;
            Error(place, $"at {rule.Stage} it looks at {early}, which is not known yet", $"move the rule to {stage}");
        }

        foreach ((Atom atom, bool negated) in rule.Condition.Atoms())
        {
            if (atom.IsEmpty && negated) Error(place, $"it negates {atom.Name} of nothing, which holds for everybody", "fill the list, or leave the condition out");
            else if (atom.IsEmpty) Warn(place, $"{atom.Name} of nothing never holds", "fill the list, or leave it out");
            CheckAtom(atom, place);
        }

        bool grants = rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept };
        if (grants) WarnOfLargeNetworks(rule, place);
        if (rule.AcceptsFromAnyone && !grants) Error(place, "AcceptsFromAnyone belongs to an accepting rule at Recipient", "leave it out");
        if (!grants || ConditionLint.IsSupported(rule.Condition)) return;
        if (rule.AcceptsFromAnyone) Warn(place, "it accepts from anyone, which makes an open relay unless its condition prevents that", "make sure that this is meant");
        else
        {
            Error(
                place,
                "it would let strangers relay: some way to satisfy it names neither the client (Client.In, Client.HostIn, Tls.Certificate, Identity) nor the destination (Recipient.IsLocal, .In, .Is)",
                "add one of these to every alternative, or say AcceptsFromAnyone");
        }
    }

    private void CheckAtom(Atom atom, string place)
    {
        DomainSet? domains = atom switch
        {
            ClientHostIn a => a.Domains,
            SenderIn a => a.Domains,
            RecipientIn a => a.Domains,
            _ => null,
        };
        if (domains is not null) WarnOfWildcards(domains, place);
        if (atom is ClientHostIn { Domains.HasLiterals: true }) Error(place, "Client.HostIn holds an address literal, which is no host name", "write it as Client.In");
        if (atom is TlsCertificate certificate && certificate.Fingerprints.Values.Any(fingerprint => fingerprint.IsDefault))
        {
            Error(place, "Tls.Certificate holds an empty fingerprint", "leave it out");
        }

        IEnumerable<string?> names = atom switch
        {
            ClientListener a => a.Names.Values,
            IdentityNames a => a.Names.Values,
            _ => [],
        };
        foreach (string fault in names.Select(NameText.FindFault).OfType<string>().Distinct()) Error(place, $"{atom.Name} holds a name that is {fault}", "correct it, or leave it out");
    }

    private void CheckReply(SmtpReply reply, int digit, RelayStage stage, string place, string what)
    {
        if (reply.Code / 100 != digit) Error(place, $"{what} {reply.Code} does not fit the action", $"write a code from {digit}00 to {digit}59 and an enhanced status code {digit}.x.x");
        if (ReplyTemplate.Check(reply, stage) is { } problem) Error(place, $"{what} cannot be filled: {problem}", "write {client}, {sender} or {recipient}, as far as they are known at the stage");
    }

    private void CheckNames(IReadOnlyList<RelayRule> rules)
    {
        IEnumerable<string> twice = rules.Where(rule => !string.IsNullOrWhiteSpace(rule.Name))
            .GroupBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        foreach (string name in twice) Error($"rule \"{Printable.Escape(name)}\"", "several rules have this name", "give each a name of its own");
    }

    private void CheckCustomNames(IReadOnlyList<RelayRule> rules)
    {
        IEnumerable<string> twice = rules.SelectMany(CompiledRule.CustomsOf)
            .Distinct()
            .GroupBy(custom => custom.CustomName, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        foreach (string name in twice)
        {
            Error("rules", $"several custom conditions have the name \"{Printable.Escape(name)}\"", "make the condition once and use it in all rules, or name them apart");
        }
    }

    private void WarnOfLargeNetworks(RelayRule rule, string place)
    {
        foreach ((Atom atom, bool negated) in rule.Condition.Atoms())
        {
            if (!negated && atom is ClientIn { Networks: { CoversFamily: false, HoldsLargePartOfFamily: true } })
            {
                Warn(place, "Client.In holds a quarter or more of all IPv4 addresses, or a sixteenth or more of all IPv6 addresses", "list only networks that you know");
            }
        }
    }

    private void WarnOfWildcards(DomainSet domains, string place)
    {
        foreach (string wildcard in domains.OneLabelWildcards) Warn(place, $"{wildcard} stands for a whole top-level domain", "name the domains that are meant");
    }

    private static RelayFacts FactsAt(RelayStage stage) => stage switch
    {
        RelayStage.Connect => ConnectFacts,
        RelayStage.Sender => SenderFacts,
        _ => SenderFacts | RelayFacts.Recipient,
    };

    private static int DigitOf(RuleAction action) => action switch
    {
        RuleAction.Accept => 2,
        RuleAction.Defer => 4,
        _ => 5,
    };

    private void Error(string place, string problem, string mend) => _errors.Add(new PolicyDiagnostic(DiagnosticSeverity.Error, place, problem, mend));

    private void Warn(string place, string problem, string mend) => _warnings.Add(new PolicyDiagnostic(DiagnosticSeverity.Warning, place, problem, mend));
}
