namespace RelayPolicy.Tests;

public sealed class SmtpReplyTests
{
    [Fact]
    public void The_default_refuses()
    {
        SmtpReply reply = default;
        Assert.Equal((550, new EnhancedStatusCode(5, 7, 1), "Relaying denied"), (reply.Code, reply.Enhanced, reply.Text));
        Assert.Equal("550 5.7.1 Relaying denied", reply.ToString());
        Assert.True(reply == new SmtpReply(550, new(5, 7, 1), "Relaying denied"));
        Assert.Equal(reply.GetHashCode(), new SmtpReply(550, new(5, 7, 1), "Relaying denied").GetHashCode());
    }

    [Theory]
    [InlineData("550 5.7.1 Relaying denied")]
    [InlineData("250 2.1.5 Ok")]
    [InlineData("451 4.4.3 Try again later")]
    [InlineData("554 5.0.999 ~ {recipient}")]
    [InlineData("200 2.0.0 x")]
    [InlineData("559 5.999.999 x")]
    public void A_reply_is_read_and_printed_alike(string text) => Assert.Equal(text, SmtpReply.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("550")]
    [InlineData("550 5.7.1")]
    [InlineData("550 Relaying denied")]
    [InlineData("550 5.7.1 ")]
    [InlineData(" 550 5.7.1 x")]
    [InlineData("550-5.7.1 x")]
    [InlineData("550  5.7.1 x")]
    [InlineData("0550 5.7.1 x")]
    [InlineData("550 05.7.1 x")]
    [InlineData("550 5.07.1 x")]
    [InlineData("550 5.7.01 x")]
    [InlineData("+550 5.7.1 x")]
    [InlineData("550\0 5.7.1 x")]
    [InlineData("550 5.7.1\0 x")]
    [InlineData("\u0665\u0665\u0660 5.7.1 x")]
    [InlineData("354 3.0.0 x")]
    [InlineData("150 1.0.0 x")]
    [InlineData("650 6.0.0 x")]
    [InlineData("560 5.7.1 x")]
    [InlineData("5500 5.7.1 x")]
    [InlineData("55 5.7.1 x")]
    [InlineData("550 4.7.1 x")]
    [InlineData("250 5.7.1 x")]
    [InlineData("450 5.7.1 x")]
    [InlineData("550 5.7 x")]
    [InlineData("550 5.7.1.1 x")]
    [InlineData("550 5.1000.1 x")]
    [InlineData("550 5.7.1000 x")]
    [InlineData("550 5.-7.1 x")]
    [InlineData("550 5..1 x")]
    [InlineData("550 5.7.99999999999 x")]
    [InlineData("550 5.7.1 x\r\n250 2.0.0 Ok")]
    [InlineData("550 5.7.1 x\n")]
    [InlineData("550 5.7.1 x\0")]
    [InlineData("550 5.7.1 x\t")]
    [InlineData("550 5.7.1 \u00FC")]
    public void What_is_no_reply_is_refused(string? text)
    {
        Assert.False(SmtpReply.TryParse(text, out SmtpReply reply, out string problem));
        Assert.NotEmpty(problem);
        Assert.Equal(default, reply);
        if (text is null) return;
        string message = Assert.Throws<FormatException>(() => SmtpReply.Parse(text)).Message;
        Assert.All(message, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void The_constructor_refuses_what_cannot_be_sent()
    {
        Assert.Throws<ArgumentException>(() => new SmtpReply(354, new(5, 0, 0), "x"));
        Assert.Throws<ArgumentException>(() => new SmtpReply(-550, new(5, 7, 1), "x"));
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, new(4, 7, 1), "x"));
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, default, "x"));
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, new(5, -1, 0), "x"));
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, new(5, 7, 1), ""));
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, new(5, 7, 1), "x\r\n"));
        Assert.Throws<ArgumentNullException>(() => new SmtpReply(550, new(5, 7, 1), null!));
    }

    [Fact]
    public void The_longest_reply_fits_into_512_octets()
    {
        var reply = new SmtpReply(550, new(5, 999, 999), new string('x', SmtpReply.MaxTextLength));
        Assert.InRange(reply.ToString().Length + "\r\n".Length, SmtpReply.MaxTextLength, 512);
        Assert.Throws<ArgumentException>(() => new SmtpReply(550, new(5, 7, 1), new string('x', SmtpReply.MaxTextLength + 1)));
    }

    [Fact]
    public void Text_from_outside_is_made_safe_and_cut()
    {
        SmtpReply reply = SmtpReply.Parse("550 5.7.1 x").WithText("a\r\nb\0\u00FC\x7f" + new string('x', 600));
        Assert.StartsWith("a??b???x", reply.Text, StringComparison.Ordinal);
        Assert.Equal(SmtpReply.MaxTextLength, reply.Text.Length);
    }

    [Fact]
    public void Replies_differ_by_code_enhanced_code_and_text()
    {
        SmtpReply reply = SmtpReply.Parse("550 5.7.1 x");
        Assert.True(reply != SmtpReply.Parse("551 5.7.1 x"));
        Assert.True(reply != SmtpReply.Parse("550 5.7.0 x"));
        Assert.True(reply != SmtpReply.Parse("550 5.7.1 X"));
        Assert.True(reply == SmtpReply.Parse("550 5.7.1 x"));
    }

    [Fact]
    public void A_reply_that_is_read_is_always_one_safe_line() =>
        Gen.OneOfConst("550", "250", "451", "5", ".", "7", "1", "0", " ", " 5.7.1 ", " 2.1.5 ", "x", "\r", "\n", "\0", "\u00FC", "-", "550 5.7.1 x").Array[0, 6].Select(string.Concat).Sample(
            text =>
            {
                if (!SmtpReply.TryParse(text, out SmtpReply reply, out _)) return;
                Assert.Equal(text, reply.ToString());
                Assert.Matches(@"\A[245][0-5][0-9] [245]\.[0-9]{1,3}\.[0-9]{1,3} [ -~]+\z", reply.ToString());
            },
            iter: 20_000);
}
