using RelayPolicy.Smtp;

namespace RelayPolicy.Tests;

public sealed class RcptCommandTests
{
    [Theory]
    [InlineData("<r@local.example>")]
    [InlineData(" <r@local.example>")]
    [InlineData("    <r@local.example>")]
    [InlineData("<r@local.example> ")]
    [InlineData("<r@local.example>\t")]
    [InlineData("<r@local.example> \t  ")]
    [InlineData("<r@LOCAL.example>")]
    [InlineData("<@ext.example:r@local.example>")]
    [InlineData("<r@local.example> NOTIFY=NEVER")]
    [InlineData("<r@local.example>   notify=never  ")]
    [InlineData("<r@local.example> NOTIFY=SUCCESS,FAILURE,DELAY")]
    [InlineData("<r@local.example> NOTIFY=delay,Success")]
    [InlineData("<r@local.example> ORCPT=rfc822;a@b.example")]
    [InlineData("<r@local.example> orcpt=RFC822;a+3Cb+2B+20c")]
    [InlineData("<r@local.example> ORCPT=utf-8;\\x{FC}@b.example NOTIFY=FAILURE")]
    [InlineData("<r@local.example> NOTIFY=FAILURE ORCPT=x400;a")]
    public void A_path_with_known_parameters_passes(string argument)
    {
        Assert.True(RcptCommand.TryParse(argument, smtpUtf8: false, out RcptCommand command, out _));
        Assert.Equal("<r@local.example>", command.ForwardPath.ToString());
    }

