namespace RelayPolicy.Tests;

public sealed class SenderOwnershipTests
{
    private static readonly SenderOwnership Map = Create(
        ("alice", ["alice@example.com", "alice+*@example.com", "\"a b\"@example.com", "r@[192.0.2.1]", "r+*@[192.0.2.1]"]),
        ("domain", ["@example.com", "@m\u00FCnchen.example"]),
        ("root", ["*"]),
        ("list", ["list@example.com", "!<>"]),
        ("muted", ["!<>"]),
        ("star", ["*@example.com", "\"x+*@y\"@example.com", "\"z+*\"@example.com"]));

    [Theory]
    [InlineData("alice", "<alice@example.com>")]
    [InlineData("ALICE", "<Alice@EXAMPLE.com>")]
    [InlineData("alice", "<@ext.example:alice@example.com>")]
    [InlineData("alice", "<alice+tag@example.com>")]
    [InlineData("alice", "<ALICE+a+b@example.com>")]
    [InlineData("alice", "<\"alice+a b\"@example.com>")]
    [InlineData("alice", "<\"a b\"@example.com>")]
    [InlineData("alice", "<r@[192.0.2.1]>")]
    [InlineData("alice", "<r+x@[192.0.2.1]>")]
    [InlineData("domain", "<anyone@example.com>")]
    [InlineData("domain", "<r@xn--mnchen-3ya.example>")]
    [InlineData("root", "<x@ext.example>")]
    [InlineData("root", "<x@[192.0.2.9]>")]
    [InlineData("list", "<list@example.com>")]
    [InlineData("star", "<*@example.com>")]
    [InlineData("star", "<\"x+*@y\"@example.com>")]
    [InlineData("star", "<z+*@example.com>")]
    public void A_user_owns_what_is_listed(string user, string sender) => Assert.True(Owns(user, sender));

    [Theory]
    [InlineData("alice", "<bob@example.com>")]
    [InlineData("alice", "<alice+@example.com>")]
    [InlineData("alice", "<alicex@example.com>")]
    [InlineData("alice", "<alice-tag@example.com>")]
    [InlineData("alice", "<xalice+tag@example.com>")]
    [InlineData("alice", "<alice@sub.example.com>")]
    [InlineData("alice", "<alice@example.comx>")]
    [InlineData("alice", "<alice+tag@ext.example>")]
    [InlineData("alice", "<\"alice@example.com\"@ext.example>")]
    [InlineData("alice", "<r+x@[192.0.2.2]>")]
    [InlineData("alice", "<r@[IPv6:::192.0.2.1]>")]
    [InlineData("domain", "<x@sub.example.com>")]
    [InlineData("domain", "<x@xexample.com>")]
    [InlineData("domain", "<x@[192.0.2.1]>")]
    [InlineData("list", "<alice@example.com>")]
    [InlineData("muted", "<muted@example.com>")]
    [InlineData("star", "<anyone@example.com>")]
    [InlineData("star", "<\"x@y\"@example.com>")]
    [InlineData("star", "<\"x@y+tag\"@example.com>")]
    [InlineData("star", "<z+tag@example.com>")]
    [InlineData("nobody", "<alice@example.com>")]
    [InlineData("nobody", "<nobody@example.com>")]
    public void A_user_owns_nothing_else(string user, string sender) => Assert.False(Owns(user, sender));

    [Theory]
    [InlineData("alice", true)]
    [InlineData("root", true)]
    [InlineData("nobody", true)]
    [InlineData("list", false)]
    [InlineData("LIST", false)]
    [InlineData("muted", false)]
    public void The_null_path_is_owned_by_every_user_but_those_that_disown_it(string user, bool expected) =>
        Assert.Equal(expected, Map.Owns(new AuthIdentity(user), SmtpPath.Null));

    [Theory]
    [InlineData("<>")]
    [InlineData("<alice@example.com>")]
    public void Anonymous_owns_nothing(string sender)
    {
        SmtpPath path = SmtpPath.ParseReversePath(sender);
        Assert.False(Map.Owns(AuthIdentity.Anonymous, path));
        Assert.False(Map.Owns(new AuthIdentity(" "), path));
        Assert.False(Map.Owns(new AuthIdentity("root", "ANONYMOUS"), path));
    }

    [Fact]
    public void Nobody_owns_the_default_path_or_a_bare_postmaster()
    {
        Assert.False(Map.Owns(new AuthIdentity("root"), default));
        Assert.False(Map.Owns(new AuthIdentity("root"), SmtpPath.ParseForwardPath("<postmaster>")));
        Assert.Throws<ArgumentNullException>(() => Map.Owns(null!, SmtpPath.Null));
    }

    [Fact]
    public void In_the_empty_map_users_own_the_null_path_alone()
    {
        Assert.True(SenderOwnership.Empty.Owns(new AuthIdentity("alice"), SmtpPath.Null));
        Assert.False(SenderOwnership.Empty.Owns(new AuthIdentity("alice"), SmtpPath.ParseMailbox("alice@example.com")));
        Assert.False(SenderOwnership.Empty.Owns(AuthIdentity.Anonymous, SmtpPath.Null));
    }

    [Fact]
    public void User_names_are_compared_by_the_given_comparer()
    {
        SenderOwnership map = SenderOwnership.Create([KeyValuePair.Create<string, IReadOnlyList<string>>("alice", ["*"])], StringComparer.Ordinal);
        Assert.True(map.Owns(new AuthIdentity("alice"), SmtpPath.ParseMailbox("x@ext.example")));
        Assert.False(map.Owns(new AuthIdentity("Alice"), SmtpPath.ParseMailbox("x@ext.example")));
    }

