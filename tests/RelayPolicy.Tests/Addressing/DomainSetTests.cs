using System.Text;

namespace RelayPolicy.Tests;

public sealed class DomainSetTests
{
    private static readonly DomainSet Set = DomainSet.Parse("local.example", "*.wild.example", "[192.0.2.1]", "[IPv6:2001:DB8::1]", "m\u00FCnchen.example");

    private static readonly Gen<string> Name = Gen.Char["ab"].Array[1, 2].Select(chars => new string(chars)).Array[1, 4].Select(labels => string.Join('.', labels));
    private static readonly Gen<string> Entry = Gen.Select(Name, Gen.Bool, (name, wildcard) => wildcard ? "*." + name : name);

    [Theory]
    [InlineData("local.example")]
    [InlineData("LOCAL.EXAMPLE")]
    [InlineData("a.wild.example")]
    [InlineData("a.b.c.wild.example")]
    [InlineData("wild.example.wild.example")]
    [InlineData("m\u00FCnchen.example")]
    [InlineData("xn--mnchen-3ya.example")]
    public void A_name_is_in_the_set_when_it_is_listed_or_below_a_wildcard(string name) =>
        Assert.True(Set.Contains(DomainName.Parse(name)));

    [Theory]
    [InlineData("xlocal.example")]
    [InlineData("x-local.example")]
    [InlineData("local.examplex")]
    [InlineData("local.example.ext.example")]
    [InlineData("sub.local.example")]
    [InlineData("example")]
    [InlineData("ocal.example")]
    [InlineData("local.exampl")]
    [InlineData("wild.example")]
    [InlineData("xwild.example")]
    [InlineData("a.xwild.example")]
    [InlineData("a.wild.examplex")]
    [InlineData("a.wild.example.ext.example")]
    [InlineData("munchen.example")]
    [InlineData("loc\u0430l.example")]
    [InlineData("\u0131ocal.example")]
    public void Whole_labels_are_compared_so_that_nothing_else_is_in_the_set(string name) =>
        Assert.False(Set.Contains(DomainName.Parse(name)));

