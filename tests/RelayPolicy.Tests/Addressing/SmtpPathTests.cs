using System.Net;
using System.Text;

namespace RelayPolicy.Tests;

public sealed class SmtpPathTests
{
    private const AddressOptions Utf8 = AddressOptions.SmtpUtf8;

    [Theory]
    [InlineData("<r@local.example>", "r@local.example")]
    [InlineData("<r@LOCAL.Example>", "r@local.example")]
    [InlineData("<R.S@local.example>", "R.S@local.example")]
    [InlineData("<r@example>", "r@example")]
    [InlineData("<r@1.a-b.c--d.example>", "r@1.a-b.c--d.example")]
    [InlineData("<r@XN--MNCHEN-3YA.example>", "r@xn--mnchen-3ya.example")]
    [InlineData("<!#$%&'*+-/=?^_`{|}~@local.example>", "!#$%&'*+-/=?^_`{|}~@local.example")]
    [InlineData("<IMCEASMTP-r+40ext+2Eexample@local.example>", "IMCEASMTP-r+40ext+2Eexample@local.example")]
    [InlineData("<=?utf-8?q?r=40ext.example?=@local.example>", "=?utf-8?q?r=40ext.example?=@local.example")]
    [InlineData("<r&AEA-ext.example@local.example>", "r&AEA-ext.example@local.example")]
    [InlineData("<postmaster@ext.example>", "postmaster@ext.example")]
    [InlineData("<r@xlocal.example>", "r@xlocal.example")]
    [InlineData("<r@0x7f.example>", "r@0x7f.example")]
    public void A_mailbox_in_brackets_passes(string text, string address)
    {
        SmtpPath path = SmtpPath.ParseForwardPath(text);
        Assert.True(path.IsMailbox);
        Assert.Equal(address, path.Address);
        Assert.Equal($"<{address}>", path.ToString());
    }

    [Theory]
    [InlineData("\"r\"", "r", "r")]
    [InlineData("\"\\r\\s\"", "rs", "rs")]
    [InlineData("\"a.b\"", "a.b", "a.b")]
    [InlineData("\"a..b\"", "a..b", "\"a..b\"")]
    [InlineData("\".a\"", ".a", "\".a\"")]
    [InlineData("\"a.\"", "a.", "\"a.\"")]
    [InlineData("\" \"", " ", "\" \"")]
    [InlineData("\"a b\"", "a b", "\"a b\"")]
    [InlineData("\"a\\ b\"", "a b", "\"a b\"")]
    [InlineData("\"\\\"\"", "\"", "\"\\\"\"")]
    [InlineData("\"\\\\\"", "\\", "\"\\\\\"")]
    [InlineData("\"<>()[],:;\"", "<>()[],:;", "\"<>()[],:;\"")]
    [InlineData("\"r@ext.example\"", "r@ext.example", "\"r@ext.example\"")]
    [InlineData("\"r\\\"@ext.example,x\"", "r\"@ext.example,x", "\"r\\\"@ext.example,x\"")]
    public void A_local_part_is_kept_dequoted_and_printed_with_the_fewest_quotes(string sent, string dequoted, string printed)
    {
        SmtpPath path = SmtpPath.ParseForwardPath($"<{sent}@local.example>");
        Assert.Equal(dequoted, path.LocalPart);
        Assert.Equal($"{printed}@local.example", path.Address);
    }

