namespace RelayPolicy.Benchmarks;

/// <summary>The goals for networks, domains, policies and sessions. Ratios of one run, as times differ from machine to machine.</summary>
internal static class AllGoals
{
    private const string Linear = nameof(NetworkSetLookup.LinearIPNetwork);
    private const string Contains = nameof(NetworkSetLookup.NetworkSetContains);
    private const string TryFind = nameof(PrefixTableLookup.PrefixTableTryFind);
    private const string InSet = nameof(DomainLookup.DomainSetContains);
    private const int MillionDomains = 1_000_000;

    private const string FastScan =
        "The goal was set when a linear scan of IPNetwork took twice as long: .NET 10 compares a prefix in about 2 ns. Of a lookup in a small set, taking the bytes out of the IPAddress is a quarter.";

    private const string TwoMisses =
        "At this size a lookup waits for memory: for a bucket and for a record, as a hash set does for its bucket and its string. A hit saves one such wait of three; a miss saves none against a set that is asked for two or three labels. Names of many labels are another matter (ManyLabels).";

    private const string WholeEvaluation =
        "The goal was set by a prototype that found the rule and nothing more, in 129 ns. A whole evaluation also looks at routed recipients, unknown facts and periods, walks three stages and makes the reply, about 120 ns with 10 rules as with 10,000; the rest is four lookups. The naive scan asks this library's own sets, which takes it 20 to 25 ns a rule.";

    private const string Evaluate = nameof(PolicyEvaluation.RelayRuleSetEvaluate);
    private const int ManyRules = 10_000;

    private static readonly TableCase Ten = new(IPFamily.IPv4, 10);
    private static readonly TableCase TenThousand = new(IPFamily.IPv4, 10_000);
    private static readonly TableCase Full = TableCase.Full(IPFamily.IPv4);
    private static readonly GoalCase Sorting = Build(nameof(PrefixTableBuild.SortNumbers));

    /// <summary>The goals that times decide.</summary>
    public static Goal[] OfTime { get; } =
    [
        Goal.Faster("10 prefixes against linear IPNetwork, hits", 7, Set(Contains, Ten, QueryKind.Hit), Set(Linear, Ten, QueryKind.Hit)) with { WhyNot = FastScan },
        Goal.Faster("10 prefixes against linear IPNetwork, misses", 9, Set(Contains, Ten, QueryKind.Miss), Set(Linear, Ten, QueryKind.Miss)) with { WhyNot = FastScan },
        Goal.Faster(
            "10,000 prefixes against linear IPNetwork, hits", 3_000,
            Set(Contains, TenThousand, QueryKind.Hit), Set(Linear, TenThousand, QueryKind.Hit)) with { WhyNot = FastScan },
        Goal.Faster(
            "10,000 prefixes against linear IPNetwork, misses", 3_000,
            Set(Contains, TenThousand, QueryKind.Miss), Set(Linear, TenThousand, QueryKind.Miss)) with { WhyNot = FastScan },
        Goal.NoSlower("full IPv4 table against 10 prefixes, NetworkSet", 5, Set(Contains, Full, QueryKind.Hit), Set(Contains, Ten, QueryKind.Hit)),
        Goal.NoSlower("full IPv4 table against 10 prefixes, PrefixTable", 5, Table(TryFind, Full), Table(TryFind, Ten)),
        Goal.NoSlower("building the full IPv4 PrefixTable against sorting its prefixes", 5, Build(nameof(PrefixTableBuild.PrefixTableCreate)), Sorting),
        Goal.NoSlower("building the full IPv4 NetworkSet against sorting its prefixes", 5, Build(nameof(PrefixTableBuild.NetworkSetFromPrefixes)), Sorting),
        Goal.Faster(
            "1,000,000 domains against FrozenSet once per label, hits", 4,
            Domains(InSet, DomainQueryKind.Hit), Domains(nameof(DomainLookup.FrozenSetPerLabel), DomainQueryKind.Hit)) with { WhyNot = TwoMisses },
        Goal.Faster(
            "1,000,000 domains against FrozenSet once per label, misses", 4,
            Domains(InSet, DomainQueryKind.Miss), Domains(nameof(DomainLookup.FrozenSetPerLabel), DomainQueryKind.Miss)) with { WhyNot = TwoMisses },
        Goal.NoSlower("10,000 rules against 10 rules", 2, Rules(Evaluate, ManyRules), Rules(Evaluate, 10)),
        Goal.Faster("10,000 rules against naive first match", 1_000, Rules(Evaluate, ManyRules), Rules(nameof(PolicyEvaluation.NaiveFirstMatch), ManyRules)) with { WhyNot = WholeEvaluation },
        .. Enum.GetValues<PolicyShape>().Where(shape => shape != PolicyShape.Ordinary).Select(OfShape),
        Goal.NoSlower(
            "compiling 10,000 rules against sorting all their entries", 20,
            GoalCase.Of(typeof(PolicyBuild), nameof(PolicyBuild.RelayRuleSetCreate), ManyRules), GoalCase.Of(typeof(PolicyBuild), nameof(PolicyBuild.SortEntries), ManyRules)),
        Goal.NoSlower(
            "a refused RCPT in the session against its evaluation alone, 10 rules", 5,
            Session(nameof(SessionRecipients.RefusedRecipients), 10), Session(nameof(SessionRecipients.EvaluationAlone), 10)),
        Goal.NoSlower(
            "a refused RCPT in the session against its evaluation alone, 10,000 rules", 5,
            Session(nameof(SessionRecipients.RefusedRecipients), ManyRules), Session(nameof(SessionRecipients.EvaluationAlone), ManyRules)),
        Goal.NoSlower("scanning content for its end against Span.IndexOf", 2, Scan(nameof(ContentScan.SessionContent)), Scan(nameof(ContentScan.SpanIndexOf))),
    ];

