namespace RelayPolicy.Tests;

public sealed class AddressSetTests
{
    private static readonly AddressSet Set = AddressSet.Parse("alice@example.com", "\"a b\"@example.com", "r@[192.0.2.1]", "j\u00F8ran@m\u00FCnchen.example", "\"postmaster\"@example.com");

    [Theory]
    [InlineData("<alice@example.com>")]
    [InlineData("<ALICE@Example.COM>")]
    [InlineData("<\"\\alice\"@example.com>")]
    [InlineData("<@ext.example:alice@example.com>")]
    [InlineData("<\"a\\ b\"@example.com>")]
    [InlineData("<R@[192.0.2.1]>")]
    [InlineData("<J\u00F8RAN@xn--mnchen-3ya.example>")]
    [InlineData("<postmaster@example.com>")]
    public void A_mailbox_is_in_the_set_in_any_spelling_and_ASCII_case(string path) =>
        Assert.True(Set.Contains(SmtpPath.ParseForwardPath(path, AddressOptions.SmtpUtf8)));

    [Theory]
    [InlineData("<xalice@example.com>")]
    [InlineData("<alice+tag@example.com>")]
    [InlineData("<alice@sub.example.com>")]
    [InlineData("<alice@example.comx>")]
    [InlineData("<\"alice@example.com\"@ext.example>")]
    [InlineData("<al\u0131ce@example.com>")]
    [InlineData("<ab@example.com>")]
    [InlineData("<r@[IPv6:::192.0.2.1]>")]
    [InlineData("<J\u00D8RAN@m\u00FCnchen.example>")]
    [InlineData("<postmaster>")]
    public void Nothing_else_is_in_the_set(string path) =>
        Assert.False(Set.Contains(SmtpPath.ParseForwardPath(path, AddressOptions.SmtpUtf8)));

    [Fact]
    public void The_null_path_and_the_default_are_in_no_set()
    {
        Assert.False(Set.Contains(SmtpPath.Null));
        Assert.False(Set.Contains(default));
    }

    [Fact]
    public void An_empty_set_contains_nothing()
    {
        Assert.True(AddressSet.Parse().IsEmpty);
        Assert.False(AddressSet.Parse().Contains(SmtpPath.ParseMailbox("alice@example.com")));
        Assert.Equal("(none)", AddressSet.Parse().ToString());
    }

    [Theory]
    [InlineData(null, "", "(position 0)")]
    [InlineData("", "", "(position 0)")]
    [InlineData("alice", "alice", "(position 5)")]
    [InlineData("postmaster", "postmaster", "(position 10)")]
    [InlineData("<alice@example.com>", "<alice@example.com>", "(position 0)")]
    [InlineData("@example.com", "@example.com", "(position 0)")]
    [InlineData("alice@*.example.com", "alice@*.example.com", "(position 6)")]
    [InlineData("alice@example.com ", "alice@example.com ", "(position 17)")]
    [InlineData("alice@example.com\n", "alice@example.com\\u000a", "(position 17)")]
    [InlineData("<>", "<>", "(position 0)")]
    public void An_entry_that_is_no_mailbox_is_an_error_with_the_mend(string? entry, string shown, string problem)
    {
        Assert.False(AddressSet.TryParse(["alice@example.com", entry], out AddressSet? set, out IReadOnlyList<EntryError> errors));
        Assert.Null(set);
        EntryError error = Assert.Single(errors);
        Assert.Equal((1, shown, "write a mailbox such as alice@example.com"), (error.Index, error.Entry, error.Mend));
        Assert.EndsWith(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var thrown = Assert.Throws<EntryListException>(() => AddressSet.Parse("a", "b@c.example", "d"));
        Assert.Equal([0, 2], thrown.Errors.Select(error => error.Index));
    }

    [Fact]
    public void Membership_is_equality_with_one_of_the_mailboxes() => Gen.Select(Generators.Mailbox.Array[0, 5], Generators.Mailbox, Gen.Int[0, 9]).Sample(
        (mailboxes, other, index) =>
        {
            AddressSet set = AddressSet.Parse(mailboxes.Select(mailbox => mailbox.Address));
            SmtpPath asked = index < mailboxes.Length ? mailboxes[index] : other;
            Assert.Equal(mailboxes.Any(mailbox => mailbox == asked), set.Contains(asked));
        },
        iter: 5_000);

    [Fact]
    public void The_entries_of_a_set_parse_to_the_same_set() => Generators.Mailbox.Array[0, 6].Sample(
        mailboxes =>
        {
            AddressSet set = AddressSet.Parse(mailboxes.Select(mailbox => mailbox.Address));
            AddressSet again = AddressSet.Parse(set.ToEntries().Reverse());
            Assert.Equal(set, again);
            Assert.Equal(set.GetHashCode(), again.GetHashCode());
        },
        iter: 5_000);
}
