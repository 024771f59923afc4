using System.Net;
using System.Text;
using RelayPolicy.Smtp;

namespace RelayPolicy.Tests;

/// <summary>
/// Whatever this library accepts from a stranger, Postfix and Exim accept as well, except for what is listed here with the reason.
/// </summary>
public sealed class AddressVectorTests
{
    private static readonly RelayRuleSet Rules = RelayRuleSet.Create(
        [
            new("trusted", RelayStage.Recipient, Condition.Client.In(NetworkSet.Parse("10.99.0.0/16")), RuleAction.Accept),
            new("relay", RelayStage.Recipient, Condition.Recipient.In(DomainSet.Parse("relay.example")), RuleAction.Accept),
            new("local", RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept),
        ],
        new RelayRuleSetOptions
        {
            LocalDomains = DomainSet.Parse(
                "local.example", "mx.local.example", "kiosk.example", "fish.example", "strasse.example", "xn--mnchen-3ya.example"),
        });

    private static readonly ClientEndpoint Stranger = new(IPAddress.Parse("203.0.113.9"));

    /// <summary>What is accepted although one of the two servers refused it.</summary>
    private static readonly Dictionary<(string MailFrom, string RcptTo), string> Exceptions = new()
    {
        [("<a@b.example>", "<r@local.example> NOTIFY=NEVER")] = "Exim did not offer DSN",
        [("<a@b.example>", "<x@local.example> ORCPT=rfc822;a+3Cb")] = "Exim did not offer DSN",
        [("<a@b.example> SMTPUTF8", "<r@m\\xfcnchen.example>")] = "the canonical U-label of a local domain, under SMTPUTF8",
    };