    [Theory]
    // Missing and misplaced brackets, and text around them.
    [InlineData("", 0)]
    [InlineData("r@local.example", 0)]
    [InlineData("r@local.example>", 0)]
    [InlineData(" <r@local.example>", 0)]
    [InlineData("Foo <r@local.example>", 0)]
    [InlineData("<", 1)]
    [InlineData("<r@local.example", 16)]
    [InlineData("<r@local.example>x", 17)]
    [InlineData("<r@local.example> ", 17)]
    [InlineData("<r@local.example>>", 17)]
    [InlineData("<r@local.example>,<s@ext.example>", 17)]
    [InlineData("<r@local.example>(<r@ext.example>)", 17)]
    [InlineData("<<r@local.example>>", 1)]
    // The null path is no forward-path, and a bare user is nobody.
    [InlineData("<>", 1)]
    [InlineData("<r>", 2)]
    [InlineData("<postmaster@>", 12)]
    [InlineData("<@>", 2)]
    [InlineData("<#123>", 5)]
    [InlineData("<\"postmaster\">", 13)]
    [InlineData("<post\\master>", 5)]
    [InlineData("<postmaster >", 11)]
    [InlineData("<xpostmaster>", 12)]
    [InlineData("<\"r@ext.example\">", 16)]
    // The local-part.
    [InlineData("<.r@local.example>", 1)]
    [InlineData("<r.@local.example>", 2)]
    [InlineData("<r..x@local.example>", 3)]
    [InlineData("<@local.example>", 15)]
    [InlineData("<a b@local.example>", 2)]
    [InlineData("< a@local.example>", 1)]
    [InlineData("<a @local.example>", 2)]
    [InlineData("<r(c)@local.example>", 2)]
    [InlineData("<(c)r@local.example>", 1)]
    [InlineData("<r:x@local.example>", 2)]
    [InlineData("<r,x@local.example>", 2)]
    [InlineData("<r\\@local.example>", 2)]
    [InlineData("<ext.example!r\\@local.example>", 14)]
    [InlineData("<\"\"@local.example>", 1)]
    [InlineData("<\"a\"b@local.example>", 4)]
    [InlineData("<\"a\" b@local.example>", 4)]
    [InlineData("<a\"b\"@local.example>", 2)]
    [InlineData("<\"a@local.example>", 18)]
    [InlineData("<\"a\\\"@local.example>", 20)]
    [InlineData("<\"a\\", 4)]
    [InlineData("<\"", 2)]
    // The domain.
    [InlineData("<r@>", 3)]
    [InlineData("<r@@local.example>", 3)]
    [InlineData("<r@local.example@ext.example>", 16)]
    [InlineData("<r@local.example.>", 16)]
    [InlineData("<r@local.example..>", 17)]
    [InlineData("<r@.local.example>", 3)]
    [InlineData("<r@local..example>", 9)]
    [InlineData("<r@.>", 3)]
    [InlineData("<r@ local.example>", 3)]
    [InlineData("<r@local.example >", 16)]
    [InlineData("<r@local .example>", 8)]
    [InlineData("<r@\tlocal.example>", 3)]
    [InlineData("<r@(ext.example)local.example>", 3)]
    [InlineData("<r@local.example(c)>", 16)]
    [InlineData("<r@local.example;ext.example>", 16)]
    [InlineData("<r@local.example,ext.example>", 16)]
    [InlineData("<r@local.example/ext.example>", 16)]
    [InlineData("<r@local.example\\>", 16)]
    [InlineData("<r@local.example%ext.example>", 16)]
    [InlineData("<r@\"local.example\">", 3)]
    [InlineData("<r@*.example>", 3)]
    [InlineData("<r@=?utf-8?q?ext.example?=>", 3)]
    [InlineData("<r@local_x.example>", 8)]
    [InlineData("<r@-x.example>", 3)]
    [InlineData("<r@x-.example>", 4)]
    [InlineData("<r@a.xn--zzzzzzzz99999.example>", 5)]
    [InlineData("<r@127.0.0.1>", 11)]
    [InlineData("<r@2130706433>", 3)]
    [InlineData("<r@0x7f000001>", 3)]
    [InlineData("<r@127.1>", 7)]
    [InlineData("<r@local.0x>", 9)]
    [InlineData("<r@local.0XfF>", 9)]
    // Source routes.
    [InlineData("<@a.example>", 11)]
    [InlineData("<@a.example", 11)]
    [InlineData("<@a.example:>", 12)]
    [InlineData("<@a.example:postmaster>", 22)]
    [InlineData("<@a.example,b.example:r@c.example>", 12)]
    [InlineData("<@a.example,,@b.example:r@c.example>", 12)]
    [InlineData("<@a.example,@:r@c.example>", 13)]
    [InlineData("<@a.example;r@c.example>", 11)]
    [InlineData("<@a.example.:r@c.example>", 11)]
    [InlineData("<@a.example, @b.example:r@c.example>", 12)]
    [InlineData("<@[127.0.0.1]:r@ext.example>", 2)]
    [InlineData("<r@ext.example:s@local.example>", 14)]
    // Control characters.
    [InlineData("<r\0@local.example>", 2)]
    [InlineData("<\0r@local.example>", 1)]
    [InlineData("<r\a@local.example>", 2)]
    [InlineData("<r\u007F@local.example>", 2)]
    [InlineData("<r@local.example\0.ext.example>", 16)]
    [InlineData("<r@local.example\r>", 16)]
    [InlineData("<r@local.example\n>", 16)]
    [InlineData("<r@local.example>\r", 17)]
    [InlineData("<r@local.example>\r\n", 17)]
    [InlineData("<\"r\rx\"@local.example>", 3)]
    [InlineData("<\"r\nx\"@local.example>", 3)]
    [InlineData("<\"r\\\nx\"@local.example>", 4)]
    [InlineData("<\"r\tx\"@local.example>", 3)]
    [InlineData("<\"r\0\"@local.example>", 3)]
    [InlineData("<\"\u007F\"@local.example>", 2)]
    public void What_the_grammar_does_not_hold_is_refused_where_it_begins(string text, int position)
    {
        Assert.False(SmtpPath.TryParseForwardPath(text, AddressOptions.None, out SmtpPath path, out AddressError error));
        Assert.Equal((AddressErrorKind.Syntax, position), (error.Kind, error.Position));
        Assert.True(path.IsDefault);
        Assert.False(SmtpPath.TryParseForwardPath(Encoding.UTF8.GetBytes(text), AddressOptions.None, out path, out AddressError ofBytes));
        Assert.Equal(error, ofBytes);
        Assert.True(path.IsDefault);
    }

