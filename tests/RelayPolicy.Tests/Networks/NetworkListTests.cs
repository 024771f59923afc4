namespace RelayPolicy.Tests;

public sealed class NetworkListTests
{
    private static readonly ListOptions Columns = new() { IgnoreColumns = true };

    [Fact]
    public void A_list_in_the_form_of_DROP_is_read() => Reads(
        """
        ; Example DROP List 2026/11/24 - (c) 2026 Example
        ; Last-Modified: Tue, 24 Nov 2026 06:12:33 GMT
        ; Expires: Tue, 24 Nov 2026 07:33:01 GMT
        192.0.2.0/25 ; SBL256894
        198.51.100.64/26 ; SBL434604
        2001:db8:40::/42 ; SBL460123
        """,
        "192.0.2.0/25", "198.51.100.64/26", "2001:db8:40::/42");

    [Fact]
    public void A_list_in_the_form_of_FireHOL_is_read() => Reads(
        """
        #
        # example_level1
        #
        # ipv4 hash:net ipset
        #
        # Entries         : 3 subnets, 131 unique IPs
        #
        192.0.2.7
        192.0.2.128/25
        203.0.113.4/31
        """,
        "192.0.2.7", "192.0.2.128/25", "203.0.113.4/31");

    [Fact]
    public void A_list_in_the_form_of_a_country_zone_is_read() => Reads("192.0.2.0/24\r\n198.51.100.0/24\r\n203.0.113.0/24\r\n", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("  192.0.2.0/24\t", "192.0.2.0/24")]
    [InlineData("192.0.2.0/24 #comment", "192.0.2.0/24")]
    [InlineData("192.0.2.0/24\t;comment # another", "192.0.2.0/24")]
    [InlineData("192.0.2.0/255.255.255.0", "192.0.2.0/24")]
    [InlineData("192.0.2.0 255.255.255.0", "192.0.2.0/24")]
    [InlineData("192.0.2.0\t \t255.255.255.0 # office", "192.0.2.0/24")]
    [InlineData("192.0.2.10-192.0.2.12", "192.0.2.10/31", "192.0.2.12")]
    [InlineData("2001:db8::5", "2001:db8::5")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("::\n0.0.0.0\n192.0.2.7", "0.0.0.0", "192.0.2.7", "::")]
    public void Every_form_of_an_entry_is_read(string line, params string[] entries) => Reads(line, entries);

    [Fact]
    public void An_entry_may_come_again() => Reads("192.0.2.0/24\n192.0.2.7\n192.0.2.0/24\n", "192.0.2.0/24");