    [Theory]
    [InlineData("<\"a> b\"@local.example>", "<\"a> b\"@local.example>")]
    [InlineData("<\"a\\\"> b\"@local.example> NOTIFY=NEVER", "<\"a\\\"> b\"@local.example>")]
    [InlineData("<\"a\\\\\"@local.example> NOTIFY=NEVER", "<\"a\\\\\"@local.example>")]
    [InlineData("<POSTMASTER> NOTIFY=NEVER", "<POSTMASTER>")]
    public void A_quoted_bracket_does_not_end_the_path(string argument, string path)
    {
        Assert.True(RcptCommand.TryParse(argument, smtpUtf8: false, out RcptCommand command, out _));
        Assert.Equal(path, command.ForwardPath.ToString());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    [InlineData("<>", 1)]
    [InlineData("  <>", 3)]
    [InlineData("r@local.example", 0)]
    [InlineData("  r@local.example", 2)]
    [InlineData("Foo <r@local.example>", 0)]
    [InlineData("\t<r@local.example>", 0)]
    [InlineData(" \t<r@local.example>", 1)]
    [InlineData("<r@local.example>NOTIFY=NEVER", 17)]
    [InlineData("<r@local.example>\tNOTIFY=NEVER", 17)]
    [InlineData("<r@local.example>,<s@ext.example>", 17)]
    [InlineData("<r@local.example>\r\n", 17)]
    [InlineData("<r@local.example>\0", 17)]
    [InlineData("<r@local.example>> NOTIFY=NEVER", 17)]
    [InlineData("<r @local.example> NOTIFY=NEVER", 2)]
    [InlineData("<r@local.example", 16)]
    [InlineData("<\"r@local.example> NOTIFY=NEVER", 31)]
    [InlineData("<r@local.example\r\n>", 16)]
    public void A_bad_path_is_501_with_the_position_in_the_argument(string argument, int position)
    {
        Assert.False(RcptCommand.TryParse(argument, smtpUtf8: true, out RcptCommand command, out SmtpReply reply));
        Assert.Equal((501, new EnhancedStatusCode(5, 1, 3)), (reply.Code, reply.Enhanced));
        Assert.StartsWith("Bad recipient address syntax: ", reply.Text, StringComparison.Ordinal);
        Assert.EndsWith($"(position {position})", reply.Text, StringComparison.Ordinal);
        Assert.Equal(default, command);
        Replies.AssertSafeRefusal(reply);
    }

    [Theory]
    [InlineData("<j\u00F8ran@local.example>", 2)]
    [InlineData("  <r@m\u00FCnchen.example>", 6)]
    public void A_path_that_is_not_ASCII_is_553_unless_the_transaction_has_SMTPUTF8(string argument, int position)
    {
        Assert.False(RcptCommand.TryParse(argument, smtpUtf8: false, out RcptCommand command, out SmtpReply reply));
        Assert.Equal((553, new EnhancedStatusCode(5, 6, 7)), (reply.Code, reply.Enhanced));
        Assert.EndsWith($"(position {position})", reply.Text, StringComparison.Ordinal);
        Assert.True(command.ForwardPath.IsDefault);
        Replies.AssertSafeRefusal(reply);
        Assert.True(RcptCommand.TryParse(argument, smtpUtf8: true, out _, out _));
    }

    [Theory]
    [InlineData("FOO")]
    [InlineData("FOO=BAR")]
    [InlineData("=")]
    [InlineData("=NEVER")]
    [InlineData("SMTPUTF8")]
    [InlineData("SIZE=1")]
    [InlineData("NOTIFYX=NEVER")]
    [InlineData("XNOTIFY=NEVER")]
    [InlineData("\tNOTIFY=NEVER")]
    [InlineData("<s@ext.example>")]
    [InlineData("NOT\u0130FY=NEVER")]
    [InlineData("\u212A=1")]
    [InlineData("NOTIFY=NEVER FOO=BAR")]
    public void An_unknown_parameter_is_555(string parameters) => AssertRefused(parameters, 555);

    [Theory]
    [InlineData("NOTIFY")]
    [InlineData("NOTIFY=")]
    [InlineData("NOTIFY=ALWAYS")]
    [InlineData("NOTIFY=NEVER,SUCCESS")]
    [InlineData("NOTIFY=NEVER,NEVER")]
    [InlineData("NOTIFY=SUCCESS,SUCCESS")]
    [InlineData("NOTIFY=SUCCESS,success")]
    [InlineData("NOTIFY=SUCCESS,")]
    [InlineData("NOTIFY=,SUCCESS")]
    [InlineData("NOTIFY=SUCCESS, FAILURE")]
    [InlineData("NOTIFY==NEVER")]
    [InlineData("NOTIFY=NEVER\0")]
    [InlineData("NOTIFY=NEVER\r\nRCPT")]
    [InlineData("NOTIFY=NEVER\tORCPT=rfc822;x")]
    [InlineData("NOTIFY=NEVER NOTIFY=NEVER")]
    [InlineData("NOTIFY=NEVER notify=SUCCESS")]
    [InlineData("ORCPT=rfc822;x ORCPT=rfc822;x")]
    [InlineData("ORCPT")]
    [InlineData("ORCPT=")]
    [InlineData("ORCPT=x")]
    [InlineData("ORCPT=;x")]
    [InlineData("ORCPT=rfc822;")]
    [InlineData("ORCPT=rfc 822;x")]
    [InlineData("ORCPT=rfc_822;x")]
    [InlineData("ORCPT=rfc822;a=b")]
    [InlineData("ORCPT=rfc822;a+")]
    [InlineData("ORCPT=rfc822;a+2")]
    [InlineData("ORCPT=rfc822;a+2b")]
    [InlineData("ORCPT=rfc822;a+G0")]
    [InlineData("ORCPT=rfc822;a+0D+0ARCPT+20TO:b")]
    [InlineData("ORCPT=rfc822;a+0A")]
    [InlineData("ORCPT=rfc822;a+00")]
    [InlineData("ORCPT=rfc822;a+7F")]
    [InlineData("ORCPT=rfc822;a+85")]
    [InlineData("ORCPT=rfc822;a+1F")]
    [InlineData("ORCPT=rfc822;a\u00FC")]
    [InlineData("ORCPT=rfc822;a\u007F")]
    [InlineData("ORCPT=rfc822;a\r\nb")]
    public void A_malformed_or_repeated_parameter_is_501(string parameters) => AssertRefused(parameters, 501);

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void An_ORCPT_has_up_to_500_characters(int length, bool passes) =>
        Assert.Equal(passes, RcptCommand.TryParse("<r@local.example> ORCPT=rfc822;" + new string('x', length - 7), smtpUtf8: false, out _, out _));

    [Fact]
    public void A_reply_never_repeats_what_was_sent()
    {
        RcptCommand.TryParse("<r@local.example> SECRET=SECRET", smtpUtf8: false, out _, out SmtpReply reply);
        Assert.DoesNotContain("SECRET", reply.Text, StringComparison.Ordinal);
        RcptCommand.TryParse("<SECRET", smtpUtf8: false, out _, out reply);
        Assert.DoesNotContain("SECRET", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_argument_is_refused_with_a_short_reply()
    {
        foreach (string argument in new[] { new string('l', 100_000), "<" + new string('l', 100_000) + "@local.example>", "<r@local.example> " + new string('x', 100_000), "<r@" + new string('d', 100_000) + ">" })
        {
            Assert.False(RcptCommand.TryParse(argument, smtpUtf8: false, out _, out SmtpReply reply));
            Replies.AssertSafeRefusal(reply);
        }
    }

    [Fact]
    public void A_path_that_parses_alone_parses_in_a_command() => Gen.Select(Generators.Mailbox, Gen.Int[0, 3], Gen.OneOfConst("", " ", "\t ", " NOTIFY=NEVER", "  ORCPT=rfc822;a+40b \t")).Sample(
        (path, spaces, rest) =>
        {
            Assert.True(RcptCommand.TryParse(new string(' ', spaces) + path + rest, smtpUtf8: true, out RcptCommand command, out _));
            Assert.Equal(path, command.ForwardPath);
        },
        iter: 10_000);

    [Fact]
    public void Garbage_never_throws_and_every_refusal_is_one_safe_line() => Gen.Select(
            Gen.Frequency((1, Generators.Garbage), (2, Generators.NearlyPath), (2, Gen.Select(Generators.NearlyPath, Generators.Garbage, (path, rest) => $"{path} {rest}"))), Gen.Bool)
        .Sample(
            (argument, smtpUtf8) =>
            {
                if (RcptCommand.TryParse(argument, smtpUtf8, out RcptCommand command, out SmtpReply reply))
                {
                    Assert.True(command.ForwardPath.IsMailbox || command.ForwardPath.IsBarePostmaster);
                    Assert.Equal(command.ForwardPath, RcptCommand.TryParse(command.ForwardPath.ToString(), smtpUtf8, out RcptCommand again, out _) ? again.ForwardPath : default);
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
        Assert.False(RcptCommand.TryParse("<r@local.example> " + parameters, smtpUtf8: true, out RcptCommand command, out SmtpReply reply));
        Assert.Equal((code, new EnhancedStatusCode(5, 5, 4)), (reply.Code, reply.Enhanced));
        Assert.Equal(default, command);
        Replies.AssertSafeRefusal(reply);
    }
}
