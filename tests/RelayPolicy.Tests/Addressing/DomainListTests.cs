namespace RelayPolicy.Tests;

public sealed class DomainListTests
{
    private static readonly Gen<string> Entry = Gen.OneOf(
        Generators.Domain,
        Generators.Domain.Select(domain => "*." + domain),
        Generators.Literal.Where(literal => DomainSet.TryParse([literal], out _, out _)));

    [Fact]
    public void A_list_of_local_domains_is_read() => Assert.Equal(
        DomainSet.Parse("example.com", "*.example.com", "xn--mnchen-3ya.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"),
        DomainList.Read(ListFiles.Plain(
            """
            # Domains of this server
            Example.COM
              *.example.com   ; and everything below it

            münchen.example # as a U-label
            [192.0.2.1]
            [IPv6:2001:db8::1] #literals
            """)));

    [Fact]
    public void A_packed_list_is_read() => Assert.Equal(DomainSet.Parse("a.example", "b.example"), DomainList.Read(new TricklingStream(ListFiles.Pack("a.example\r\nb.example\r\n"))));

    [Fact]
    public void A_domain_may_come_again() => Assert.Equal(DomainSet.Parse("a.example"), DomainList.Read(ListFiles.Plain("a.example\nA.EXAMPLE\n")));

    [Theory]
    [InlineData(".example.com", "line 1: \".example.com\": it begins with a dot; write *.example.com for every domain below it, and the domain itself on a line of its own")]
    [InlineData("a.example\n*", "line 2: \"*\": it would stand for every domain; name the domains; a condition without a destination is written without a list")]
    [InlineData("a.example b.example", "line 1: \"a.example b.example\": there is text behind the entry; remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)")]
    [InlineData("user@example.com ; x", "line 1: \"user@example.com ; x\": a domain holds only letters, digits, hyphens and dots (position 4); write the domain alone, without the local-part")]
    [InlineData("example.com.", "line 1: \"example.com.\": the domain has a trailing dot (position 11); write it without the trailing dot")]
    [InlineData("..", "line 1: \"..\": the domain has an empty label (position 0); write it without the trailing dot")]
    [InlineData("192.0.2.1", "line 1: \"192.0.2.1\": the domain ends in a number, as an IP address does (position 8); an address literal is written [192.0.2.1]")]
    [InlineData("[192.0.2.256]", "line 1: \"[192.0.2.256]\": an address literal is [192.0.2.1] or [IPv6:2001:db8::1]; write [192.0.2.1] or [IPv6:2001:db8::1]")]
    [InlineData("", "the list holds no entry; see why it is empty; if it may be, say so (AllowEmpty)")]
    public void An_error_names_its_line_and_the_mend(string text, string error) =>
        Assert.Equal([error], ListFiles.DomainErrors(text).Select(e => e.ToString()));

    [Fact]
    public void Further_columns_are_ignored_when_that_is_wanted() => Assert.Equal(
        DomainSet.Parse("a.example", "*.b.example"),
        DomainList.Read(ListFiles.Plain("a.example\tOK\n*.b.example  smtp:[192.0.2.1]:25\n"), new ListOptions { IgnoreColumns = true }));

    [Fact]
    public void An_empty_list_is_the_empty_set_when_that_is_allowed() =>
        Assert.True(DomainList.Read(ListFiles.Plain("\n"), new ListOptions { AllowEmpty = true }).IsEmpty);

    [Fact]
    public void Of_very_many_errors_the_first_are_named_and_then_reading_stops()
    {
        IReadOnlyList<LineError> errors = ListFiles.DomainErrors(ListFiles.Lines(Enumerable.Repeat("-bad-", 100_000)), new ListOptions { MaxErrors = 5 });
        Assert.Equal([1L, 2, 3, 4, 5, 6], errors.Select(error => error.Line));
        Assert.Equal("there are more than 5 errors, and reading stopped here", errors[^1].Problem);
    }

    [Fact]
    public void A_list_may_hold_as_many_entries_as_the_limit_and_no_more()
    {
        Assert.Empty(ListFiles.DomainErrors("a.example\nb.example\n", new ListOptions { MaxEntries = 2 }));
        Assert.Equal(2, Assert.Single(ListFiles.DomainErrors("a.example\nb.example\n-bad-\n", new ListOptions { MaxEntries = 1 })).Line);
        Assert.Equal(2, Assert.Single(ListFiles.DomainTableErrors("a.example x\nb.example x\n-bad-\n", new ListOptions { MaxEntries = 1 })).Line);
    }

