using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// An immutable set of mailboxes such as <c>alice@example.com</c>. Both parts are compared ASCII case-insensitively. An
/// empty set contains nothing.
/// </summary>
public sealed class AddressSet : IEquatable<AddressSet>
{
    private readonly FrozenSet<SmtpPath> _mailboxes;

    private AddressSet(IEnumerable<SmtpPath> mailboxes) => _mailboxes = mailboxes.ToFrozenSet();

    /// <summary>Whether the set contains no mailbox.</summary>
    public bool IsEmpty => _mailboxes.Count == 0;

    internal IEnumerable<SmtpPath> Mailboxes => _mailboxes;

    /// <summary>Reads a list of mailboxes.</summary>
    /// <param name="entries">One mailbox each, without angle brackets. Non-ASCII local-parts and U-labels are taken.</param>
    /// <exception cref="EntryListException">Some entries are wrong; it names all of them.</exception>
    public static AddressSet Parse(params IEnumerable<string> entries) => TryParse(entries, out AddressSet? set, out IReadOnlyList<EntryError> errors)
        ? set
        : throw new EntryListException("addresses", errors);

    /// <summary>Reads a list of mailboxes as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="entries">One mailbox each; null entries are errors.</param>
    /// <param name="set">The set, or null when there are errors: nothing is half-loaded.</param>
    /// <param name="errors">Every wrong entry; empty on success.</param>
    public static bool TryParse(IEnumerable<string?> entries, [NotNullWhen(true)] out AddressSet? set, out IReadOnlyList<EntryError> errors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var mailboxes = new List<SmtpPath>();
        var found = new List<EntryError>();
        int index = 0;
        foreach (string? entry in entries)
        {
            if (SmtpPath.TryParseMailbox(entry, AddressOptions.SmtpUtf8, out SmtpPath mailbox, out AddressError error)) mailboxes.Add(mailbox);
            else found.Add(new EntryError(index, Printable.Escape(entry), error.ToString(), "write a mailbox such as alice@example.com"));
            index++;
        }

        errors = found;
        set = found.Count > 0 ? null : new AddressSet(mailboxes);
        return set is not null;
    }

    /// <summary>Whether the path is one of the mailboxes. False for the null path and the bare postmaster.</summary>
    public bool Contains(SmtpPath path) => path.IsMailbox && _mailboxes.Contains(path);

    /// <summary>The mailboxes of the set in order, as <see cref="Parse"/> reads them.</summary>
    public IEnumerable<string> ToEntries() => _mailboxes.Select(mailbox => mailbox.Address).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(AddressSet? other) => other is not null && _mailboxes.SetEquals(other._mailboxes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _mailboxes.Aggregate(0, (hash, mailbox) => hash ^ mailbox.GetHashCode());

    /// <summary>The mailboxes: all of a few, else the first ones and their number.</summary>
    public override string ToString() => EntryList.Print(name: null, ToEntries());
}
