using System.Net;

namespace RelayPolicy;

/// <summary>A member of a <see cref="DomainSet"/>: a name or a wildcard, or an address literal.</summary>
/// <param name="Entry">The name or wildcard; <c>default</c> for a literal.</param>
/// <param name="Literal">The address literal, or null.</param>
internal readonly record struct DomainKey(DomainEntry Entry, IPAddress? Literal);

/// <summary>A dimension of domains: <c>Client.HostIn</c>, <c>Sender.In</c> or <c>Recipient.In</c>.</summary>
internal abstract class DomainDimension(string name, RelayFacts reads) : Dimension<DomainKey>(name, reads)
{
    // An entry of the dictionary, and an address.
    private const long BytesOfLiteral = 28 + 40;

    private readonly Dictionary<IPAddress, int> _literals = [];
    private SuffixIndex _names = SuffixIndex.Empty;

    public sealed override long TableBytes => _names.Bytes + (BytesOfLiteral * _literals.Count);

    protected int ClassOf(DomainName name) => _names.Find(name);

    protected int ClassOf(SmtpPath path)
    {
        if (path.AddressLiteral is null) return _names.Find(path.Domain);
        return _literals.TryGetValue(path.AddressLiteral, out int number) ? number : AtomClasses.None;
    }

    protected abstract DomainSet? DomainsOf(Atom atom);

    protected sealed override object? SetOf(Atom atom) => DomainsOf(atom);

    protected sealed override IEnumerable<DomainKey> KeysOf(object set)
    {
        var domains = (DomainSet)set;
        return domains.Entries.Select(entry => new DomainKey(entry, null)).Concat(domains.Literals.Select(literal => new DomainKey(default, literal)));
    }

    protected sealed override int[]? FindParents(IReadOnlyList<DomainKey> keys)
    {
        for (int key = 0; key < keys.Count; key++)
        {
            if (keys[key].Literal is { } literal) _literals.Add(literal, key + 1);
        }

        // The parent of an entry is the longest wildcard that matches its name; no wildcard matches its own name.
        // Names that are too many for an index together have no classes.
        if (Index(keys, entry => entry.IsWildcard) is not { } wildcards || Index(keys, _ => true) is not { } names) return null;
        _names = names;
        return [.. keys.Select(key => key.Literal is null ? wildcards.Find(new DomainName(key.Entry.Name)) : AtomClasses.None)];
    }

    private static SuffixIndex? Index(IReadOnlyList<DomainKey> keys, Func<DomainEntry, bool> which)
    {
        var builder = new SuffixIndexBuilder();
        for (int key = 0; key < keys.Count; key++)
        {
            if (keys[key].Literal is null && which(keys[key].Entry)) builder.TryAdd(keys[key].Entry, key + 1);
        }

        return builder.Build();
    }
}

/// <summary><c>Client.HostIn</c>: a client has as many values as it has confirmed names.</summary>
internal sealed class HostDimension() : DomainDimension("Client.HostIn", RelayFacts.HostName)
{
    public override int CountValues(in RequestView view) =>
        view.Request.Client.HostNameStatus == HostNameStatus.Confirmed ? view.Request.Client.HostNames.Length : 0;

    public override int ClassOf(in RequestView view, int value) => ClassOf(view.Request.Client.HostNames[value]);

    protected override DomainSet? DomainsOf(Atom atom) => (atom as ClientHostIn)?.Domains;
}

/// <summary><c>Sender.In</c>.</summary>
internal sealed class SenderDomainDimension() : DomainDimension("Sender.In", RelayFacts.Sender)
{
    public override int ClassOf(in RequestView view, int value) => ClassOf(view.Request.Sender);

    protected override DomainSet? DomainsOf(Atom atom) => (atom as SenderIn)?.Domains;
}

/// <summary><c>Recipient.In</c>.</summary>
internal sealed class RecipientDomainDimension() : DomainDimension("Recipient.In", RelayFacts.Recipient)
{
    public override bool NamesDestination => true;

    public override int ClassOf(in RequestView view, int value) => ClassOf(view.Request.Recipient);

    protected override DomainSet? DomainsOf(Atom atom) => (atom as RecipientIn)?.Domains;
}