    /// <summary>The goals that memory decides, and the one on garbage.</summary>
    public static IEnumerable<Goal> OfMemory()
    {
        Dictionary<string, double> ipv4 = PerEntry(MemoryCases.OfTable(Full));
        Dictionary<string, double> ipv6 = PerEntry(MemoryCases.OfTable(TableCase.Full(IPFamily.IPv6)));
        Dictionary<string, double> domains = PerEntry(MemoryCases.OfDomains(MillionDomains));
        yield return AtMost("memory of the full IPv4 PrefixTable<byte>", 5, "B/prefix", ipv4[MemoryCases.Table]);
        yield return AtMost("memory of the full IPv4 NetworkSet", 1, "B/prefix", ipv4[MemoryCases.Set]);
        yield return AtMost("memory of the full IPv6 PrefixTable<byte>", 18, "B/prefix", ipv6[MemoryCases.Table]);
        yield return AtMost("memory of 1,000,000 domains against FrozenSet", 0.5, "× the memory", domains[MemoryCases.Domains] / domains[MemoryCases.Frozen]);
        yield return AtMost("memory of the compiled form of 10,000 rules", 15, "MB", MemoryCases.OfPolicy(ManyRules).Measure() / 1e6);
        GoalCase[] lookups = [.. OfTime.SelectMany(goal => goal.Needs).Where(need => need.Method is Contains or TryFind or InSet or Evaluate).Distinct()];
        yield return new Goal("garbage of any of these lookups and evaluations", AtLeast: false, 0, "B", [], figures => figures.MostAllocated(lookups));
    }

    private static Goal AtMost(string what, double limit, string unit, double figure) => new(what, AtLeast: false, limit, unit, [], _ => figure);

    private static Dictionary<string, double> PerEntry(IEnumerable<MemoryCase> cases) => cases
        .Where(memory => memory.Structure is MemoryCases.Table or MemoryCases.Set or MemoryCases.Domains or MemoryCases.Frozen)
        .ToDictionary(memory => memory.Structure, memory => (double)memory.Measure() / memory.Entries);

    private static GoalCase Set(string method, TableCase table, QueryKind query) => GoalCase.Of(typeof(NetworkSetLookup), method, query, table);

    private static GoalCase Table(string method, TableCase table) => GoalCase.Of(typeof(PrefixTableLookup), method, QueryKind.Hit, table);

    private static GoalCase Domains(string method, DomainQueryKind query) => GoalCase.Of(typeof(DomainLookup), method, MillionDomains, query);

    private static GoalCase Rules(string method, int rules) => GoalCase.Of(typeof(PolicyEvaluation), method, rules);

    private static Goal OfShape(PolicyShape shape) => Goal.NoSlower(
        $"10,000 rules, {shape}, against ordinary ones", 5,
        GoalCase.Of(typeof(PolicyShapes), nameof(PolicyShapes.RulesOfThisShape), shape), GoalCase.Of(typeof(PolicyShapes), nameof(PolicyShapes.OrdinaryRules), shape));

    private static GoalCase Build(string method) => GoalCase.Of(typeof(PrefixTableBuild), method, Full);

    private static GoalCase Session(string method, int rules) => GoalCase.Of(typeof(SessionRecipients), method, rules, 1_000);

    private static GoalCase Scan(string method) => GoalCase.Of(typeof(ContentScan), method);
}
