using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// An immutable set of domains: exact names (<c>example.com</c>), everything below a name but not the name itself
/// (<c>*.example.com</c>), and address literals (<c>[192.0.2.1]</c>). Whole labels are compared, as A-labels. An empty set
/// contains nothing. Asking does not allocate and may be done on any number of threads at once.
/// </summary>
public sealed class DomainSet : IEquatable<DomainSet>
{
    private readonly SuffixIndex _index;
    private readonly FrozenSet<IPAddress> _literals;

    private DomainSet(SuffixIndex index, FrozenSet<IPAddress> literals, string? name)
    {
        _index = index;
        _literals = literals;
        Name = name;
    }

    /// <summary>The set that contains no domain.</summary>
    public static DomainSet Empty { get; } = new(SuffixIndex.Empty, FrozenSet<IPAddress>.Empty, name: null);

    /// <summary>The name under which the set is printed and written to a policy file, if it has one. No part of its value.</summary>
    public string? Name { get; }

    /// <summary>How many different entries the set holds.</summary>
    public int Count => _index.Count + _literals.Count;

    /// <summary>Whether the set contains no domain.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Wildcards over a single label, such as <c>*.com</c>: hardly ever what is meant.</summary>
    internal IEnumerable<string> OneLabelWildcards => _index.HasOneLabelWildcard ? Sorted(entry => entry.IsWildcard && !entry.Name.Contains('.')) : [];

    /// <summary>The names and wildcards, without the literals.</summary>
    internal IEnumerable<DomainEntry> Entries => _index.Entries();

    internal IEnumerable<IPAddress> Literals => _literals;

    internal bool HasLiterals => _literals.Count > 0;

    /// <summary>Reads a list of domains.</summary>
    /// <param name="entries">One each: <c>example.com</c>, <c>*.example.com</c>, <c>[192.0.2.1]</c> or <c>[IPv6:2001:db8::1]</c>. Names
    /// may hold U-labels, which are taken as they are written, without any mapping.</param>
    /// <exception cref="EntryListException">Some entries are wrong; it names all of them.</exception>
    public static DomainSet Parse(params IEnumerable<string> entries) => TryParse(entries, out DomainSet? set, out IReadOnlyList<EntryError> errors)
        ? set
        : throw new EntryListException("domains", errors);

    /// <summary>Reads a list of domains as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="entries">One domain each; null entries are errors.</param>
    /// <param name="set">The set, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryParse(IEnumerable<string?> entries, [NotNullWhen(true)] out DomainSet? set, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var builder = new SuffixIndexBuilder();
        var literals = new List<IPAddress>();
        var found = new List<EntryError>();
        int index = 0;
        foreach (string? text in entries)
        {
            if (!TryAdd(text, builder, literals, out string problem, out string mend)) found.Add(new EntryError(index, Printable.Escape(text), problem, mend));
            index++;
        }

        errors = found;
        set = null;
        if (found.Count > 0) return false;
        if (builder.Build() is { } built) set = new DomainSet(built, literals.ToFrozenSet(), name: null);
        else found.Add(SuffixIndexBuilder.TooLarge);
        return set is not null;
    }

    /// <summary>Whether the name is in the set. Does not allocate; <c>default</c> is in no set.</summary>
    public bool Contains(DomainName name) => _index.Find(name) != 0;

    /// <summary>Whether the name is in the set. Does not allocate and does not throw.</summary>
    /// <param name="name">A name in ASCII, underscores allowed, in any case. Whatever is no such name is in no set, U-labels and
    /// address literals among it: they are read by <see cref="DomainName"/> and <see cref="SmtpPath"/>.</param>
    public bool Contains(ReadOnlySpan<char> name) => _index.Find(name) != 0;

    /// <summary>Whether the name is in the set. Does not allocate and does not throw.</summary>
    /// <param name="ascii">A name as <see cref="Contains(ReadOnlySpan{char})"/> takes it, one octet a character.</param>
    public bool Contains(ReadOnlySpan<byte> ascii) => _index.Find(ascii) != 0;

    /// <summary>Whether the path's domain or address literal is in the set. False for paths that have neither.</summary>
    public bool Contains(SmtpPath path) => path.AddressLiteral is null ? Contains(path.Domain) : _literals.Contains(path.AddressLiteral);

    /// <summary>The same set under a name, for printing and for policy files.</summary>
    /// <param name="name">Not blank, without control characters.</param>
    /// <exception cref="ArgumentException">The name is not as described.</exception>
    public DomainSet Named(string name)
    {
        NameText.Check(name, nameof(name));
        return new DomainSet(_index, _literals, name);
    }

    /// <summary>The entries of the set as <see cref="Parse"/> reads them: names, then wildcards, then literals, each in order.</summary>
    public IEnumerable<string> ToEntries() => Sorted(entry => !entry.IsWildcard)
        .Concat(Sorted(entry => entry.IsWildcard))
        .Concat(_literals.Select(AddressLiteral.Print).Order(StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Equals(DomainSet? other) => other is not null && _index.HasSameEntries(other._index) && _literals.SetEquals(other._literals);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DomainSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _literals.Aggregate(_index.HashOfEntries(), (hash, literal) => hash ^ literal.GetHashCode());

    /// <summary>The name of the set, or its entries: all of a few, else the first ones and their number.</summary>
    public override string ToString() => EntryList.Print(Name, ToEntries());

    private static bool TryAdd(string? text, SuffixIndexBuilder builder, List<IPAddress> literals, out string problem, out string mend)
    {
        if (DomainEntry.IsLiteral(text))
        {
            if (!DomainEntry.TryParseLiteral(text, out IPAddress? literal, out problem, out mend)) return false;
            literals.Add(literal);
            return true;
        }

        return DomainEntry.TryParse(text, out DomainEntry entry, out problem, out mend) && builder.TryAdd(entry, id: 1);
    }

    private IEnumerable<string> Sorted(Func<DomainEntry, bool> which) =>
        _index.Entries().Where(which).Select(entry => entry.ToString()).Order(StringComparer.Ordinal);
}