    [Theory]
    [InlineData("192.0.2.1/24", "line 1: \"192.0.2.1/24\": host bits are set; write 192.0.2.0/24 for the network, or 192.0.2.1 for the one address")]
    [InlineData("# c\n\n 10.0.0 ; x", "line 3: \"10.0.0 ; x\": it is a short form; write all four numbers, such as 10.0.0.0/8")]
    [InlineData("192.0.2.0/24 SBL1", "line 1: \"192.0.2.0/24 SBL1\": there is text behind the entry; remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)")]
    [InlineData("192.0.2.0/24 198.51.100.0/24", "line 1: \"192.0.2.0/24 198.51.100.0/24\": there is text behind the entry; remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)")]
    [InlineData("192.0.2.0 255.0.255.0", "line 1: \"192.0.2.0 255.0.255.0\": the mask is not contiguous; write a mask whose ones come first, such as 255.255.255.0")]
    [InlineData("192.0.2.0/24 255.255.255.0", "line 1: \"192.0.2.0/24 255.255.255.0\": there is text behind the entry; remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)")]
    [InlineData("2001:db8:: 255.255.255.0", "line 1: \"2001:db8:: 255.255.255.0\": a mask belongs to IPv4 only; write a prefix length such as 2001:db8::/32")]
    [InlineData("example.com", "line 1: \"example.com\": it is not an IP address; write an address such as 192.0.2.7 or 2001:db8::5, or a network such as 192.0.2.0/24")]
    [InlineData("\u00A0192.0.2.1", "line 1: \"\\u00a0192.0.2.1\": there is white space around it; remove the white space")]
    [InlineData("Everyone", "line 1: \"Everyone\": a list file cannot say that everybody is meant; name the networks, or say it in the policy")]
    [InlineData("EveryIPv4 # x", "line 1: \"EveryIPv4 # x\": a list file cannot say that everybody is meant; name the networks, or say it in the policy")]
    [InlineData("everyipv6", "line 1: \"everyipv6\": a list file cannot say that everybody is meant; name the networks, or say it in the policy")]
    [InlineData("192.0.2.1\n0.0.0.0/0", "line 2: \"0.0.0.0/0\": it covers every IPv4 address; narrow it: a list file cannot say that everybody is meant")]
    [InlineData("0.0.0.1-255.255.255.255", "line 1: \"0.0.0.1-255.255.255.255\": it covers every IPv4 address; narrow it: a list file cannot say that everybody is meant")]
    [InlineData("::/0", "line 1: \"::/0\": it covers every IPv6 address; narrow it: a list file cannot say that everybody is meant")]
    [InlineData("0.0.0.0/1\n128.0.0.0/1", "together the entries cover every IPv4 address; narrow them: a list file cannot say that everybody is meant")]
    [InlineData("", "the list holds no entry; see why it is empty; if it may be, say so (AllowEmpty)")]
    [InlineData("# nothing\n\n", "the list holds no entry; see why it is empty; if it may be, say so (AllowEmpty)")]
    [InlineData("::\n0.0.0.0\n224.0.0.0/4\nff00::/8", "no client can have any of the addresses; see where the list comes from: multicast and unspecified addresses are no client's")]
    [InlineData("192.0.2.0/24;198.51.100.0/24", "line 1: \"192.0.2.0/24;198.51.100.0/24\": a comment begins after white space, and an entry holds no '#' or ';'; put white space before the comment, or one entry on each line")]
    [InlineData("192.0.2.7#x # y", "line 1: \"192.0.2.7#x # y\": a comment begins after white space, and an entry holds no '#' or ';'; put white space before the comment, or one entry on each line")]
    [InlineData("!192.0.2.0/24", "line 1: \"!192.0.2.0/24\": it is not an IP address; write an address such as 192.0.2.7 or 2001:db8::5, or a network such as 192.0.2.0/24")]
    public void An_error_names_its_line_and_the_mend(string text, string error) =>
        Assert.Equal([error], ListFiles.NetworkErrors(text).Select(e => e.ToString()));

    [Fact]
    public void An_HTML_page_in_place_of_the_list_is_no_list() => Assert.Equal(3, ListFiles.NetworkErrors("<!DOCTYPE html>\n<html>\n<body>404</body>\n").Count);

    [Fact]
    public void Further_columns_are_ignored_when_that_is_wanted() => Assert.Equal(
        NetworkSet.Parse("192.0.2.0/24", "198.51.100.7", "2001:db8::/32"),
        NetworkList.Read(ListFiles.Plain("192.0.2.0/24\tXX\tAS64500 # x\n198.51.100.7 192.0.2.1 2026-11-24\n2001:db8::/32 REJECT\n"), Columns));

