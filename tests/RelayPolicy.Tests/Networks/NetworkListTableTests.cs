using System.Globalization;
using System.Net;

namespace RelayPolicy.Tests;

public sealed class NetworkListTableTests
{
    private const string Cidr =
        """
        # Exceptions come before what they are excepted from.
        192.0.2.7               OK
        192.0.2.64/26           REJECT Spam from here; see http://www.example.com/#block
        192.0.2.0/24            PREPEND X-Seen: yes
        2001:db8:1::/48	        DUNNO
          # an indented comment
        ; another one
        0.0.0.0/0               REJECT
        """;

    [Theory]
    [InlineData("192.0.2.7", "OK")]
    [InlineData("192.0.2.65", "REJECT Spam from here; see http://www.example.com/#block")]
    [InlineData("192.0.2.8", "PREPEND X-Seen: yes")]
    [InlineData("2001:db8:1::1", "DUNNO")]
    [InlineData("203.0.113.1", "REJECT")]
    [InlineData("2001:db8:2::1", null)]
    public void A_cidr_table_of_Postfix_is_read(string client, string? expected)
    {
        PrefixTable<string> table = NetworkList.ReadTable(ListFiles.Plain(Cidr), value => value);
        Assert.Equal(expected is not null, table.TryFind(IPAddress.Parse(client), out string? value));
        Assert.Equal(expected, value);
        Assert.Equal(5, table.Count);
    }

    [Fact]
    public void A_packed_table_is_read() =>
        Assert.Equal(2, NetworkList.ReadTable(new MemoryStream(ListFiles.Pack("192.0.2.1 1\n192.0.2.2 2")), int.Parse).Count);

    [Theory]
    [InlineData("192.0.2.0/24", "line 1: \"192.0.2.0/24\": the entry has no value; write the value behind it on the same line")]
    [InlineData("192.0.2.0/24 \t", "line 1: \"192.0.2.0/24\": the entry has no value; write the value behind it on the same line")]
    [InlineData("192.0.2.0/24;OK", "line 1: \"192.0.2.0/24;OK\": the entry has no value; write the value behind it on the same line")]
    [InlineData("192.0.2.0/24 OK\n  continued", "line 2: \"continued\": white space before an entry would continue the line above, and such lines are not supported; write an entry and its value on one line, without white space before them")]
    [InlineData("!192.0.2.0/24 OK", "line 1: \"!192.0.2.0/24 OK\": entries negated with '!' are not supported; write the networks or domains that are meant")]
    [InlineData("! 192.0.2.0/24 OK", "line 1: \"! 192.0.2.0/24 OK\": entries negated with '!' are not supported; write the networks or domains that are meant")]
    [InlineData("if 192.0.2.0/24", "line 1: \"if 192.0.2.0/24\": if and endif are not supported; write every entry with its value")]
    [InlineData("IF !192.0.2.0/24", "line 1: \"IF !192.0.2.0/24\": if and endif are not supported; write every entry with its value")]
    [InlineData("endif", "line 1: \"endif\": if and endif are not supported; write every entry with its value")]
    [InlineData("192.0.2.1/24 OK", "line 1: \"192.0.2.1/24 OK\": host bits are set; write 192.0.2.0/24 for the network, or 192.0.2.1 for the one address")]
    [InlineData("192.0.2.1-192.0.2.3 OK", "line 1: \"192.0.2.1-192.0.2.3 OK\": a range is not one network; give it to a list of networks, or write it in prefix notation")]
    [InlineData("192.0.2.0 255.255.255.0 OK", "line 1: \"192.0.2.0 255.255.255.0 OK\": a mask seems to follow the address; write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("192.0.2.0 /24 OK", "line 1: \"192.0.2.0 /24 OK\": a prefix length seems to follow the address; write 192.0.2.0/24, or 192.0.2.0/32 for the one address")]
    [InlineData("10.0.0.0 0.255.255.255 OK", "line 1: \"10.0.0.0 0.255.255.255 OK\": a mask seems to follow the address; write the network in prefix notation, or 10.0.0.0/32 for the one address")]
    [InlineData("192.0.2.1 - 192.0.2.9 OK", "line 1: \"192.0.2.1 - 192.0.2.9 OK\": the end of a range seems to follow the address; write 192.0.2.1-192.0.2.9, or 192.0.2.1/32 for the one address")]
    [InlineData("192.0.2.0/24 REJECT\n  ;see policy", "line 2: \";see policy\": white space before an entry would continue the line above, and such lines are not supported; write an entry and its value on one line, without white space before them")]
    [InlineData("192.0.2.7 \u00a0", "line 1: \"192.0.2.7 \\u00a0\": there is other white space than spaces and tabs around the value; remove it")]
    [InlineData("192.0.2.7 \u3000OK", "line 1: \"192.0.2.7 \\u3000OK\": there is other white space than spaces and tabs around the value; remove it")]
    [InlineData("Everyone REJECT", "line 1: \"Everyone REJECT\": a list file cannot say that everybody is meant; name the networks, or say it in the policy")]
    [InlineData("# nothing", "the list holds no entry; see why it is empty; if it may be, say so (AllowEmpty)")]
    public void An_error_names_its_line_and_the_mend(string text, string error) =>
        Assert.Equal([error], ListFiles.NetworkTableErrors(text).Select(e => e.ToString()));

