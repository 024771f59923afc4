using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// Which senders each user may use. An entry is a mailbox <c>alice@example.com</c>, a mailbox with any tag
/// <c>alice+*@example.com</c>, a whole domain <c>@example.com</c>, everything <c>*</c>, or <c>!&lt;&gt;</c>, which takes away
/// the null path that every authenticated user owns otherwise.
/// </summary>
public sealed class SenderOwnership
{
    private const string Everything = "*";
    private const string NotTheNullPath = "!<>";
    private const string AnyTag = "+*";

    private readonly Dictionary<string, Owner> _owners;

    private SenderOwnership(Dictionary<string, Owner> owners) => _owners = owners;

    /// <summary>The map in which nobody owns anything but the null path.</summary>
    public static SenderOwnership Empty { get; } = new([]);

    /// <summary>The users and their entries, as they were given, users in their order.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Entries =>
        _owners.Select(owner => KeyValuePair.Create(owner.Key, owner.Value.Entries));

    /// <summary>How user names are compared.</summary>
    internal IEqualityComparer<string> UserNames => _owners.Comparer;

    /// <summary>Builds the map.</summary>
    /// <param name="entries">Each user with at least one entry.</param>
    /// <param name="userNames">How user names are compared; null for ordinal, ignoring case. Never by culture.</param>
    /// <exception cref="ArgumentException">The comparer goes by culture.</exception>
    /// <exception cref="EntryListException">Some users or entries are wrong; it names all of them.</exception>
    public static SenderOwnership Create(
        IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> entries, IEqualityComparer<string>? userNames = null) =>
        TryCreate(entries, out SenderOwnership? ownership, out IReadOnlyList<EntryError> errors, userNames)
            ? ownership
            : throw new EntryListException("sender ownership", errors);

    /// <summary>Builds the map as <see cref="Create"/> does, without throwing.</summary>
    /// <param name="entries">Each user with at least one entry.</param>
    /// <param name="ownership">The map, or null when there are errors.</param>
    /// <param name="errors">Every wrong user and entry, written <c>user: entry</c>; <see cref="EntryError.Index"/> counts the users.</param>
    /// <param name="userNames">How user names are compared; null for ordinal, ignoring case.</param>
    public static bool TryCreate(
        IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> entries,
        [NotNullWhen(true)] out SenderOwnership? ownership,
        out IReadOnlyList<EntryError> errors,
        IEqualityComparer<string>? userNames = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (userNames is not null && NameText.OverlooksCharacters(userNames)) throw new ArgumentException("User names are not compared by culture: it overlooks characters.", nameof(userNames));
        var owners = new Dictionary<string, Owner>(userNames ?? StringComparer.OrdinalIgnoreCase);
        var found = new List<EntryError>();
        int index = -1;
        foreach ((string user, IReadOnlyList<string> list) in entries)
        {
            index++;
            if (NameText.FindFault(user) is { } fault) found.Add(Error(index, user, null, $"the user name is {fault}", "name the user"));
            else if (list is null or []) found.Add(Error(index, user, null, "there is no entry", "list what the user owns, or leave the user out"));
            else if (!owners.TryAdd(user, new Owner(list))) found.Add(Error(index, user, null, "the user is listed twice", "put all entries of a user into one list"));
            else found.AddRange(owners[user].Read().Select(error => Error(index, user, error.Entry, error.Problem, error.Mend)));
        }

        errors = found;
        ownership = found.Count > 0 ? null : new SenderOwnership(owners);
        return ownership is not null;
    }

    /// <summary>Whether the identity may use the sender. Anonymous owns nothing; every user owns the null path unless an entry says <c>!&lt;&gt;</c>.</summary>
    public bool Owns(AuthIdentity identity, SmtpPath sender)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (!identity.IsAuthenticated) return false;
        _owners.TryGetValue(identity.User, out Owner? owner);
        return sender.IsNull ? owner is not { DisownsNullPath: true } : owner is not null && owner.Owns(sender);
    }

    private static EntryError Error(int index, string? user, string? entry, string problem, string mend) =>
        new(index, Printable.Escape(entry is null ? user : $"{user}: {entry}"), problem, mend);

    private sealed class Owner(IReadOnlyList<string> entries)
    {
        private readonly HashSet<SmtpPath> _mailboxes = [];
        private readonly List<SmtpPath> _tagged = [];
        private readonly HashSet<DomainName> _domains = [];
        private bool _ownsEverything;

        public IReadOnlyList<string> Entries { get; } = [.. entries];

        public bool DisownsNullPath { get; private set; }

        public IEnumerable<EntryError> Read()
        {
            foreach (string? entry in Entries)
            {
                AddressError error = default;
                bool read = entry switch
                {
                    Everything => _ownsEverything = true,
                    NotTheNullPath => DisownsNullPath = true,
                    ['@', .. string domain] => ReadDomain(domain, out error),
                    not null when TagOf(entry) >= 0 => ReadTagged(entry, out error),
                    _ => SmtpPath.TryParseMailbox(entry, AddressOptions.SmtpUtf8, out SmtpPath mailbox, out error) && (_mailboxes.Add(mailbox) || true),
                };
                if (!read) yield return new EntryError(0, entry ?? "", error.ToString(), "write alice@example.com, alice+*@example.com, @example.com, * or !<>");
            }
        }

        public bool Owns(SmtpPath sender) =>
            sender.IsMailbox
            && (_ownsEverything || _mailboxes.Contains(sender) || _domains.Contains(sender.Domain) || _tagged.Exists(tagged => IsTagged(sender, tagged)));

        private bool ReadDomain(string domain, out AddressError error)
        {
            bool read = DomainName.TryParse(domain, AddressOptions.SmtpUtf8, out DomainName name, out error);
            if (read) _domains.Add(name);
            else error = error with { Position = error.Position + 1 };
            return read;
        }

        private bool ReadTagged(string entry, out AddressError error)
        {
            int tag = TagOf(entry);
            bool read = SmtpPath.TryParseMailbox(entry.Remove(tag, AnyTag.Length), AddressOptions.SmtpUtf8, out SmtpPath mailbox, out error);
            if (read) _tagged.Add(mailbox);
            else if (error.Position >= tag) error = error with { Position = error.Position + AnyTag.Length };
            return read;
        }

        // Where "+*" stands right before the "@" of the domain, or -1. In "a+*@b"@example.com it stands in the local-part itself.
        private static int TagOf(string entry)
        {
            int at = entry.LastIndexOf('@');
            return at >= 0 && entry.AsSpan(0, at).EndsWith(AnyTag, StringComparison.Ordinal) ? at - AnyTag.Length : -1;
        }

        // The sender is the mailbox with '+' and at least one more character behind its local-part.
        private static bool IsTagged(SmtpPath sender, SmtpPath mailbox)
        {
            string local = sender.LocalPart;
            int length = mailbox.LocalPart.Length;
            return local.Length > length + 1
                && local[length] == '+'
                && AsciiComparer.Equals(local.AsSpan(0, length), mailbox.LocalPart)
                && sender.Domain == mailbox.Domain
                && Equals(sender.AddressLiteral, mailbox.AddressLiteral);
        }
    }
}