    [Fact]
    public void Nothing_is_loaded_when_one_line_is_wrong()
    {
        Assert.False(DomainList.TryRead(ListFiles.Plain("a.example\n-bad-\nb.example\n"), out DomainSet? set, out _));
        Assert.Null(set);
        Assert.Throws<ListFormatException>(() => DomainList.Read(ListFiles.Plain("a.example\n-bad-\n")));
    }

    [Fact]
    public void What_a_set_prints_is_read_as_an_equal_set() => Entry.Array[1, 20].Sample(entries =>
    {
        DomainSet set = DomainSet.Parse(entries);
        Assert.Equal(set, DomainList.Read(ListFiles.Plain(ListFiles.Lines(set.ToEntries()))));
        Assert.Equal(set, DomainList.Read(ListFiles.Plain(ListFiles.Lines(entries))));
    });

    [Theory]
    [InlineData("example.com", "smtp:[mail.example.net]:25 # not a comment")]
    [InlineData("a.example.com", "local")]
    [InlineData("b.a.example.com", "local")]
    [InlineData("vip.example.com", "relay; first")]
    [InlineData("elsewhere.example", null)]
    public void A_transport_table_is_read_and_the_longest_match_wins(string domain, string? expected)
    {
        DomainTable<string> table = DomainList.ReadTable(ListFiles.Plain(
            """
            # domain              transport
            *.example.com         local
            Example.COM           smtp:[mail.example.net]:25 # not a comment
            ; a comment
            vip.example.com	relay; first
            """), value => value);
        Assert.Equal(expected is not null, table.TryFind(DomainName.Parse(domain), out string? value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("a.example", "line 1: \"a.example\": the entry has no value; write the value behind it on the same line")]
    [InlineData(".example.com OK", "line 1: \".example.com OK\": it begins with a dot; write *.example.com for every domain below it, and the domain itself on a line of its own")]
    [InlineData("[192.0.2.1] OK", "line 1: \"[192.0.2.1] OK\": a table of domains holds no address literals; leave it out")]
    [InlineData("* OK", "line 1: \"* OK\": it would stand for every domain; name the domains; a condition without a destination is written without a list")]
    [InlineData("a.example OK\n more", "line 2: \"more\": white space before an entry would continue the line above, and such lines are not supported; write an entry and its value on one line, without white space before them")]
    [InlineData("!a.example OK", "line 1: \"!a.example OK\": entries negated with '!' are not supported; write the networks or domains that are meant")]
    [InlineData("if a.example", "line 1: \"if a.example\": if and endif are not supported; write every entry with its value")]
    [InlineData("a.example OK\nb.example OK\nA.EXAMPLE REJECT", "line 3: \"A.EXAMPLE REJECT\": line 1 gives the same domain another value; leave one of them out")]
    [InlineData("", "the list holds no entry; see why it is empty; if it may be, say so (AllowEmpty)")]
    public void An_error_of_a_table_names_its_line_and_the_mend(string text, string error) =>
        Assert.Equal([error], ListFiles.DomainTableErrors(text).Select(e => e.ToString()));

    [Fact]
    public void The_same_domain_may_come_again_with_the_same_value() => Assert.Empty(ListFiles.DomainTableErrors("a.example OK\nA.example OK\n"));

    [Fact]
    public void A_value_that_is_wrong_is_an_error_of_its_line()
    {
        Assert.False(DomainList.TryReadTable(ListFiles.Plain("a.example 1\nb.example x\n"), int.Parse, out _, out IReadOnlyList<LineError> errors));
        Assert.Equal(2, Assert.Single(errors).Line);
    }

    [Fact]
    public void A_file_is_read_by_its_path_and_the_exception_names_it()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a.example REJECT\n");
            Assert.Equal(DomainSet.Parse("a.example"), DomainList.Load(path, new ListOptions { IgnoreColumns = true }));
            Assert.Equal(1, DomainList.LoadTable(path, value => value).Count);
            Assert.Contains(path, Assert.Throws<ListFormatException>(() => DomainList.Load(path)).Message, StringComparison.Ordinal);
            Assert.Contains(path, Assert.Throws<ListFormatException>(() => DomainList.LoadTable<int>(path, int.Parse)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