    [Theory]
    [InlineData("192.0.2.0 255.255.255.0", "a mask", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.0.0\t255.255.0.0 office", "a mask", "write 192.0.0.0/16, or 192.0.0.0/32 for the one address")]
    [InlineData("192.0.2.0 255.255.255.0, office", "a mask", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.7 255.255.255.0", "a mask", "write the network in prefix notation, or 192.0.2.7/32 for the one address")]
    [InlineData("192.0.2.7 255.0.255.0", "a mask", "write the network in prefix notation, or 192.0.2.7/32 for the one address")]
    [InlineData("192.0.0.0 128.0.0.0", "a mask", "write the network in prefix notation, or 192.0.0.0/32 for the one address")]
    [InlineData("10.0.0.0 0.255.255.255", "a mask", "write the network in prefix notation, or 10.0.0.0/32 for the one address")]
    [InlineData("10.0.0.0 0.0.0.0", "a mask", "write the network in prefix notation, or 10.0.0.0/32 for the one address")]
    [InlineData("192.0.2.0 /24", "a prefix length", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 24", "a prefix length", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("2001:db8:: 32, x", "a prefix length", "write 2001:db8::/32, or 2001:db8::/128 for the one address")]
    [InlineData("192.0.2.0 / 24", "a prefix length", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.7 / 24", "a prefix length", "write the network without white space in it, or 192.0.2.7/32 for the one address")]
    [InlineData("192.0.2.0 024", "a prefix length", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 \u00a0/24", "a prefix length", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 netmask 255.255.255.0", "a mask", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 (255.255.255.0)", "a mask", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 255.255.255.0,", "a mask", "write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 0xffffff00", "a mask", "write the network in prefix notation, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.10 , 192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10 -- 192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10 \u2013 192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10 to 192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10 - 192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10 -192.0.2.20", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("192.0.2.10\t192.0.2.20\t11", "the end of a range", "write 192.0.2.10-192.0.2.20, or 192.0.2.10/32 for the one address")]
    [InlineData("2001:: 2001:db8::", "the end of a range", "write 2001::-2001:db8::, or 2001::/128 for the one address")]
    [InlineData("2001:db8:: 2001:db8::ffff", "the end of a range", "write 2001:db8::-2001:db8::ffff, or 2001:db8::/128 for the one address")]
    public void What_may_belong_to_the_address_is_never_ignored_as_a_column(string line, string what, string mend)
    {
        LineError error = Assert.Single(ListFiles.NetworkErrors(line, Columns));
        Assert.Equal(($"{what} seems to follow the address", mend), (error.Problem, error.Mend));
    }

    [Theory]
    [InlineData("192.0.2.7 24", "192.0.2.7")]
    [InlineData("192.0.2.0 32", "192.0.2.0")]
    [InlineData("192.0.2.0 1234", "192.0.2.0")]
    [InlineData("192.0.2.7 - seen again", "192.0.2.7")]
    [InlineData("192.0.2.7 -1", "192.0.2.7")]
    [InlineData("192.0.2.7 /dev/null", "192.0.2.7")]
    [InlineData("192.0.2.7 | 192.0.2.1 | x", "192.0.2.7")]
    [InlineData("192.0.2.7 2001:db8::1", "192.0.2.7")]
    [InlineData("192.0.2.7 198.51.100.0/24", "192.0.2.7")]
    [InlineData("192.0.2.7/32 255.255.255.0", "192.0.2.7")]
    [InlineData("192.0.2.0/24 - 192.0.3.0", "192.0.2.0/24")]
    public void A_column_that_cannot_belong_to_the_address_is_ignored(string line, string entry) =>
        Assert.Equal(NetworkSet.Parse(entry), NetworkList.Read(ListFiles.Plain(line), Columns));

    [Fact]
    public void An_empty_list_is_the_empty_set_when_that_is_allowed() =>
        Assert.Equal(NetworkSet.Empty, NetworkList.Read(ListFiles.Plain("# nothing\n"), new ListOptions { AllowEmpty = true }));

    [Fact]
    public void Every_error_is_named_in_the_order_of_the_lines_and_what_concerns_them_all_comes_last() => Assert.Equal(
        [2L, 4, 5, 0],
        ListFiles.NetworkErrors("0.0.0.0/1\nx\n128.0.0.0/1\n\u0001\n192.0.2.1/24\n").Select(error => error.Line));

    [Fact]
    public void Of_very_many_errors_the_first_are_named_and_then_reading_stops()
    {
        IReadOnlyList<LineError> errors = ListFiles.NetworkErrors(ListFiles.Lines(Enumerable.Repeat("bad", 100_000)));
        Assert.Equal(Enumerable.Range(1, 101).Select(i => (long)i), errors.Select(error => error.Line));
        Assert.Equal("line 101: there are more than 100 errors, and reading stopped here; mend the errors above and read the list again", errors[^1].ToString());
    }

    [Fact]
    public void As_many_errors_as_the_limit_are_named_without_a_word_about_more()
    {
        var options = new ListOptions { MaxErrors = 3 };
        Assert.Equal([1L, 2, 3], ListFiles.NetworkErrors("a\nb\nc\n192.0.2.1\n", options).Select(error => error.Line));
        Assert.Equal([1L, 2, 3, 5], ListFiles.NetworkErrors("a\nb\nc\n192.0.2.1\nd\ne\n", options).Select(error => error.Line));
    }

    [Fact]
    public void A_list_may_hold_as_many_entries_as_the_limit_and_no_more()
    {
        var options = new ListOptions { MaxEntries = 3 };
        Assert.Empty(ListFiles.NetworkErrors("192.0.2.1\n192.0.2.1\n192.0.2.1\n", options));
        Assert.Equal(4, Assert.Single(ListFiles.NetworkErrors("192.0.2.1\n192.0.2.1\n192.0.2.1\n192.0.2.1\nbad\n", options)).Line);
    }

    [Fact]
    public void A_range_is_one_entry() =>
        Assert.Empty(ListFiles.NetworkErrors("192.0.2.1-192.0.2.3", new ListOptions { MaxEntries = 1 }));

    [Fact]
    public void A_list_may_have_as_many_bytes_as_the_limit_and_no_more()
    {
        const string Text = "192.0.2.1\n192.0.2.2\n";
        Assert.Empty(ListFiles.NetworkErrors(Text, new ListOptions { MaxBytes = Text.Length }));
        Assert.Equal(
            ["the list is longer than 19 bytes, and reading stopped here; raise MaxBytes if the list is meant to be that long"],
            ListFiles.NetworkErrors(Text, new ListOptions { MaxBytes = Text.Length - 1 }).Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("192.0.2.1\n128.0.0.0/1")]
    [InlineData("192.0.2.1\n# and so o")]
    public void A_last_line_without_its_end_is_an_error_when_it_must_have_one(string text)
    {
        var options = new ListOptions { RequireFinalNewline = true };
        Assert.Equal(
            ["line 2: the last line has no end, so the list may be cut off; get the list again, or end its last line with LF"],
            ListFiles.NetworkErrors(text, options).Select(error => error.ToString()));
        Assert.Empty(ListFiles.NetworkErrors(text));
        Assert.Empty(ListFiles.NetworkErrors(text + "\n", options));
        Assert.Empty(ListFiles.NetworkErrors(new MemoryStream(ListFiles.Pack(text + "\r\n")), options));
    }

    [Fact]
    public void Blank_lines_without_end_end_at_the_limit() =>
        Assert.Equal(0, Assert.Single(ListFiles.NetworkErrors(new RepeatingStream((byte)'\n', long.MaxValue), new ListOptions { MaxBytes = 1 << 20 })).Line);

    [Fact]
    public void A_line_without_end_ends_at_the_limit() =>
        Assert.Equal(0, Assert.Single(ListFiles.NetworkErrors(new RepeatingStream((byte)'x', long.MaxValue), new ListOptions { MaxBytes = 1 << 20 })).Line);

    [Fact]
    public void The_bytes_of_a_packed_list_are_counted_unpacked()
    {
        byte[] packed = ListFiles.Pack(new string('\n', 1 << 20) + "192.0.2.1");
        Assert.Empty(ListFiles.NetworkErrors(new MemoryStream(packed)));
        Assert.StartsWith("the list is longer", Assert.Single(ListFiles.NetworkErrors(new MemoryStream(packed), new ListOptions { MaxBytes = 1 << 20 })).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_when_one_line_is_wrong()
    {
        Assert.False(NetworkList.TryRead(ListFiles.Plain("192.0.2.0/24\nbad\n198.51.100.0/24\n"), out NetworkSet? set, out _));
        Assert.Null(set);
    }

    [Fact]
    public void The_exception_names_every_error()
    {
        ListFormatException exception = Assert.Throws<ListFormatException>(() => NetworkList.Read(ListFiles.Plain("bad\n192.0.2.1/24\n")));
        Assert.Equal(2, exception.Errors.Count);
        Assert.Equal(
            $"networks: nothing was loaded.{Environment.NewLine}  {exception.Errors[0]}{Environment.NewLine}  {exception.Errors[1]}",
            exception.Message);
    }

    [Fact]
    public void Without_a_stream_nothing_is_read()
    {
        Assert.Throws<ArgumentNullException>(() => NetworkList.Read(null!));
        Assert.Throws<ArgumentNullException>(() => NetworkList.ReadTable(null!, value => value));
        Assert.Throws<ArgumentNullException>(() => NetworkList.ReadTable<int>(ListFiles.Plain("192.0.2.1 1"), null!));
    }

    [Fact]
    public void A_file_is_read_by_its_path_and_the_exception_names_it()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "192.0.2.0/24 REJECT\n");
            Assert.Equal(NetworkSet.Parse("192.0.2.0/24"), NetworkList.Load(path, Columns));
            Assert.True(NetworkList.LoadTable(path, value => value).TryFind(System.Net.IPAddress.Parse("192.0.2.7"), out string? value));
            Assert.Equal("REJECT", value);
            Assert.Contains(path, Assert.Throws<ListFormatException>(() => NetworkList.Load(path)).Message, StringComparison.Ordinal);
            Assert.Contains(path, Assert.Throws<ListFormatException>(() => NetworkList.LoadTable<int>(path, int.Parse)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Reads(string text, params string[] entries) => Assert.Equal(NetworkSet.Parse(entries), NetworkList.Read(ListFiles.Plain(text)));
}
