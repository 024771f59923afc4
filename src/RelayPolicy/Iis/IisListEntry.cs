namespace RelayPolicy.Iis;

/// <summary>What kind of entry a list of IIS SMTP holds.</summary>
public enum IisEntryKind
{
    /// <summary>"Single computer": one IP address.</summary>
    Computer = 0,

    /// <summary>"Group of computers": a subnet address and a mask.</summary>
    Group,

    /// <summary>"Domain": a domain and everything below it, found by a reverse DNS look-up of the client.</summary>
    Domain,
}

/// <summary>An entry of a connection control or relay restriction list (Microsoft article 310356).</summary>
public sealed record IisListEntry
{
    private IisListEntry(IisEntryKind kind, IPPrefix network, DomainName domain)
    {
        Kind = kind;
        Network = network;
        Name = domain;
    }

    /// <summary>The kind of the entry.</summary>
    public IisEntryKind Kind { get; }

    /// <summary>The network of a computer or a group; <c>default</c> for a domain.</summary>
    public IPPrefix Network { get; }

    /// <summary>The name of a domain; <c>default</c> for a computer or a group.</summary>
    public DomainName Name { get; }

    /// <summary>A single computer.</summary>
    /// <param name="address">Its IP address.</param>
    /// <exception cref="FormatException">The text is no IP address; the message says why.</exception>
    public static IisListEntry Computer(string address) => Create(IisEntryKind.Computer, address);

    /// <summary>A group of computers.</summary>
    /// <param name="network">Subnet address and mask as <c>192.0.2.0 255.255.255.0</c>, or <c>192.0.2.0/24</c>.</param>
    /// <exception cref="FormatException">The text is no network; the message says why.</exception>
    public static IisListEntry Group(string network) => Create(IisEntryKind.Group, network);

    /// <summary>A domain and everything below it.</summary>
    /// <param name="name">The domain name.</param>
    /// <exception cref="FormatException">The text is no domain name; the message says why.</exception>
    public static IisListEntry Domain(string name) => Create(IisEntryKind.Domain, name);

    /// <summary>Reads an entry of the kind without throwing.</summary>
    /// <param name="kind">The kind of the entry.</param>
    /// <param name="text">What stands in the list.</param>
    /// <param name="entry">The entry, or null on failure.</param>
    /// <param name="error">What is wrong and how to mend it; meaningless on success.</param>
    public static bool TryCreate(IisEntryKind kind, string? text, out IisListEntry? entry, out EntryError error)
    {
        entry = null;
        if (kind is not (IisEntryKind.Computer or IisEntryKind.Group or IisEntryKind.Domain))
        {
            error = new EntryError(0, Printable.Escape(text), "the kind of the entry is undefined", "write Computer, Group or Domain");
            return false;
        }

        if (kind == IisEntryKind.Domain)
        {
            bool isName = DomainName.TryParse(text, AddressOptions.SmtpUtf8, out DomainName domain, out AddressError fault);
            error = isName ? default : new EntryError(0, Printable.Escape(text), fault.ToString(), "write a domain such as example.com, without a wildcard: it stands for everything below it too");
            if (isName) entry = new IisListEntry(kind, default, domain);
            return isName;
        }

        if (!IPPrefix.TryParse(text, out IPPrefix network, out error)) return false;
        if (kind == IisEntryKind.Computer && network.Length != (network.IsIPv4 ? 32 : 128))
        {
            error = new EntryError(0, Printable.Escape(text), "it is a group of computers, not a single one", "make it a group");
            return false;
        }

        entry = new IisListEntry(kind, network, default);
        return true;
    }

    /// <summary>The entry as it is read: an address, a network or a domain name.</summary>
    public override string ToString() => Kind == IisEntryKind.Domain ? Name.Value : Network.ToString();

    private static IisListEntry Create(IisEntryKind kind, string text) =>
        TryCreate(kind, text, out IisListEntry? entry, out EntryError error) ? entry! : throw new EntryListException("list entry", [error]);
}
