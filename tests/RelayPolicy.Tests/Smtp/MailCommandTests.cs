using RelayPolicy.Smtp;

namespace RelayPolicy.Tests;

public sealed class MailCommandTests
{
    [Theory]
    [InlineData("<s@ext.example>", "<s@ext.example>")]
    [InlineData("  <s@EXT.example> ", "<s@ext.example>")]
    [InlineData("<>", "<>")]
    [InlineData(" <>\t", "<>")]
    [InlineData("<> SIZE=0", "<>")]
    [InlineData("<@a.example:s@ext.example>", "<s@ext.example>")]
    [InlineData("<\"a> b\"@ext.example> SIZE=1", "<\"a> b\"@ext.example>")]
    [InlineData("<s@[192.0.2.1]> size=12345678901234567890", "<s@[192.0.2.1]>")]
    [InlineData("<s@ext.example> SIZE=1 BODY=8BITMIME RET=HDRS ENVID=a+2Bb AUTH=<>", "<s@ext.example>")]
    [InlineData("<s@ext.example> body=7bit  ret=full\tx", null)]
    [InlineData("<s@ext.example> body=7bit  ret=full", "<s@ext.example>")]
    [InlineData("<s@ext.example> AUTH=a+40b.example", "<s@ext.example>")]
    public void A_path_with_known_parameters_passes(string argument, string? path)
    {
        bool read = MailCommand.TryParse(argument, out MailCommand command, out _);
        Assert.Equal(path is not null, read);
        if (path is not null) Assert.Equal((path, false), (command.ReversePath.ToString(), command.SmtpUtf8));
    }

    [Theory]
    [InlineData("<s@ext.example> SMTPUTF8")]
    [InlineData("<s@ext.example> smtputf8")]
    [InlineData("<s@ext.example> BODY=8BITMIME  SmtpUtf8 ")]
    [InlineData("<> SMTPUTF8")]
    [InlineData("<j\u00F8ran@m\u00FCnchen.example> SMTPUTF8 SIZE=1")]
    public void SMTPUTF8_holds_for_the_transaction(string argument)
    {
        Assert.True(MailCommand.TryParse(argument, out MailCommand command, out _));
        Assert.True(command.SmtpUtf8);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("s@ext.example", 0)]
    [InlineData("<postmaster>", 11)]
    [InlineData("<s>", 2)]
    [InlineData("<>x", 2)]
    [InlineData("<>SIZE=1", 2)]
    [InlineData("<s@ext.example>SIZE=1", 15)]
    [InlineData("  <s@ext.example.>", 16)]
    [InlineData("<s@ext.example>\tSIZE=1", 15)]
    [InlineData("<s@ext.example>\r\nRCPT", 15)]
    [InlineData("<\"SMTPUTF8 @ext.example> SMTPUTF8", 33)]
    public void A_bad_path_is_501_with_the_position_in_the_argument(string argument, int position)
    {
        Assert.False(MailCommand.TryParse(argument, out MailCommand command, out SmtpReply reply));
        Assert.Equal((501, new EnhancedStatusCode(5, 1, 7)), (reply.Code, reply.Enhanced));
        Assert.StartsWith("Bad sender address syntax: ", reply.Text, StringComparison.Ordinal);
        Assert.EndsWith($"(position {position})", reply.Text, StringComparison.Ordinal);
        Assert.Equal(default, command);
        Replies.AssertSafeRefusal(reply);
    }

    [Theory]
    [InlineData("<j\u00F8ran@ext.example>")]
    [InlineData("<j\u00F8ran@ext.example> BODY=8BITMIME")]
    [InlineData("<j\u00F8ran@ext.example> SMTPUTF8=1")]
    [InlineData("<j\u00F8ran@ext.example> SMTPUTF8\t,")]
    [InlineData("<j\u00F8ran@ext.example> SMTPUTF\uFF18")]
    [InlineData("<\"SMTPUTF8 SMTPUTF8 \u00F8\"@ext.example>")]
    public void A_path_that_is_not_ASCII_is_553_without_SMTPUTF8(string argument)
    {
        Assert.False(MailCommand.TryParse(argument, out MailCommand command, out SmtpReply reply));
        Assert.Equal((553, new EnhancedStatusCode(5, 6, 7)), (reply.Code, reply.Enhanced));
        Assert.Equal(default, command);
        Replies.AssertSafeRefusal(reply);
    }

