using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>A dimension whose keys are values that a request has or has not.</summary>
internal abstract class KeyDimension<TKey>(string name, RelayFacts reads, IEqualityComparer<TKey>? comparer = null) : Dimension<TKey>(name, reads, comparer)
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _classes = new(comparer);

    // The dictionary's buckets and entries; the keys themselves belong to the rules.
    public sealed override long TableBytes => (16L + Unsafe.SizeOf<TKey>()) * _classes.Count;

    protected int ClassOf(TKey key) => _classes.TryGetValue(key, out int number) ? number : AtomClasses.None;

    protected sealed override int[]? FindParents(IReadOnlyList<TKey> keys)
    {
        _classes.EnsureCapacity(keys.Count);
        for (int key = 0; key < keys.Count; key++) _classes.Add(keys[key], key + 1);
        return new int[keys.Count];
    }
}

/// <summary><c>Client.Listener</c>.</summary>
internal sealed class ListenerDimension() : KeyDimension<string>("Client.Listener", RelayFacts.Listener, AsciiComparer.IgnoreCase)
{
    public override int ClassOf(in RequestView view, int value) => view.Request.Client.Listener is { } listener ? ClassOf(listener) : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as ClientListener)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Tls.Certificate</c>.</summary>
internal sealed class CertificateDimension() : KeyDimension<CertificateFingerprint>("Tls.Certificate", RelayFacts.Tls)
{
    public override int ClassOf(in RequestView view, int value) => ClassOf(view.Request.Tls.Certificate);

    protected override object? SetOf(Atom atom) => (atom as TlsCertificate)?.Fingerprints;

    protected override IEnumerable<CertificateFingerprint> KeysOf(object set) => ((ValueList<CertificateFingerprint>)set).Values;
}

/// <summary><c>Identity.User</c>.</summary>
internal sealed class UserDimension(IEqualityComparer<string> comparer) : KeyDimension<string>("Identity.User", RelayFacts.Identity, comparer)
{
    public override int ClassOf(in RequestView view, int value) => view.Request.Identity.IsAuthenticated ? ClassOf(view.Request.Identity.User) : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as IdentityUser)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Identity.Group</c>: a user has as many values as groups.</summary>
internal sealed class GroupDimension(IEqualityComparer<string> comparer) : KeyDimension<string>("Identity.Group", RelayFacts.Identity, comparer)
{
    public override int CountValues(in RequestView view) => view.Request.Identity.Groups.Count;

    public override int ClassOf(in RequestView view, int value) => ClassOf(view.Request.Identity.Groups[value]);

    protected override object? SetOf(Atom atom) => (atom as IdentityGroup)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Identity.Mechanism</c>.</summary>
internal sealed class MechanismDimension() : KeyDimension<string>("Identity.Mechanism", RelayFacts.Identity, AsciiComparer.IgnoreCase)
{
    public override int ClassOf(in RequestView view, int value) => view.Request.Identity.Mechanism is { } mechanism ? ClassOf(mechanism) : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as IdentityMechanism)?.Names;

    protected override IEnumerable<string> KeysOf(object set) => ((ValueList<string>)set).Values;
}

/// <summary><c>Sender.Is</c>.</summary>
internal sealed class SenderDimension() : KeyDimension<SmtpPath>("Sender.Is", RelayFacts.Sender)
{
    public override int ClassOf(in RequestView view, int value) => view.Request.Sender.IsMailbox ? ClassOf(view.Request.Sender) : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as SenderIs)?.Addresses;

    protected override IEnumerable<SmtpPath> KeysOf(object set) => ((AddressSet)set).Mailboxes;
}

/// <summary><c>Recipient.Is</c>.</summary>
internal sealed class RecipientDimension() : KeyDimension<SmtpPath>("Recipient.Is", RelayFacts.Recipient)
{
    public override bool NamesDestination => true;

    public override int ClassOf(in RequestView view, int value) => view.Request.Recipient.IsMailbox ? ClassOf(view.Request.Recipient) : AtomClasses.None;

    protected override object? SetOf(Atom atom) => (atom as RecipientIs)?.Addresses;

    protected override IEnumerable<SmtpPath> KeysOf(object set) => ((AddressSet)set).Mailboxes;
}