    [Theory]
    [InlineData("\u212Aim", "kim")]
    [InlineData("alice\u200B", "alice")]
    [InlineData("al\u0131ce", "alice")]
    [InlineData("alice ", "alice")]
    public void A_look_alike_of_a_user_is_another_user(string given, string listed) =>
        Assert.False(Create((listed, ["*"])).Owns(new AuthIdentity(given), SmtpPath.ParseMailbox("x@ext.example")));

    [Theory]
    [InlineData("", "(position 0)")]
    [InlineData("alice", "(position 5)")]
    [InlineData("@", "missing (position 1)")]
    [InlineData("@*.example.com", "(position 1)")]
    [InlineData("@example..com", "(position 9)")]
    [InlineData("@[192.0.2.1]", "(position 1)")]
    [InlineData("+*@example.com", "(position 2)")]
    [InlineData("alice+*@exa mple.com", "(position 11)")]
    [InlineData("al ice+*@example.com", "(position 2)")]
    [InlineData("alice@*", "(position 6)")]
    [InlineData("**", "(position 2)")]
    [InlineData(" *", "(position 0)")]
    [InlineData("<>", "(position 0)")]
    [InlineData("! <>", "(position 1)")]
    [InlineData("<alice@example.com>", "(position 0)")]
    [InlineData("alice@example.com\n", "(position 17)")]
    [InlineData(null, "(position 0)")]
    public void An_entry_that_is_no_owner_is_an_error_with_the_mend(string? entry, string problem)
    {
        Assert.False(SenderOwnership.TryCreate(
            [KeyValuePair.Create<string, IReadOnlyList<string>>("bob", ["*"]), KeyValuePair.Create<string, IReadOnlyList<string>>("alice", ["*", entry!])],
            out SenderOwnership? map,
            out IReadOnlyList<EntryError> errors));
        Assert.Null(map);
        EntryError error = Assert.Single(errors);
        Assert.Equal(1, error.Index);
        Assert.Equal("alice: " + Printable.Escape(entry), error.Entry);
        Assert.EndsWith(problem, error.Problem, StringComparison.Ordinal);
        Assert.Contains("alice+*@example.com", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_that_are_blank_listed_twice_or_without_entries_are_errors()
    {
        Assert.False(SenderOwnership.TryCreate(
            [
                KeyValuePair.Create<string, IReadOnlyList<string>>(" ", ["*"]),
                KeyValuePair.Create<string, IReadOnlyList<string>>("alice", ["alice@example.com"]),
                KeyValuePair.Create<string, IReadOnlyList<string>>("ALICE", ["*"]),
                KeyValuePair.Create<string, IReadOnlyList<string>>("bob", []),
                KeyValuePair.Create<string, IReadOnlyList<string>>("carol", null!),
                KeyValuePair.Create<string, IReadOnlyList<string>>(null!, ["*"]),
            ],
            out _,
            out IReadOnlyList<EntryError> errors));
        Assert.Equal([0, 2, 3, 4, 5], errors.Select(error => error.Index));
        Assert.Equal(["the user name is blank", "the user is listed twice", "there is no entry", "there is no entry", "the user name is blank"], errors.Select(error => error.Problem));
    }

    [Fact]
    public void Create_throws_with_every_error() =>
        Assert.Equal(2, Assert.Throws<EntryListException>(() => Create(("alice", ["x", "y"]))).Errors.Count);

    [Fact]
    public void The_entries_are_kept_as_given()
    {
        KeyValuePair<string, IReadOnlyList<string>> entry = Assert.Single(Create(("Alice", ["*", "!<>"])).Entries);
        Assert.Equal("Alice", entry.Key);
        Assert.Equal(["*", "!<>"], entry.Value);
    }

    [Fact]
    public void Only_the_listed_mailbox_or_a_tag_of_it_is_owned() => Gen.Select(Generators.Mailbox, Generators.Mailbox, Gen.Bool).Sample(
        (owned, sender, tagged) =>
        {
            string at = "@" + owned.DomainText;
            string local = owned.Address[..^at.Length];
            // A tag stands behind a local-part without quotes; a mailbox that itself ends in "+*" is written with quotes.
            if (tagged ? local[0] == '"' : local.EndsWith("+*", StringComparison.Ordinal)) return;
            SenderOwnership map = Create(("alice", [tagged ? local + "+*" + at : owned.Address]));
            bool Owns(SmtpPath path) => map.Owns(new AuthIdentity("alice"), path);
            Assert.Equal(!tagged, Owns(owned));
            if (!tagged) Assert.Equal(owned == sender, Owns(sender));
            if (tagged && SmtpPath.TryParseMailbox(local + "+x" + at, AddressOptions.SmtpUtf8, out SmtpPath tag, out _)) Assert.True(Owns(tag));
            if (owned.DomainText != sender.DomainText) Assert.False(Owns(sender));
        },
        iter: 20_000);

    private static bool Owns(string user, string sender) => Map.Owns(new AuthIdentity(user), SmtpPath.ParseForwardPath(sender));

    private static SenderOwnership Create(params (string User, string[] Entries)[] users) =>
        SenderOwnership.Create(users.Select(user => KeyValuePair.Create<string, IReadOnlyList<string>>(user.User, user.Entries)));
}