    [Theory]
    [InlineData("LOCAL.example", true)]
    [InlineData("a.wild.example", true)]
    [InlineData("_tcp.wild.example", true)]
    [InlineData("xn--mnchen-3ya.example", true)]
    [InlineData("wild.example", false)]
    [InlineData("a..wild.example", false)]
    [InlineData("a.wild.example.", false)]
    [InlineData("m\u00FCnchen.example", false)]
    [InlineData("[192.0.2.1]", false)]
    [InlineData("", false)]
    public void A_text_is_in_the_set_when_it_is_a_name_in_ASCII_that_is(string text, bool expected)
    {
        Assert.Equal(expected, Set.Contains(text));
        Assert.Equal(expected, Set.Contains(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void The_count_is_that_of_different_entries()
    {
        Assert.Equal(5, Set.Count);
        Assert.Equal(2, DomainSet.Parse("a.example", "A.example", "[192.0.2.1]", "[192.0.2.1]").Count);
        Assert.Equal(0, DomainSet.Empty.Count);
    }

    [Fact]
    public void The_default_name_is_in_no_set() => Assert.False(Set.Contains(default(DomainName)));

    [Theory]
    [InlineData("<r@local.example>", true)]
    [InlineData("<r@a.wild.example>", true)]
    [InlineData("<r@wild.example>", false)]
    [InlineData("<r@[192.0.2.1]>", true)]
    [InlineData("<r@[192.0.2.2]>", false)]
    [InlineData("<r@[IPv6:2001:db8:0:0:0:0:0:1]>", true)]
    [InlineData("<r@[IPv6:::192.0.2.1]>", false)]
    [InlineData("<\"r@local.example\"@ext.example>", false)]
    [InlineData("<@local.example:r@ext.example>", false)]
    [InlineData("<@ext.example:r@local.example>", true)]
    [InlineData("<postmaster>", false)]
    public void A_path_is_in_the_set_by_its_domain_or_literal(string path, bool expected) =>
        Assert.Equal(expected, Set.Contains(SmtpPath.ParseForwardPath(path)));

    [Fact]
    public void The_null_path_and_the_default_path_are_in_no_set()
    {
        Assert.False(Set.Contains(SmtpPath.Null));
        Assert.False(Set.Contains(default(SmtpPath)));
    }

    [Fact]
    public void An_empty_set_contains_nothing()
    {
        Assert.True(DomainSet.Empty.IsEmpty);
        Assert.Equal(DomainSet.Empty, DomainSet.Parse());
        Assert.False(DomainSet.Empty.Contains(DomainName.Parse("local.example")));
        Assert.False(DomainSet.Empty.Contains(SmtpPath.ParseForwardPath("<r@[192.0.2.1]>")));
        Assert.Equal("(none)", DomainSet.Empty.ToString());
    }

    [Theory]
    [InlineData(null, "", "it is empty", "remove the entry")]
    [InlineData("", "", "it is empty", "remove the entry")]
    [InlineData("  ", "  ", "it is empty", "remove the entry")]
    [InlineData("*", "*", "every domain", "name the domains")]
    [InlineData("*.", "*.", "missing (position 2)", "*.example.com")]
    [InlineData("*example", "*example", "(position 0)", "*.example.com")]
    [InlineData("a.*.example", "a.*.example", "(position 2)", "*.example.com")]
    [InlineData("*.*.example", "*.*.example", "(position 2)", "*.example.com")]
    [InlineData("*.a..example", "*.a..example", "empty label (position 4)", "*.example.com")]
    [InlineData("*.[192.0.2.1]", "*.[192.0.2.1]", "(position 2)", "*.example.com")]
    [InlineData(".example", ".example", "empty label (position 0)", "write a domain")]
    [InlineData("local.example.", "local.example.", "trailing dot (position 13)", "without the trailing dot")]
    [InlineData("r@local.example", "r@local.example", "(position 1)", "without the local-part")]
    [InlineData("@local.example", "@local.example", "(position 0)", "without the local-part")]
    [InlineData(" local.example", " local.example", "(position 0)", "write a domain")]
    [InlineData("local.example\n", "local.example\\u000a", "(position 13)", "write a domain")]
    [InlineData("local_x.example", "local_x.example", "(position 5)", "write a domain")]
    [InlineData("192.0.2.1", "192.0.2.1", "ends in a number", "[192.0.2.1]")]
    [InlineData("[192.0.2.1", "[192.0.2.1", "ends with ']'", "[192.0.2.1]")]
    [InlineData("[", "[", "ends with ']'", "[192.0.2.1]")]
    [InlineData("[]", "[]", "address literal", "[192.0.2.1]")]
    [InlineData("[192.0.2.01]", "[192.0.2.01]", "address literal", "[192.0.2.1]")]
    [InlineData("[::1]", "[::1]", "address literal", "[IPv6:2001:db8::1]")]
    [InlineData("[IPv6:::ffff:192.0.2.1]", "[IPv6:::ffff:192.0.2.1]", "IPv4-mapped", "[192.0.2.1]")]
    [InlineData("\u212Aiosk.example", "\\u212aiosk.example", "(position 0)", "write a domain")]
    [InlineData("xn--zzzzzzzz99999.example", "xn--zzzzzzzz99999.example", "does not decode (position 0)", "write a domain")]
    public void An_entry_that_is_no_domain_is_an_error_with_the_mend(string? entry, string shown, string problem, string mend)
    {
        Assert.False(DomainSet.TryParse(["local.example", entry], out DomainSet? set, out IReadOnlyList<EntryError> errors));
        Assert.Null(set);
        EntryError error = Assert.Single(errors);
        Assert.Equal((1, shown), (error.Index, error.Entry));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Contains(mend, error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var thrown = Assert.Throws<EntryListException>(() => DomainSet.Parse("a b", "local.example", "*"));
        Assert.Equal([0, 2], thrown.Errors.Select(error => error.Index));
        Assert.Contains("\"a b\"", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("\"*\"", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_and_repetition_of_entries_do_not_count()
    {
        DomainSet one = DomainSet.Parse("b.example", "*.a.example", "[192.0.2.1]", "A.example");
        DomainSet other = DomainSet.Parse("[192.0.2.1]", "a.example", "*.A.example", "b.example", "B.EXAMPLE");
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(["a.example", "b.example", "*.a.example", "[192.0.2.1]"], one.ToEntries());
    }

    [Fact]
    public void A_wildcard_and_the_name_itself_are_two_entries() =>
        Assert.NotEqual(DomainSet.Parse("a.example"), DomainSet.Parse("*.a.example"));

    [Fact]
    public void A_name_of_a_set_is_printed_and_no_part_of_its_value()
    {
        DomainSet named = Set.Named("ours");
        Assert.Equal("ours", named.ToString());
        Assert.Equal(Set, named);
        Assert.Throws<ArgumentException>(() => Set.Named(" "));
        Assert.Equal("local.example, xn--mnchen-3ya.example, *.wild.example, [192.0.2.1], and 1 more", Set.ToString());
    }

    [Fact]
    public void Membership_is_what_a_naive_reading_of_the_entries_says() => Gen.Select(Entry.Array[0, 6], Name).Sample(
        (entries, name) =>
        {
            bool expected = entries.Any(entry => entry[0] == '*' ? name.EndsWith(entry[1..], StringComparison.Ordinal) : name == entry);
            DomainSet set = DomainSet.Parse(entries);
            Assert.Equal(expected, set.Contains(DomainName.Parse(name)));
            Assert.Equal(expected, set.Contains(SmtpPath.ParseMailbox("r@" + name)));
        },
        iter: 30_000);

    [Fact]
    public void The_entries_of_a_set_parse_to_the_same_set() =>
        Gen.Frequency((3, Entry), (1, Generators.Domain), (1, Generators.Domain.Select(name => "*." + name)), (1, Generators.Literal)).Array[0, 6].Sample(
            entries =>
            {
                DomainSet set = DomainSet.Parse(entries);
                DomainSet again = DomainSet.Parse(set.ToEntries());
                Assert.Equal(set, again);
                Assert.Equal(set.GetHashCode(), again.GetHashCode());
                Assert.Equal(set.ToEntries(), again.ToEntries());
                Assert.Equal(entries.Length == 0, set.IsEmpty);
            },
            iter: 5_000);

    [Fact]
    public void Looking_up_a_name_does_not_allocate()
    {
        DomainName[] names = [DomainName.Parse("local.example"), DomainName.Parse("a.b.wild.example"), DomainName.Parse("a.b.c.ext.example")];
        SmtpPath path = SmtpPath.ParseForwardPath("<r@ext.example>");
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (DomainName name in names) Set.Contains(name);
            Set.Contains(path);
        }));
    }
}