    /// <summary>Rows of which the file does not say what was sent.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["<r@ddddddddddddddddd...(309)"] = "no row of labels of 63 characters has this length",
    };

    /// <summary>What must be accepted, so that the law is not kept by refusing everything.</summary>
    private static readonly (string MailFrom, string RcptTo)[] MustAccept =
    [
        ("<a@b.example>", "<@ext.example:r@local.example>"),
        ("<a@b.example>", "<postmaster>"),
        ("<a@b.example>", "<POSTMASTER>"),
        ("<a@b.example>", "<r@LOCAL.EXAMPLE>"),
        ("<a@b.example>", "<\"r\"@local.example>"),
        ("<a@b.example>", " <r@local.example>"),
        ("<a@b.example>", "<IMCEASMTP-r+40ext+2Eexample@local.example>"),
        ("<a@b.example>", "<=?x?q?r=40ext.example=3e?=@local.example>"),
        ("<a@b.example>", "<=?utf-8?q?r=40ext.example?=@local.example>"),
        ("<a@b.example>", "<r&AEA-ext.example@local.example>"),
        ("<a@b.example>", "<=?x?q?r=40ext.example=2c?=x@local.example>"),
        ("<a@b.example>", "<=?utf-7?q?r&AEA-ext.example&ACw-?=foo@local.example>"),
        ("<a@b.example> SMTPUTF8", "<\\ufeffr@local.example>"),
        ("<a@b.example> SMTPUTF8", "<r@kiosk.example>"),
        ("<a@b.example>", "<r@xn--mnchen-3ya.example>"),
        ("<a@b.example> SMTPUTF8", "<r@xn--mnchen-3ya.example>"),
    ];

    public static TheoryData<string, string> Rows => [.. AddressVector.All.Where(row => !LeftOut.ContainsKey(row.RcptTo)).Select(row => (row.MailFrom, row.RcptTo))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_accepted_is_accepted_by_both_servers(string mailFrom, string rcptTo)
    {
        AddressVector row = AddressVector.All.First(vector => (vector.MailFrom, vector.RcptTo) == (mailFrom, rcptTo));
        if (!Accepts(mailFrom, rcptTo)) return;
        Assert.True(row.BothAccept || Exceptions.ContainsKey((mailFrom, rcptTo)), $"Postfix said {row.Postfix}, Exim said {row.Exim}.");
    }

    [Fact]
    public void Every_row_that_must_be_accepted_is_there_and_accepted() =>
        Assert.All(MustAccept, row =>
        {
            Assert.Contains(AddressVector.All, vector => (vector.MailFrom, vector.RcptTo) == row && vector.BothAccept);
            Assert.True(Accepts(row.MailFrom, row.RcptTo));
        });

    [Fact]
    public void Nothing_but_the_rows_that_must_be_and_the_exceptions_is_accepted() =>
        Assert.Equal(
            MustAccept.Concat(Exceptions.Keys).Order(),
            AddressVector.All.Where(row => !LeftOut.ContainsKey(row.RcptTo) && Accepts(row.MailFrom, row.RcptTo)).Select(row => (row.MailFrom, row.RcptTo)).Order());

    [Fact]
    public void Every_exception_is_one() =>
        Assert.All(Exceptions, exception =>
        {
            AddressVector row = Assert.Single(AddressVector.All, vector => (vector.MailFrom, vector.RcptTo) == exception.Key);
            Assert.False(row.BothAccept, exception.Value);
            Assert.True(Accepts(row.MailFrom, row.RcptTo), exception.Value);
        });

    [Fact]
    public void Every_row_that_is_left_out_cannot_be_rebuilt() =>
        Assert.All(LeftOut, row =>
        {
            Assert.Contains(AddressVector.All, vector => vector.RcptTo == row.Key);
            Assert.Throws<FormatException>(() => AddressVector.Bytes(row.Key));
        });

    [Fact]
    public void The_file_holds_all_its_rows() => Assert.Equal(156, AddressVector.All.Count);

    [Theory]
    [InlineData("<r@local.example\\x00>", "<r@local.example\0>")]
    [InlineData("<r@\\tlocal.example>", "<r@\tlocal.example>")]
    [InlineData("<post\\\\master>", "<post\\master>")]
    [InlineData("<\"r\\\\\"@x>", "<\"r\\\"@x>")]
    [InlineData("<r@\\u212aelay.example>", "<r@\u212Aelay.example>")]
    [InlineData("<j\\xf8ran@local.example>", "<j\u00F8ran@local.example>")]
    public void Escapes_are_those_of_the_file(string written, string meant) => Assert.Equal(Encoding.UTF8.GetBytes(meant), AddressVector.Bytes(written));

    [Fact]
    public void An_escape_of_an_escape_is_a_raw_octet() => Assert.Equal([.. "<r"u8, 0xc1, 0x80, .. "x>"u8], AddressVector.Bytes("<r\\\\xc1\\\\x80x>"));

    [Theory]
    [InlineData("<lllllllllllllllllll...(272)", 272)]
    [InlineData("<r@ddddddddddddddddd...(259)", 259)]
    public void A_cut_argument_is_rebuilt_in_its_length(string written, int length) => Assert.Equal(length, AddressVector.Bytes(written).Length);

    // The whole way of a stranger: both commands are read, and the one recipient is decided on.
    private static bool Accepts(string mailFrom, string rcptTo)
    {
        byte[] mailBytes = AddressVector.Bytes(mailFrom);
        byte[] rcptBytes = AddressVector.Bytes(rcptTo);
        if (!IsUtf8(mailBytes) || !IsUtf8(rcptBytes))
        {
            Assert.False(SmtpPath.TryParseForwardPath(rcptBytes, AddressOptions.None, out _, out _));
            Assert.False(SmtpPath.TryParseForwardPath(rcptBytes, AddressOptions.SmtpUtf8, out _, out _));
            return false;
        }

        if (!MailCommand.TryParse(Encoding.UTF8.GetString(mailBytes), out MailCommand mail, out _)) return false;
        if (!RcptCommand.TryParse(Encoding.UTF8.GetString(rcptBytes), mail.SmtpUtf8, out RcptCommand rcpt, out _)) return false;
        return Rules.Evaluate(new RelayRequest(Stranger, AuthIdentity.Anonymous, mail.ReversePath, rcpt.ForwardPath)).IsAccepted;
    }

    private static bool IsUtf8(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}