    [Fact]
    public void A_value_that_is_wrong_is_an_error_of_its_line_with_the_message_of_who_read_it()
    {
        const string Text = "192.0.2.1 1\n192.0.2.2 x\n192.0.2.3 99999999999999999999\n192.0.2.4 -1\n";
        Assert.False(NetworkList.TryReadTable(ListFiles.Plain(Text), Parse, out _, out IReadOnlyList<LineError> errors));
        Assert.Equal([2L, 3, 4], errors.Select(error => error.Line));
        Assert.Equal("line 4: \"192.0.2.4 -1\": the value is wrong: A weight is positive; mend the value", errors[2].ToString());

        static int Parse(string value) => int.Parse(value, CultureInfo.InvariantCulture) is var weight && weight > 0 ? weight : throw new ArgumentException("A weight is positive.");
    }

    [Theory]
    [InlineData("192.0.2.0 24")]
    [InlineData("192.0.2.0 -24")]
    [InlineData("192.0.2.0 198.51.100.7")]
    [InlineData("192.0.2.0 - none")]
    [InlineData("192.0.2.0 [198.51.100.7]")]
    [InlineData("192.0.2.0 \"198.51.100.7\"")]
    public void A_value_may_be_a_number_or_another_address(string line) => Assert.Empty(ListFiles.NetworkTableErrors(line));

    [Fact]
    public void Any_other_exception_of_who_reads_the_values_passes() =>
        Assert.Throws<NotSupportedException>(() => NetworkList.ReadTable<int>(ListFiles.Plain("192.0.2.1 1"), _ => throw new NotSupportedException()));

    [Fact]
    public void Equal_values_that_follow_each_other_are_read_once()
    {
        int reads = 0;
        NetworkList.ReadTable(ListFiles.Plain("192.0.2.1 a\n192.0.2.2  a\n192.0.2.3 b\n192.0.2.4 a\n"), value => $"{value}{++reads}");
        Assert.Equal(3, reads);
    }

    [Fact]
    public void The_same_network_may_come_again_with_the_same_value() => Assert.Empty(ListFiles.NetworkTableErrors("192.0.2.0/24 OK\n192.0.2.0/24   OK\n"));

    [Fact]
    public void The_same_network_with_another_value_names_both_lines() => Assert.Equal(
        ["line 3: \"192.0.2.0/24\": line 1 gives the same network another value; leave one of them out"],
        ListFiles.NetworkTableErrors("192.0.2.0/24 OK\n# c\n192.0.2.0/24 REJECT\n").Select(error => error.ToString()));

    [Fact]
    public void A_network_that_the_first_match_would_never_reach_names_the_line_in_its_way() => Assert.Equal(
        ["line 2: \"192.0.2.7\": line 1 gives another value to 192.0.2.0/24, which contains it: where the first match wins, as in Postfix, this line is never reached; move it before line 1 if it is an exception from it, else leave it out"],
        ListFiles.NetworkTableErrors("192.0.2.0/24 REJECT\n192.0.2.7 OK\n").Select(error => error.ToString()));

    [Fact]
    public void A_network_inside_an_earlier_one_with_the_same_value_is_no_error() => Assert.Empty(ListFiles.NetworkTableErrors("192.0.2.0/24 REJECT\n192.0.2.7 REJECT\n"));

    [Fact]
    public void A_default_that_comes_first_hides_every_other_value() => Assert.Equal(
        [2L, 4],
        ListFiles.NetworkTableErrors("0.0.0.0/0 REJECT\n192.0.2.0/24 OK\n203.0.113.0/24 REJECT\n198.51.100.0/24 OK\n2001:db8::/32 OK\n").Select(error => error.Line));

    [Fact]
    public void Conflicts_are_named_beside_the_other_errors_in_the_order_of_the_lines() => Assert.Equal(
        [2L, 3, 5],
        ListFiles.NetworkTableErrors("192.0.2.0/24 REJECT\nbad OK\n192.0.2.7 OK\n203.0.113.0/24 OK\n203.0.113.0/24 REJECT\n").Select(error => error.Line));

    [Fact]
    public void Of_very_many_conflicts_the_first_are_named_and_then_that_there_are_more()
    {
        string text = "192.0.0.0/8 REJECT\n" + ListFiles.Lines(Enumerable.Range(0, 50_000).Select(i => $"192.0.{i % 250}.{i / 250} OK").Reverse());
        IReadOnlyList<LineError> errors = ListFiles.NetworkTableErrors(text);
        Assert.Equal(Enumerable.Range(2, 101).Select(i => (long)i), errors.Select(error => error.Line));
    }

    [Fact]
    public void An_empty_table_is_allowed_when_that_is_wanted() =>
        Assert.Equal(0, NetworkList.ReadTable(ListFiles.Plain(""), value => value, new ListOptions { AllowEmpty = true }).Count);

    [Fact]
    public void A_table_may_hold_as_many_entries_as_the_limit_and_no_more()
    {
        Assert.Empty(ListFiles.NetworkTableErrors("192.0.2.1 a\n192.0.2.2 a\n", new ListOptions { MaxEntries = 2 }));
        Assert.Equal(2, Assert.Single(ListFiles.NetworkTableErrors("192.0.2.1 a\n192.0.2.2 a\nbad\n", new ListOptions { MaxEntries = 1 })).Line);
    }
}
