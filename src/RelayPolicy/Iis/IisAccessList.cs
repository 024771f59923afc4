namespace RelayPolicy.Iis;

/// <summary>A list of clients with its mode, as on IIS SMTP's pages "Connection" and "Relay Restrictions".</summary>
public sealed class IisAccessList : IEquatable<IisAccessList>
{
    /// <summary>A list.</summary>
    /// <param name="mode">Which clients it lets pass.</param>
    /// <param name="entries">Its entries.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mode is undefined.</exception>
    /// <exception cref="EntryListException">The entries together cover every address of a family; choose the other mode instead.</exception>
    public IisAccessList(IisListMode mode, params IEnumerable<IisListEntry> entries)
    {
        if (mode is not (IisListMode.OnlyTheList or IisListMode.AllExceptTheList)) throw new ArgumentOutOfRangeException(nameof(mode));
        ArgumentNullException.ThrowIfNull(entries);
        Mode = mode;
        Entries = [.. entries];
        Networks = NetworkSet.FromPrefixes(Entries.Where(entry => entry.Kind != IisEntryKind.Domain).Select(entry => entry.Network));
        Domains = DomainSet.Parse(Entries.Where(entry => entry.Kind == IisEntryKind.Domain).SelectMany(entry => new[] { entry.Name.Value, "*." + entry.Name.Value }));
    }

    /// <summary>Which clients the list lets pass.</summary>
    public IisListMode Mode { get; }

    /// <summary>The entries as they were given.</summary>
    public IReadOnlyList<IisListEntry> Entries { get; }

    /// <summary>The addresses of its computers and groups.</summary>
    internal NetworkSet Networks { get; }

    /// <summary>Its domains and everything below them.</summary>
    internal DomainSet Domains { get; }

    /// <summary>The clients that are in the list, or null when nobody is.</summary>
    internal Condition? Clients => (Networks.IsEmpty, Domains.IsEmpty) switch
    {
        (true, true) => null,
        (false, true) => Condition.Client.In(Networks),
        (true, false) => Condition.Client.HostIn(Domains),
        _ => Condition.Client.In(Networks) | Condition.Client.HostIn(Domains),
    };

    /// <inheritdoc/>
    public bool Equals(IisAccessList? other) => other is not null && Mode == other.Mode && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IisAccessList);

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.Aggregate((int)Mode, (hash, entry) => HashCode.Combine(hash, entry));

    /// <summary>The list in IIS's words.</summary>
    public override string ToString() =>
        $"{(Mode == IisListMode.OnlyTheList ? "Only the list below" : "All except the list below")}: {EntryList.Print(name: null, Entries.Select(entry => entry.ToString()))}";
}
