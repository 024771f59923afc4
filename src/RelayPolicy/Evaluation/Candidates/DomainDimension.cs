namespace RelayPolicy;

/// <summary>Whose domain a <see cref="DomainDimension"/> looks at.</summary>
internal enum DomainSubject
{
    /// <summary>The confirmed host names of the client: <c>Client.HostIn</c>.</summary>
    Host = 0,

    /// <summary><c>Sender.In</c>.</summary>
    Sender,

    /// <summary><c>Recipient.In</c>.</summary>
    Recipient,
}

/// <summary><c>Client.HostIn</c>, <c>Sender.In</c> or <c>Recipient.In</c>.</summary>
internal sealed class DomainDimension(DomainSubject subject) : AnchorDimension<DomainEntry>(FactsOf(subject))
{
    private readonly SortedSet<int> _rulesWithLiterals = [];
    private int _withLiterals = RuleLists.None;
    private SuffixIndex? _index;
    private int[] _chains = [];

    public override void Add(Atom atom, int rule)
    {
        base.Add(atom, rule);

        // Address literals are few, and hardly anybody sends to them.
        if (((DomainSet)SetOf(atom)!).HasLiterals) _rulesWithLiterals.Add(rule);
    }

    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        ref readonly RelayRequest request = ref view.Request;
        if (subject == DomainSubject.Sender) Find(request.Sender, ref candidates);
        else if (subject == DomainSubject.Recipient) Find(request.Recipient, ref candidates);
        else if (request.Client.HostNameStatus == HostNameStatus.Confirmed)
        {
            foreach (DomainName name in request.Client.HostNames) Find(name, ref candidates);
        }
    }

    protected override object? SetOf(Atom atom) => (atom, subject) switch
    {
        (ClientHostIn host, DomainSubject.Host) => host.Domains,
        (SenderIn sender, DomainSubject.Sender) => sender.Domains,
        (RecipientIn recipient, DomainSubject.Recipient) => recipient.Domains,
        _ => null,
    };

    protected override IEnumerable<DomainEntry> KeysOf(object set) => ((DomainSet)set).Entries;

    protected override void Freeze(AnchorKeys<DomainEntry> keys, RuleListsBuilder lists)
    {
        int[] literals = [.. _rulesWithLiterals];
        _rulesWithLiterals.Clear();
        (int start, int end) = lists.AddRange(literals);
        _withLiterals = lists.AddLink(start, end, RuleLists.None);

        // What is over an entry is the longest wildcard that matches its name; no wildcard matches its own name.
        if (Index(keys.Keys, entry => entry.IsWildcard) is not { } wildcards || Index(keys.Keys, _ => true) is not { } index) return;
        _index = index;
        IEnumerable<int> order = Enumerable.Range(0, keys.Keys.Count).OrderBy(key => (keys.Keys[key].IsWildcard ? 0 : 1, keys.Keys[key].Name.Length));
        _chains = keys.Write(lists, order, key => wildcards.Find(new DomainName(keys.Keys[key].Name)) - 1);
    }

    private void Find(SmtpPath path, ref CandidateRules candidates)
    {
        if (path.AddressLiteral is not null) candidates.Add(_withLiterals);
        else Find(path.Domain, ref candidates);
    }

    private void Find(DomainName name, ref CandidateRules candidates)
    {
        // Entries that were too many for an index have none.
        if (_index is null) candidates.Add(AllRules);
        else if (_index.Find(name) is > 0 and int id) candidates.Add(_chains[id - 1]);
    }

    private static SuffixIndex? Index(IReadOnlyList<DomainEntry> entries, Func<DomainEntry, bool> which)
    {
        var builder = new SuffixIndexBuilder();
        for (int key = 0; key < entries.Count; key++)
        {
            if (which(entries[key])) builder.TryAdd(entries[key], key + 1);
        }

        return builder.Build();
    }

    private static RelayFacts FactsOf(DomainSubject subject) => subject switch
    {
        DomainSubject.Host => RelayFacts.HostName,
        DomainSubject.Sender => RelayFacts.Sender,
        _ => RelayFacts.Recipient,
    };
}