    [Theory]
    [InlineData("<r@[127.0.0.1>", 14)]
    [InlineData("<r@[", 4)]
    [InlineData("<r@[]>", 3)]
    [InlineData("<r@[127.0.0.1]", 14)]
    [InlineData("<r@[127.0.0.1]]>", 14)]
    [InlineData("<r@[127.0.0.1].ext.example>", 14)]
    [InlineData("<r@[127.0.0.1]@ext.example>", 14)]
    [InlineData("<r@x[127.0.0.1]>", 4)]
    [InlineData("<r@[[127.0.0.1]]>", 3)]
    [InlineData("<r@[ 127.0.0.1 ]>", 3)]
    [InlineData("<r@[127.0.0.01]>", 3)]
    [InlineData("<r@[127.000.000.001]>", 3)]
    [InlineData("<r@[0x7f.0.0.1]>", 3)]
    [InlineData("<r@[127.1]>", 3)]
    [InlineData("<r@[2130706433]>", 3)]
    [InlineData("<r@[127.0.0.1.]>", 3)]
    [InlineData("<r@[127.0.0.256]>", 3)]
    [InlineData("<r@[1.2.3.4.5]>", 3)]
    [InlineData("<r@[::1]>", 3)]
    [InlineData("<r@[IPv6:]>", 3)]
    [InlineData("<r@[IPv6:1]>", 3)]
    [InlineData("<r@[IPv6::1]>", 3)]
    [InlineData("<r@[IPv6:127.0.0.1]>", 3)]
    [InlineData("<r@[IPv6 ::1]>", 3)]
    [InlineData("<r@[IPv6:::1%lo]>", 3)]
    [InlineData("<r@[IPv6:::1/128]>", 3)]
    [InlineData("<r@[IPv6:1::2::3]>", 3)]
    [InlineData("<r@[IPv6:::12345]>", 3)]
    [InlineData("<r@[IPv6:1:2:3:4:5:6:7:8:9]>", 3)]
    [InlineData("<r@[IPv6:1:2:3:4:5:6:7]>", 3)]
    [InlineData("<r@[IPv6:1:2:3:4::5:6:7:8]>", 3)]
    [InlineData("<r@[IPv6:::1.2.3]>", 3)]
    [InlineData("<r@[IPv6:::01.2.3.4]>", 3)]
    [InlineData("<r@[IPv6:::1.2.3.4:5]>", 3)]
    [InlineData("<r@[IPv6:::g]>", 3)]
    [InlineData("<r@[IPv6:::FFFF:7F00:1]>", 3)]
    [InlineData("<r@[IPv6:::ffff:127.0.0.1]>", 3)]
    [InlineData("<r@[IPv6:0:0:0:0:0:FFFF:127.0.0.1]>", 3)]
    [InlineData("<r@[local.example]>", 3)]
    [InlineData("<r@[X-tag:foo]>", 3)]
    [InlineData("<r@[127.0.0.1\0]>", 3)]
    public void Every_other_spelling_of_an_address_literal_is_refused(string text, int position) =>
        What_the_grammar_does_not_hold_is_refused_where_it_begins(text, position);

