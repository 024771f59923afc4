using System.Text.Json;
using RelayPolicy.Configuration;

namespace RelayPolicy.Tests.Reference;

/// <summary>A rule set and a request that break a law, made as small as they can be while they do, and printed so that the sample Decide reads them.</summary>
internal sealed record Counterexample(RelayRuleSet Rules, RelayRequest Request)
{
    /// <summary>The smallest one that can be found by leaving things out.</summary>
    public static Counterexample Minimise(RelayRuleSet rules, RelayRequest request, Func<RelayRuleSet, RelayRequest, bool> breaks)
    {
        var smallest = new Counterexample(rules, request);
        while (smallest.Smaller().FirstOrDefault(candidate => breaks(candidate.Rules, candidate.Request)) is { } smaller) smallest = smaller;
        return smallest;
    }

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            .. Rules.Rules.Select(rule => rule.ToString()),
            $"gateways {Rules.Options.Gateways}, host names {Request.Client.HostNameStatus}",
            "policy.json:",
            PolicyText(),
            "requests.jsonl:",
            RequestText(),
        ]);

    /// <summary>The policy as a file. Custom conditions are code, which no file can hold.</summary>
    public string PolicyText() => Rules.Rules.Any(rule => rule.Condition.HoldsCustoms) ? "(custom conditions are code: see the rules above)" : new PolicyFile(Rules).Write();

    /// <summary>The request as a line of JSON.</summary>
    public string RequestText()
    {
        var fields = new Dictionary<string, object?>
        {
            ["client"] = Request.Client.Address?.ToString(),
            ["port"] = Request.Client.Port,
            ["hostNames"] = Request.Client.HostNames.Select(name => name.Value).ToArray() is { Length: > 0 } names ? names : null,
            ["hostNameStatus"] = Request.Client.HostNameStatus.ToString(),
            ["listener"] = Request.Client.Listener,
            ["proxied"] = Request.Client.Provenance == ClientProvenance.Proxied,
            ["auth"] = Request.Identity.IsAuthenticated ? Request.Identity.User : null,
            ["mechanism"] = Request.Identity.Mechanism,
            ["groups"] = Request.Identity.Groups,
            ["tls"] = Request.Tls.IsOn,
            ["certificate"] = Request.Tls.Certificate.IsDefault ? null : Request.Tls.Certificate.ToString(),
            ["localDomains"] = Request.LocalDomains?.ToEntries(),
            ["unknown"] = Request.UnknownFacts == RelayFacts.None ? null : Request.UnknownFacts.ToString().Split(", "),
            ["at"] = Request.Instant.ToString("O"),
            ["from"] = Request.Sender.ToString(),
            ["to"] = Request.Recipient.ToString(),
        };
        return JsonSerializer.Serialize(fields.Where(field => field.Value is not null).ToDictionary());
    }

    private IEnumerable<Counterexample> Smaller() => SmallerRules().Concat(SmallerRequests());

    private IEnumerable<Counterexample> SmallerRules()
    {
        for (int i = 0; i < Rules.Rules.Count; i++)
        {
            RelayRule rule = Rules.Rules[i];
            RelayRule[] others = [.. Rules.Rules.Where(other => other != rule)];
            if (Build(others) is { } without) yield return without;
            foreach (Condition part in PartsOf(rule.Condition))
            {
                RelayRule[] simpler = [.. Rules.Rules.Select(other => other == rule ? rule with { Condition = part, AcceptsFromAnyone = IsGrant(rule) && !ConditionLint.IsSupported(part) } : other)];
                if (Build(simpler) is { } built) yield return built;
            }
        }

        if (!Rules.Options.LocalDomains.IsEmpty && Build([.. Rules.Rules], new RelayRuleSetOptions { Gateways = Rules.Options.Gateways, RoutedRecipients = Rules.Options.RoutedRecipients, SenderOwnership = Rules.Options.SenderOwnership }) is { } plain) yield return plain;
    }

    private IEnumerable<Counterexample> SmallerRequests()
    {
        if (!Request.Sender.IsNull) yield return this with { Request = Request with { Sender = SmtpPath.Null } };
        if (Request.Identity.IsAuthenticated) yield return this with { Request = new RelayRequest(Request.Client, null, Request.Sender, Request.Recipient, Request.LocalDomains, Request.Instant) { Tls = Request.Tls, UnknownFacts = Request.UnknownFacts } };
        if (Request.Tls.IsOn) yield return this with { Request = Request with { Tls = TlsState.Off } };
        if (Request.LocalDomains is not null) yield return this with { Request = Request with { LocalDomains = null } };
        if (Request.UnknownFacts != RelayFacts.None) yield return this with { Request = Request with { UnknownFacts = RelayFacts.None } };
        if (Request.Client.HostNameStatus is not (HostNameStatus.None or HostNameStatus.NotAsked)) yield return this with { Request = Request with { Client = Request.Client.WithHostNames(HostNameStatus.None) } };
    }

    private Counterexample? Build(RelayRule[] rules, RelayRuleSetOptions? options = null) =>
        RelayRuleSet.TryCreate(rules, options ?? Rules.Options, out RelayRuleSet? built, out _) ? new Counterexample(built, Request) : null;

    private static bool IsGrant(RelayRule rule) => rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept };

    private static IEnumerable<Condition> PartsOf(Condition condition) => condition switch
    {
        NotCondition not => [not.Operand, .. PartsOf(not.Operand).Select(part => !part)],
        JoinedCondition joined =>
        [
            .. joined.Parts,
            .. Enumerable.Range(0, joined.Parts.Length).SelectMany(i => PartsOf(joined.Parts[i]).Select(part => Replace(joined, i, part))),
        ],
        _ => [],
    };

    private static Condition Replace(JoinedCondition joined, int place, Condition part)
    {
        Condition[] parts = [.. joined.Parts.Select((old, i) => i == place ? part : old)];
        return parts.Aggregate((left, right) => joined is AllCondition ? left & right : left | right);
    }
}