    [Theory]
    [InlineData("FOO")]
    [InlineData("FOO=BAR")]
    [InlineData("NOTIFY=NEVER")]
    [InlineData("ORCPT=rfc822;x")]
    [InlineData("\u017FIZE=1")]
    [InlineData("=")]
    [InlineData("SIZE=1 FOO")]
    [InlineData("SMTPUTF8X")]
    [InlineData("<r@local.example>")]
    public void An_unknown_parameter_is_555(string parameters) => AssertRefused(parameters, 555);

    [Theory]
    [InlineData("SIZE")]
    [InlineData("SIZE=")]
    [InlineData("SIZE=-1")]
    [InlineData("SIZE=+1")]
    [InlineData("SIZE=1k")]
    [InlineData("SIZE=0x10")]
    [InlineData("SIZE=\u0661")]
    [InlineData("SIZE=123456789012345678901")]
    [InlineData("SIZE=1 SIZE=1")]
    [InlineData("SIZE=1 size=2")]
    [InlineData("BODY")]
    [InlineData("BODY=")]
    [InlineData("BODY=9BIT")]
    [InlineData("BODY=BINARYMIME")]
    [InlineData("BODY=8BITM\u0130ME")]
    [InlineData("SMTPUTF8=")]
    [InlineData("SMTPUTF8=1")]
    [InlineData("SMTPUTF8 SMTPUTF8")]
    [InlineData("RET=NONE")]
    [InlineData("RET")]
    [InlineData("ENVID=")]
    [InlineData("ENVID=a+0D+0Ab")]
    [InlineData("ENVID=a\u00FC")]
    [InlineData("AUTH")]
    [InlineData("AUTH=")]
    [InlineData("AUTH=a=b")]
    [InlineData("AUTH=a+0Ab")]
    [InlineData("AUTH=<> AUTH=<>")]
    public void A_malformed_or_repeated_parameter_is_501(string parameters) => AssertRefused(parameters, 501);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void An_ENVID_has_up_to_100_characters(int length, bool passes) =>
        Assert.Equal(passes, MailCommand.TryParse("<> ENVID=" + new string('x', length), out _, out _));

    [Fact]
    public void A_path_that_parses_alone_parses_in_a_command() => Gen.Select(Generators.Mailbox, Gen.Int[0, 3], Gen.OneOfConst("", " ", " SIZE=1", "  BODY=8BITMIME \t")).Sample(
        (path, spaces, rest) =>
        {
            Assert.True(MailCommand.TryParse(new string(' ', spaces) + path + " SMTPUTF8" + rest, out MailCommand command, out _));
            Assert.Equal((path, true), (command.ReversePath, command.SmtpUtf8));
        },
        iter: 10_000);

    [Fact]
    public void Garbage_never_throws_and_every_refusal_is_one_safe_line() =>
        Gen.Frequency((1, Generators.Garbage), (2, Generators.NearlyPath), (2, Gen.Select(Generators.NearlyPath, Generators.Garbage, (path, rest) => $"{path} {rest}"))).Sample(
            argument =>
            {
                if (MailCommand.TryParse(argument, out MailCommand command, out SmtpReply reply))
                {
                    Assert.True(command.ReversePath.IsMailbox || command.ReversePath.IsNull);
                    Assert.True(command.SmtpUtf8 || !command.ReversePath.RequiresSmtpUtf8);
                }
                else
                {
                    Assert.Equal(default, command);
                    Replies.AssertSafeRefusal(reply);
                }
            },
            iter: 30_000);

    private static void AssertRefused(string parameters, int code)
    {
        Assert.False(MailCommand.TryParse("<s@ext.example> " + parameters, out MailCommand command, out SmtpReply reply));
        Assert.Equal((code, new EnhancedStatusCode(5, 5, 4)), (reply.Code, reply.Enhanced));
        Assert.Equal(default, command);
        Replies.AssertSafeRefusal(reply);
    }
}