    [Theory]
    [InlineData("[127.0.0.1]", "127.0.0.1", "[127.0.0.1]")]
    [InlineData("[255.255.255.255]", "255.255.255.255", "[255.255.255.255]")]
    [InlineData("[IPv6:::1]", "::1", "[IPv6:::1]")]
    [InlineData("[ipv6:2001:DB8:0:0:0:0:0:1]", "2001:db8::1", "[IPv6:2001:db8::1]")]
    [InlineData("[IPV6:2001:db8::192.0.2.1]", "2001:db8::c000:201", "[IPv6:2001:db8::c000:201]")]
    [InlineData("[IPv6:1:2:3:4:5:6:7::]", "1:2:3:4:5:6:7:0", "[IPv6:1:2:3:4:5:6:7:0]")]
    public void An_address_literal_is_read_as_an_address_and_printed_in_one_way(string sent, string address, string printed)
    {
        SmtpPath path = SmtpPath.ParseForwardPath($"<r@{sent}>");
        Assert.Equal(IPAddress.Parse(address), path.AddressLiteral);
        Assert.Equal(printed, path.DomainText);
        Assert.True(path.Domain.IsDefault);
    }

    [Theory]
    [InlineData("<r\u00FC@local.example>", 2)]
    [InlineData("<r@m\u00FCnchen.example>", 4)]
    [InlineData("<\"r \u00FC\"@local.example>", 4)]
    [InlineData("<@m\u00FCnchen.example:r@local.example>", 3)]
    [InlineData("<r@\u212Aiosk.example>", 3)]
    [InlineData("<r\uFF20local.example>", 2)]
    [InlineData("<r@local\u3002example>", 8)]
    public void Without_SMTPUTF8_what_is_not_ASCII_is_an_error_of_its_own_kind(string text, int position)
    {
        Assert.False(SmtpPath.TryParseForwardPath(text, AddressOptions.None, out SmtpPath path, out AddressError error));
        Assert.Equal((AddressErrorKind.NonAsciiWithoutSmtpUtf8, position), (error.Kind, error.Position));
        Assert.True(path.IsDefault);
        Assert.False(SmtpPath.TryParseForwardPath(Encoding.UTF8.GetBytes(text), AddressOptions.None, out path, out AddressError ofBytes));
        Assert.Equal((AddressErrorKind.NonAsciiWithoutSmtpUtf8, position), (ofBytes.Kind, ofBytes.Position));
        Assert.True(path.IsDefault);
    }

    [Theory]
    [InlineData("<r@\u212Aiosk.example>", 3, "the Kelvin sign")]
    [InlineData("<r@\uFB01sh.example>", 3, "a ligature")]
    [InlineData("<r@\uFF4Cocal.example>", 3, "a fullwidth letter")]
    [InlineData("<r@\u24DAiosk.example>", 3, "a circled letter")]
    [InlineData("<r@kio\u017Fk.example>", 6, "the long s")]
    [InlineData("<r@k\u0130osk.example>", 4, "a dotted capital i")]
    [InlineData("<r@M\u00DCNCHEN.example>", 4, "a capital letter outside ASCII")]
    [InlineData("<r@local\u200B.example>", 8, "a zero-width space")]
    [InlineData("<r@local\u200D.example>", 8, "a joiner out of context")]
    [InlineData("<r@local\u00AD.example>", 8, "a soft hyphen")]
    [InlineData("<r@local.\u202Eexample>", 9, "a bidi override")]
    [InlineData("<r@local\u3002example>", 8, "an ideographic full stop")]
    [InlineData("<r@local\uFF0Eexample>", 8, "a fullwidth full stop")]
    [InlineData("<r@local\uFF61example>", 8, "a halfwidth full stop")]
    [InlineData("<r@local\u2024example>", 8, "a one dot leader")]
    [InlineData("<r@local.example\uFF20ext.example>", 16, "a fullwidth at sign in a domain")]
    [InlineData("<r\uFF20local.example>", 16, "a fullwidth at sign for the at sign")]
    [InlineData("<r\u0085@local.example>", 2, "a C1 control")]
    [InlineData("<\"r\u009F\"@local.example>", 3, "a C1 control in quotes")]
    [InlineData("<r\u2028@local.example>", 2, "a line separator")]
    [InlineData("<r\u2029@local.example>", 2, "a paragraph separator")]
    [InlineData("<\"\\\u00FC\"@local.example>", 3, "a backslash before what is not ASCII")]
    [InlineData("<r@local.example\u0000>", 16, "NUL")]
    public void Under_SMTPUTF8_what_looks_like_something_else_is_refused(string text, int position, string what)
    {
        Assert.False(SmtpPath.TryParseForwardPath(text, Utf8, out SmtpPath path, out AddressError error), what);
        Assert.Equal((AddressErrorKind.Syntax, position), (error.Kind, error.Position));
        Assert.True(path.IsDefault);
    }

