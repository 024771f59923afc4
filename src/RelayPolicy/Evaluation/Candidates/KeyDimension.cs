namespace RelayPolicy;

/// <summary>A dimension whose keys are values that a request has or has not.</summary>
internal abstract class KeyDimension<TKey>(RelayFacts reads, IEqualityComparer<TKey>? comparer = null) : AnchorDimension<TKey>(reads, comparer)
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _chains = new(comparer);

    protected void Find(TKey key, ref CandidateRules candidates)
    {
        if (_chains.TryGetValue(key, out int chain)) candidates.Add(chain);
    }

    protected sealed override void Freeze(AnchorKeys<TKey> keys, RuleListsBuilder lists)
    {
        int[] chains = keys.Write(lists, Enumerable.Range(0, keys.Keys.Count), static _ => -1);
        for (int key = 0; key < chains.Length; key++) _chains.Add(keys.Keys[key], chains[key]);
    }
}

/// <summary><c>Sender.Is</c>.</summary>
internal sealed class SenderDimension() : KeyDimension<SmtpPath>(RelayFacts.Sender)
{
    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        if (view.Request.Sender.IsMailbox) Find(view.Request.Sender, ref candidates);
    }

    protected override object? SetOf(Atom atom) => (atom as SenderIs)?.Addresses;

    protected override IEnumerable<SmtpPath> KeysOf(object set) => ((AddressSet)set).Mailboxes;
}

/// <summary><c>Recipient.Is</c>.</summary>
internal sealed class RecipientDimension() : KeyDimension<SmtpPath>(RelayFacts.Recipient)
{
    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        if (view.Request.Recipient.IsMailbox) Find(view.Request.Recipient, ref candidates);
    }

    protected override object? SetOf(Atom atom) => (atom as RecipientIs)?.Addresses;

    protected override IEnumerable<SmtpPath> KeysOf(object set) => ((AddressSet)set).Mailboxes;
}

/// <summary><c>Identity.User</c>.</summary>
internal sealed class UserDimension(IEqualityComparer<string> comparer) : KeyDimension<string>(RelayFacts.Identity, comparer)
{
    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        if (view.Request.Identity.IsAuthenticated) Find(view.Request.Identity.User, ref candidates);
    }

    protected override object? SetOf(Atom atom) => (atom as IdentityUser)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Identity.Group</c>.</summary>
internal sealed class GroupDimension(IEqualityComparer<string> comparer) : KeyDimension<string>(RelayFacts.Identity, comparer)
{
    public override void Find(in RequestView view, ref CandidateRules candidates)
    {
        IReadOnlyList<string> groups = view.Request.Identity.Groups;
        for (int i = 0; i < groups.Count; i++) Find(groups[i], ref candidates);
    }

    protected override object? SetOf(Atom atom) => (atom as IdentityGroup)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Tls.Certificate</c>.</summary>
internal sealed class CertificateDimension() : KeyDimension<CertificateFingerprint>(RelayFacts.Tls)
{
    public override void Find(in RequestView view, ref CandidateRules candidates) => Find(view.Request.Tls.Certificate, ref candidates);

    protected override object? SetOf(Atom atom) => (atom as TlsCertificate)?.Fingerprints;

    protected override IEnumerable<CertificateFingerprint> KeysOf(object set) => ((ValueList<CertificateFingerprint>)set).Values;
}
