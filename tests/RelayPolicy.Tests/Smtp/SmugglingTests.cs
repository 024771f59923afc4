using System.Text;

namespace RelayPolicy.Tests;

/// <summary>Only CR LF . CR LF ends the content; whatever another server may take for an end closes the connection.</summary>
public sealed class SmugglingTests
{
    private const string Smuggled = "MAIL FROM:<admin@local.example>\r\nRCPT TO:<victim@local.example>\r\nDATA\r\nsmuggled\r\n.\r\nQUIT\r\n";

    public static readonly TheoryData<string> FalseEnds =
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r.\n", "\n.\r", "\r\n.\r\r\n", "\r\r\n.\r\n", "\r\n\r.\r\n", "\r\n.\r\0\n",
        "\n\r.\r\n", "\r\n\n.\r\n", "\r\n.\n\r\n", "\n\n.\n\n",
    ];

    // These hold no bare CR or LF: they are content.
    public static readonly TheoryData<string> NoEnds = ["\r\n\0.\r\n", "\r\n.\0\r\n", "\r\n .\r\n", "\r\n. \r\n", "\r\n..\r\n", "\r\n\x85.\x85", "\r\n\u2028.\u2028"];

    [Theory]
    [MemberData(nameof(FalseEnds))]
    public void A_bare_CR_or_LF_in_DATA_closes(string end)
    {
        foreach (int piece in new[] { int.MaxValue, 1, 2, 3, 64, 65 })
        {
            SessionHost host = InData();
            Assert.Equal("550 5.6.11 Content holds a bare CR or LF; closing\r\n", host.Send(Encoding.UTF8.GetBytes($"hello{end}{Smuggled}"), piece));
            Assert.True(host.IsClosed);
            Assert.Empty(host.Messages);
        }
    }

    [Theory]
    [MemberData(nameof(FalseEnds))]
    public void So_it_does_after_much_other_content(string end)
    {
        for (int before = 0; before < 130; before++)
        {
            SessionHost host = InData();
            Assert.Equal("550 5.6.11 Content holds a bare CR or LF; closing\r\n", host.Send(new string('x', before) + end + Smuggled));
            Assert.Empty(host.Messages);
        }
    }

    [Theory]
    [MemberData(nameof(NoEnds))]
    public void What_only_looks_like_an_end_is_content(string end)
    {
        SessionHost host = InData();
        Assert.Equal("", host.Send($"hello{end}MAIL FROM:<admin@local.example>\r\n"));
        Assert.Equal("250 2.6.0 Message accepted\r\n", host.Send(".\r\n"));
        Assert.Contains("MAIL FROM:<admin@local.example>\r\n", Assert.Single(host.Messages).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("ab\r\nc\r")]
    [InlineData("\n")]
    [InlineData("a\r\n.\n")]
    public void A_bare_CR_or_LF_in_BDAT_closes(string content)
    {
        SessionHost host = Ready().Say("MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>");
        Assert.Equal("550 5.6.11 Content holds a bare CR or LF; closing\r\n", host.Send($"BDAT {content.Length} LAST\r\n{content}{Smuggled}"));
        Assert.Empty(host.Messages);
    }

    [Fact]
    public void A_CR_and_its_LF_may_come_in_two_chunks()
    {
        SessionHost host = Ready().Say("MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>");
        Assert.EndsWith("250 2.6.0 Message accepted\r\n", host.Send("BDAT 2\r\na\rBDAT 2 LAST\r\n\nb"), StringComparison.Ordinal);
        Assert.Equal("a\r\nb", Assert.Single(host.Messages).Content);
    }

    [Theory]
    [InlineData("NOOP\nNOOP\r\n")]
    [InlineData("NOOP\rNOOP\r\n")]
    [InlineData("NOOP\r\rNOOP\r\n")]
    [InlineData("\nNOOP\r\n")]
    [InlineData("NOOP\r\0\nNOOP\r\n")]
    [InlineData("RCPT TO:<r@local.example>\nRCPT TO:<r@far.example>\r\n")]
    public void A_bare_CR_or_LF_in_a_command_closes(string text)
    {
        foreach (int piece in new[] { int.MaxValue, 1, 2, 5 })
        {
            SessionHost host = Ready();
            Assert.Equal("500 5.5.2 A line ends with CR LF; closing\r\n", host.Send(Encoding.ASCII.GetBytes(text), piece));
            Assert.True(host.IsClosed);
        }
    }

    [Theory]
    [InlineData("\n.\n", "\r\n.\r\n")]
    [InlineData("\n.\r\n", "\r\n.\r\n")]
    [InlineData("\r\n.\n", "\r\n\r\n")]
    [InlineData("\n\n", "\r\n\r\n")]
    [InlineData("\n..\n", "\r\n..\r\n")]
    public void A_listener_may_normalise_bare_LF_and_still_ends_with_CRLF_only(string sent, string stored)
    {
        foreach (int piece in new[] { int.MaxValue, 1, 2 })
        {
            SessionHost host = InData(normalizes: true);
            Assert.Equal("", host.Send(Encoding.ASCII.GetBytes($"a{sent}MAIL FROM:<x@y.example>\r\n"), piece));
            Assert.Equal("250 2.6.0 Message accepted\r\n", host.Send(".\r\n"));
            Assert.Equal($"a{stored}MAIL FROM:<x@y.example>\r\n", Assert.Single(host.Messages).Content);
        }
    }

    [Theory]
    [InlineData("\r.\r\n")]
    [InlineData("\r\n.\r\r\n")]
    [InlineData("\r\r\n.\r\n")]
    public void Such_a_listener_closes_at_a_bare_CR_too(string end)
    {
        SessionHost host = InData(normalizes: true);
        Assert.Equal("550 5.6.11 Content holds a bare CR or LF; closing\r\n", host.Send($"a{end}{Smuggled}"));
    }

    [Fact]
    public void An_empty_message_ends_at_once()
    {
        SessionHost host = InData();
        Assert.Equal("250 2.6.0 Message accepted\r\n", host.Send(".\r\n"));
        Assert.Equal("", Assert.Single(host.Messages).Content);
    }

    private static SessionHost InData(bool normalizes = false) => Ready(normalizes).Say("MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>", "DATA");

    private static SessionHost Ready(bool normalizes = false)
    {
        var host = new SessionHost(SessionHost.Options(normalizes: normalizes));
        host.Connect();
        return host.Say("EHLO c.example");
    }
}