    // Built here, because the metadata of an attribute holds no lone surrogates.
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDBFF)]
    [InlineData(0xDC00)]
    [InlineData(0xDFFF)]
    public void A_lone_surrogate_is_refused(int surrogate)
    {
        foreach ((string before, string after, int position) in new[] { ("<r", "@local.example>", 2), ("<\"r", "\"@local.example>", 3), ("<r@", ".example>", 3), ("<r@x", "", 4) })
        {
            Assert.False(SmtpPath.TryParseForwardPath(before + (char)surrogate + after, Utf8, out _, out AddressError error));
            Assert.Equal((AddressErrorKind.Syntax, position), (error.Kind, error.Position));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xff }, "a byte that UTF-8 does not have")]
    [InlineData(new byte[] { 0xc1, 0x80 }, "an overlong at sign")]
    [InlineData(new byte[] { 0xc0, 0x80 }, "an overlong NUL")]
    [InlineData(new byte[] { 0xe0, 0x80, 0xae }, "an overlong dot")]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 }, "a surrogate")]
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 }, "a code point beyond the last")]
    [InlineData(new byte[] { 0x80 }, "a continuation without a beginning")]
    [InlineData(new byte[] { 0xc3 }, "a beginning without a continuation")]
    public void Bytes_that_are_not_UTF_8_are_refused_where_they_begin(byte[] wrong, string what)
    {
        byte[] text = [.. "<r"u8, .. wrong, .. "@local.example>"u8];
        Assert.False(SmtpPath.TryParseForwardPath(text, Utf8, out SmtpPath path, out AddressError error), what);
        Assert.Equal((AddressErrorKind.Syntax, 2), (error.Kind, error.Position));
        Assert.True(path.IsDefault);
        Assert.False(SmtpPath.TryParseForwardPath(text, AddressOptions.None, out path, out _), what);
        Assert.True(path.IsDefault);
    }

    [Fact]
    public void The_position_of_an_error_in_bytes_counts_bytes()
    {
        byte[] text = Encoding.UTF8.GetBytes("<\u00FC\U0001F600@local example>");
        Assert.False(SmtpPath.TryParseForwardPath(text, Utf8, out _, out AddressError error));
        Assert.Equal(text.AsSpan().IndexOf((byte)' '), error.Position);
    }

    [Theory]
    [InlineData("<r@m\u00FCnchen.example>", "xn--mnchen-3ya.example")]
    [InlineData("<r@stra\u00DFe.example>", "xn--strae-oqa.example")]
    [InlineData("<r@k\u0131osk.example>", "xn--kosk-lza.example")]
    [InlineData("<r@loc\u0430l.example>", "xn--locl-73d.example")]
    public void A_U_label_is_encoded_as_it_is(string text, string domain)
    {
        SmtpPath path = SmtpPath.ParseForwardPath(text, Utf8);
        Assert.Equal(domain, path.Domain.Value);
    }

    [Fact]
    public void A_U_label_in_NFD_is_refused() =>
        Assert.False(SmtpPath.TryParseForwardPath("<r@mu\u0308nchen.example>", Utf8, out _, out _));

    [Fact]
    public void A_U_label_and_its_A_label_are_one_domain() =>
        Assert.Equal(SmtpPath.ParseForwardPath("<r@xn--mnchen-3ya.example>"), SmtpPath.ParseForwardPath("<r@M\u00FCnchen.example>", Utf8));

    [Fact]
    public void A_non_ASCII_local_part_needs_SMTPUTF8_to_be_sent()
    {
        Assert.True(SmtpPath.ParseForwardPath("<j\u00F8ran@local.example>", Utf8).RequiresSmtpUtf8);
        Assert.False(SmtpPath.ParseForwardPath("<r@m\u00FCnchen.example>", Utf8).RequiresSmtpUtf8);
    }

    [Fact]
    public void An_underscore_in_a_domain_passes_by_an_option()
    {
        Assert.Equal("r@a_b.example", SmtpPath.ParseForwardPath("<r@a_b.example>", AddressOptions.Underscores).Address);
        Assert.False(SmtpPath.TryParseForwardPath("<r@a_b.example>", Utf8, out _, out _));
    }

    [Fact]
    public void The_null_path_is_a_reverse_path()
    {
        SmtpPath path = SmtpPath.ParseReversePath("<>");
        Assert.Equal(SmtpPath.Null, path);
        Assert.True(path.IsNull);
        Assert.Equal(("", "", "", "<>"), (path.Address, path.LocalPart, path.DomainText, path.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<>>")]
    [InlineData("<> ")]
    [InlineData(" <>")]
    [InlineData("< >")]
    [InlineData("<<>>")]
    [InlineData("<\"\">")]
    [InlineData("<@a.example:>")]
    public void Nothing_but_two_brackets_is_the_null_path(string text) =>
        Assert.False(SmtpPath.TryParseReversePath(text, AddressOptions.None, out _, out _));

    [Theory]
    [InlineData("<postmaster>")]
    [InlineData("<POSTMASTER>")]
    [InlineData("<PostMaster>")]
    public void The_bare_postmaster_passes_in_any_case_as_a_forward_path_only(string text)
    {
        SmtpPath path = SmtpPath.ParseForwardPath(text);
        Assert.True(path.IsBarePostmaster);
        Assert.False(path.IsMailbox);
        Assert.Equal(text, path.ToString());
        Assert.Equal(SmtpPath.ParseForwardPath("<postmaster>"), path);
        Assert.False(SmtpPath.TryParseReversePath(text, AddressOptions.None, out _, out _));
        Assert.False(SmtpPath.TryParseMailbox(text, AddressOptions.None, out _, out _));
        Assert.False(SmtpPath.TryParseMailbox(text.AsSpan(1, text.Length - 2), AddressOptions.None, out _, out _));
    }

    [Fact]
    public void The_postmaster_of_a_domain_is_not_the_bare_postmaster()
    {
        SmtpPath path = SmtpPath.ParseForwardPath("<postmaster@ext.example>");
        Assert.False(path.IsBarePostmaster);
        Assert.NotEqual(SmtpPath.ParseForwardPath("<postmaster>"), path);
    }

    [Theory]
    [InlineData("<po\u017Ftmaster>")]
    [InlineData("<postmaster\u200B>")]
    [InlineData("<\uFEFFpostmaster>")]
    public void What_looks_like_the_bare_postmaster_is_refused(string text) =>
        Assert.False(SmtpPath.TryParseForwardPath(text, Utf8, out _, out _));

    [Theory]
    [InlineData("<r%ext.example@local.example>")]
    [InlineData("<ext.example!r@local.example>")]
    [InlineData("<\"r@ext.example\"@local.example>")]
    [InlineData("<\"r\\@ext.example\"@local.example>")]
    [InlineData("<\"\\r\\%ext.example\"@local.example>")]
    [InlineData("<%@local.example>")]
    [InlineData("<!@local.example>")]
    [InlineData("</etc/passwd@local.example>")]
    [InlineData("<\"\\/etc/passwd\"@local.example>")]
    [InlineData("<|cmd@local.example>")]
    [InlineData("<\"|cmd arg\"@local.example>")]
    [InlineData("<r%40ext.example@[192.0.2.1]>")]
    [InlineData("<@a.example:r%ext.example@local.example>")]
    public void A_local_part_that_names_another_destination_is_routed(string text) =>
        Assert.True(SmtpPath.ParseForwardPath(text).IsRouted);

    [Theory]
    [InlineData("<r@local.example>")]
    [InlineData("<a/b@local.example>")]
    [InlineData("<a|b@local.example>")]
    [InlineData("<=?x?q?r=40ext.example?=@local.example>")]
    [InlineData("<IMCEASMTP-r+40ext+2Eexample@local.example>")]
    [InlineData("<@a.example:r@local.example>")]
    [InlineData("<postmaster>")]
    public void Other_local_parts_are_not_routed(string text) =>
        Assert.False(SmtpPath.ParseForwardPath(text).IsRouted);

    [Theory]
    [InlineData("<@a.example:r@c.example>")]
    [InlineData("<@a.example,@b.example:r@c.example>")]
    [InlineData("<@A.EXAMPLE,@c.example:r@C.example>")]
    public void A_source_route_is_dropped_and_the_mailbox_behind_the_colon_counts(string text)
    {
        SmtpPath path = SmtpPath.ParseForwardPath(text);
        Assert.True(path.HasSourceRoute);
        Assert.Equal("<r@c.example>", path.ToString());
        Assert.Equal(path, SmtpPath.ParseReversePath(text));
    }

    [Fact]
    public void A_source_route_is_no_part_of_the_value()
    {
        SmtpPath with = SmtpPath.ParseForwardPath("<@a.example:r@c.example>");
        SmtpPath without = SmtpPath.ParseForwardPath("<r@c.example>");
        Assert.False(without.HasSourceRoute);
        Assert.True(with == without);
        Assert.Equal(without.GetHashCode(), with.GetHashCode());
    }

    [Theory]
    [InlineData("<r@c.example>", "<R@C.EXAMPLE>")]
    [InlineData("<r@c.example>", "<\"\\R\"@C.example>")]
    [InlineData("<r@[IPv6:2001:DB8::1]>", "<R@[ipv6:2001:db8:0::0:1]>")]
    [InlineData("<J\u00F8ran@c.example>", "<j\u00F8RAN@c.example>")]
    public void Paths_are_equal_in_any_ASCII_case_of_both_parts(string left, string right)
    {
        SmtpPath one = SmtpPath.ParseForwardPath(left, Utf8);
        SmtpPath other = SmtpPath.ParseForwardPath(right, Utf8);
        Assert.True(one.Equals(other));
        Assert.False(one != other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("<r@c.example>", "<s@c.example>")]
    [InlineData("<r@c.example>", "<r@d.example>")]
    [InlineData("<r@c.example>", "<r@sub.c.example>")]
    [InlineData("<r@[192.0.2.1]>", "<r@[192.0.2.2]>")]
    [InlineData("<r@[10.0.0.1]>", "<r@[IPv6:::10.0.0.1]>")]
    [InlineData("<j\u00F8ran@c.example>", "<j\u00D8ran@c.example>")]
    [InlineData("<kim@c.example>", "<\u212Aim@c.example>")]
    [InlineData("<s@c.example>", "<\u017F@c.example>")]
    [InlineData("<r\u00FC@c.example>", "<ru\u0308@c.example>")]
    [InlineData("<r@c.example>", "<r\u200B@c.example>")]
    [InlineData("<postmaster>", "<postmaster@c.example>")]
    public void No_other_paths_are_equal(string left, string right)
    {
        SmtpPath one = SmtpPath.ParseForwardPath(left, Utf8);
        SmtpPath other = SmtpPath.ParseForwardPath(right, Utf8);
        Assert.False(one == other);
        Assert.NotEqual<object>(one, other);
    }

    [Fact]
    public void The_default_is_no_path()
    {
        SmtpPath path = default;
        Assert.True(path.IsDefault);
        Assert.False(path.IsNull || path.IsMailbox || path.IsBarePostmaster || path.IsRouted || path.HasSourceRoute || path.RequiresSmtpUtf8);
        Assert.Equal(("", "", "", "(none)"), (path.LocalPart, path.DomainText, path.Address, path.ToString()));
        Assert.NotEqual(SmtpPath.Null, path);
        Assert.True(path.Equals(default));
    }

    [Theory]
    [InlineData(64, "", true)]
    [InlineData(65, "", false)]
    [InlineData(62, " ", false)]
    [InlineData(61, " ", true)]
    [InlineData(62, "\u00FC", true)]
    [InlineData(63, "\u00FC", false)]
    [InlineData(60, "\U0001F600", true)]
    [InlineData(61, "\U0001F600", false)]
    public void A_local_part_has_up_to_64_octets_in_its_printed_form(int letters, string other, bool passes)
    {
        string local = new string('l', letters) + other;
        bool read = SmtpPath.TryParseForwardPath($"<{Generators.Quote(local)}@c.example>", Utf8, out _, out AddressError error);
        Assert.Equal(passes, read);
        if (!passes) Assert.Equal((AddressErrorKind.Syntax, 1), (error.Kind, error.Position));
    }

    [Fact]
    public void Backslashes_count_only_where_they_are_printed()
    {
        string needless = string.Concat(Enumerable.Repeat("\\l", 64));
        Assert.Equal(64, SmtpPath.ParseForwardPath($"<\"{needless}\"@c.example>").LocalPart.Length);
        string needed = string.Concat(Enumerable.Repeat("\\\"", 31));
        Assert.Equal(31, SmtpPath.ParseForwardPath($"<\"{needed}\"@c.example>").LocalPart.Length);
        Assert.False(SmtpPath.TryParseForwardPath($"<\"{needed}l\"@c.example>", AddressOptions.None, out _, out _));
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, false)]
    public void A_path_has_up_to_256_octets_with_its_brackets(int lastLabel, bool passes)
    {
        string label = new('d', 63);
        string mailbox = $"{new string('l', 64)}@{label}.{label}.{new string('d', lastLabel)}";
        Assert.Equal(lastLabel + 195, $"<{mailbox}>".Length);
        Assert.Equal(passes, SmtpPath.TryParseForwardPath($"<{mailbox}>", AddressOptions.None, out _, out AddressError error));
        if (!passes) Assert.Equal((AddressErrorKind.Syntax, 0), (error.Kind, error.Position));
        Assert.Equal(passes, SmtpPath.TryParseReversePath($"<{mailbox}>", AddressOptions.None, out _, out _));
        Assert.Equal(passes, SmtpPath.TryParseMailbox(mailbox, AddressOptions.None, out _, out _));
        Assert.Equal(passes, SmtpPath.TryParseForwardPath($"<@{label}.{label}:{mailbox}>", AddressOptions.None, out _, out _));
    }

    [Fact]
    public void A_path_is_measured_on_its_A_labels()
    {
        string label = new('d', 63);
        string shortAsSent = $"<{new string('l', 64)}@m\u00FCnchen.{label}.{label}.{new string('d', 47)}>";
        Assert.True(Encoding.UTF8.GetByteCount(shortAsSent) <= 256);
        Assert.False(SmtpPath.TryParseForwardPath(shortAsSent, Utf8, out _, out AddressError error));
        Assert.Equal(0, error.Position);
    }

    [Theory]
    [InlineData("r@c.example", "r@c.example")]
    [InlineData("\"a b\"@C.example", "\"a b\"@c.example")]
    [InlineData("r@[192.0.2.1]", "r@[192.0.2.1]")]
    [InlineData("\"r>\"@c.example", "\"r>\"@c.example")]
    public void A_mailbox_is_written_without_brackets(string text, string address) =>
        Assert.Equal(address, SmtpPath.ParseMailbox(text).Address);

    [Theory]
    [InlineData("", 0)]
    [InlineData("r", 1)]
    [InlineData("<r@c.example>", 0)]
    [InlineData("r@c.example>", 11)]
    [InlineData("r@c.example ", 11)]
    [InlineData("r@[192.0.2.1]x", 13)]
    [InlineData("@a.example:r@c.example", 0)]
    [InlineData("@c.example", 0)]
    [InlineData("r@", 2)]
    [InlineData("r@c.example\n", 11)]
    public void A_mailbox_is_refused_where_its_error_begins(string text, int position)
    {
        Assert.False(SmtpPath.TryParseMailbox(text, Utf8, out SmtpPath path, out AddressError error));
        Assert.Equal((AddressErrorKind.Syntax, position), (error.Kind, error.Position));
        Assert.True(path.IsDefault);
    }

    [Fact]
    public void The_exception_says_why_and_where_and_never_repeats_what_cannot_be_printed()
    {
        var thrown = Assert.Throws<AddressFormatException>(() => SmtpPath.ParseForwardPath("<r\r\n@local.example>"));
        Assert.Equal(2, thrown.Error.Position);
        Assert.Equal("\"<r\\u000d\\u000a@local.example>\" is no forward-path: there is a control character (position 2).", thrown.Message);
        Assert.Throws<AddressFormatException>(() => SmtpPath.ParseReversePath("r"));
        Assert.Throws<AddressFormatException>(() => SmtpPath.ParseMailbox("r"));
    }
}
