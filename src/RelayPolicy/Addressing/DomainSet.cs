using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// An immutable set of domains: exact names (<c>example.com</c>), everything below a name but not the name itself
/// (<c>*.example.com</c>), and address literals (<c>[192.0.2.1]</c>). Whole labels are compared, as A-labels. An empty set
/// contains nothing.
/// </summary>
public sealed class DomainSet : IEquatable<DomainSet>
{
    private const string WildcardPrefix = "*.";

    // INVARIANT: names and suffixes are sorted by code unit, without duplicates.
    private readonly string[] _names;
    private readonly string[] _suffixes;
    private readonly FrozenSet<IPAddress> _literals;

    private DomainSet(string[] names, string[] suffixes, FrozenSet<IPAddress> literals, string? name)
    {
        _names = names;
        _suffixes = suffixes;
        _literals = literals;
        Name = name;
    }

    /// <summary>The set that contains no domain.</summary>
    public static DomainSet Empty { get; } = new([], [], FrozenSet<IPAddress>.Empty, name: null);

    /// <summary>The name under which the set is printed and written to a policy file, if it has one. No part of its value.</summary>
    public string? Name { get; }

    /// <summary>Whether the set contains no domain.</summary>
    public bool IsEmpty => _names.Length + _suffixes.Length + _literals.Count == 0;

    /// <summary>Wildcards over a single label, such as <c>*.com</c>: hardly ever what is meant.</summary>
    internal IEnumerable<string> OneLabelWildcards => _suffixes.Where(suffix => !suffix.Contains('.')).Select(suffix => WildcardPrefix + suffix);

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
        List<string> names = [], suffixes = [];
        var literals = new List<IPAddress>();
        var found = new List<EntryError>();
        int index = 0;
        foreach (string? entry in entries)
        {
            if (TryParseEntry(entry, names, suffixes, literals, out string problem, out string mend) is false)
            {
                found.Add(new EntryError(index, Printable.Escape(entry), problem, mend));
            }

            index++;
        }

        errors = found;
        set = found.Count > 0 ? null : new DomainSet(Sort(names), Sort(suffixes), literals.ToFrozenSet(), name: null);
        return set is not null;
    }

    /// <summary>Whether the name is in the set. Does not allocate; <c>default</c> is in no set.</summary>
    public bool Contains(DomainName name)
    {
        if (name.IsDefault) return false;
        ReadOnlySpan<char> rest = name.Value;
        if (Find(_names, rest)) return true;
        for (int dot = rest.IndexOf('.'); _suffixes.Length > 0 && dot >= 0; dot = rest.IndexOf('.'))
        {
            rest = rest[(dot + 1)..];
            if (Find(_suffixes, rest)) return true;
        }

        return false;
    }

    /// <summary>Whether the path's domain or address literal is in the set. False for paths that have neither.</summary>
    public bool Contains(SmtpPath path) => path.AddressLiteral is null ? Contains(path.Domain) : _literals.Contains(path.AddressLiteral);

    /// <summary>The same set under a name, for printing and for policy files.</summary>
    /// <param name="name">Not blank, without control characters.</param>
    /// <exception cref="ArgumentException">The name is not as described.</exception>
    public DomainSet Named(string name)
    {
        NameText.Check(name, nameof(name));
        return new DomainSet(_names, _suffixes, _literals, name);
    }

    /// <summary>The entries of the set as <see cref="Parse"/> reads them: names, then wildcards, then literals, each in order.</summary>
    public IEnumerable<string> ToEntries() => _names.Concat(_suffixes.Select(suffix => WildcardPrefix + suffix)).Concat(_literals.Select(AddressLiteral.Print).Order(StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Equals(DomainSet? other) => other is not null && ToEntries().SequenceEqual(other.ToEntries());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DomainSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string entry in ToEntries()) hash.Add(entry, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The name of the set, or its entries: all of a few, else the first ones and their number.</summary>
    public override string ToString() => EntryList.Print(Name, ToEntries());

    private static bool TryParseEntry(
        string? entry, List<string> names, List<string> suffixes, List<IPAddress> literals, out string problem, out string mend)
    {
        problem = "";
        mend = "";
        if (string.IsNullOrWhiteSpace(entry))
        {
            (problem, mend) = ("it is empty", "write a domain such as example.com, or remove the entry");
        }
        else if (entry[0] == '[')
        {
            if (entry[^1] == ']' && AddressLiteral.TryParse(entry.AsSpan(1, entry.Length - 2), out IPAddress? literal, out problem)) literals.Add(literal!);
            else (problem, mend) = (problem.Length > 0 ? problem : "an address literal ends with ']'", "write [192.0.2.1] or [IPv6:2001:db8::1]");
        }
        else if (entry == "*")
        {
            (problem, mend) = ("it would stand for every domain", "name the domains; a condition without a destination is written without a list");
        }
        else
        {
            bool isWildcard = entry.StartsWith(WildcardPrefix, StringComparison.Ordinal);
            int skip = isWildcard ? WildcardPrefix.Length : 0;
            if (DomainName.TryParse(entry.AsSpan(skip), AddressOptions.SmtpUtf8, out DomainName name, out AddressError error)) (isWildcard ? suffixes : names).Add(name.Value);
            else (problem, mend) = ((error with { Position = error.Position + skip }).ToString(), Mend(entry));
        }

        return problem.Length == 0;
    }

    private static string Mend(string entry)
    {
        if (entry.Contains('@')) return "write the domain alone, without the local-part";
        if (entry.Contains('*')) return "a wildcard is written *.example.com and stands for whole labels at the front";
        if (IPAddressText.TryParseIPv4(entry, out _)) return $"an address literal is written [{entry}]";
        return entry[^1] == '.' ? "write it without the trailing dot" : "write a domain such as example.com or *.example.com";
    }

    private static string[] Sort(List<string> values)
    {
        string[] sorted = [.. values.Distinct(StringComparer.Ordinal)];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    private static bool Find(string[] sorted, ReadOnlySpan<char> value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            int order = value.SequenceCompareTo(sorted[middle]);
            if (order == 0) return true;
            if (order < 0) high = middle;
            else low = middle + 1;
        }

        return false;
    }
}
