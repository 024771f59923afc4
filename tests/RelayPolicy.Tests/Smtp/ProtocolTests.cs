using System.Text;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>What a session answers to sequences by which servers have become open relays.</summary>
public sealed class ProtocolTests
{
    private const string Mail = "MAIL FROM:<a@b.example>";
    private const string LocalRcpt = "RCPT TO:<r@local.example>";
    private const string FarRcpt = "RCPT TO:<r@far.example>";
    private static readonly string Plain = "AUTH PLAIN " + Base64("\0alice\0wonderland");

    [Fact]
    public void The_greeting_names_the_host() => Assert.Equal("220 mx.local.example ESMTP\r\n", new SessionHost().Connect());

    [Fact]
    public void EHLO_lists_what_is_offered_now()
    {
        var host = new SessionHost();
        host.Connect();
        const string before = "250-mx.local.example\r\n250-PIPELINING\r\n250-SIZE 2097152\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n250-CHUNKING\r\n";
        const string after = "250-AUTH SCRAM-SHA-256 PLAIN LOGIN\r\n250 ENHANCEDSTATUSCODES\r\n";
        Assert.Equal(before + "250-STARTTLS\r\n" + after, host.Send("EHLO c.example\r\n"));
        host.StartTls();
        Assert.Equal(before + after, host.Send("EHLO c.example\r\n"));
    }

    [Fact]
    public void Without_TLS_and_mechanisms_neither_is_offered()
    {
        var host = new SessionHost(new SmtpSessionOptions { HostName = "mx.local.example" });
        host.Connect();
        Assert.Equal("250-mx.local.example\r\n250-PIPELINING\r\n250-SIZE 2097152\r\n250-8BITMIME\r\n250-CHUNKING\r\n250 ENHANCEDSTATUSCODES\r\n", host.Send("EHLO c.example\r\n"));
        Assert.Equal("502 5.5.1 Command not implemented", host.Line("STARTTLS"));
        Assert.Equal("502 5.5.1 Command not implemented", host.Line(Plain));
    }

    [Fact]
    public void A_message_is_taken_for_its_accepted_recipients()
    {
        SessionHost host = Ready();
        Assert.Equal("250 2.1.0 Sender OK", host.Line(Mail));
        Assert.Equal("250 2.1.5 Recipient OK", host.Line(LocalRcpt));
        Assert.Equal("550 5.7.1 Relaying denied", host.Line(FarRcpt));
        Assert.Equal("354 End data with <CR><LF>.<CR><LF>", host.Line("DATA"));
        Assert.Equal("250 2.6.0 Message accepted", host.Line("Subject: x\r\n\r\n..dots\r\n."));
        (string[] recipients, string content) = Assert.Single(host.Messages);
        Assert.Equal(["<r@local.example>"], recipients);
        Assert.Equal("Subject: x\r\n\r\n.dots\r\n", content);
        Assert.Null(host.Session.Transaction);
    }

    [Fact]
    public void An_accepted_recipient_grants_nothing_to_the_next() =>
        Assert.StartsWith("550 5.7.1", Ready().Say(Mail, LocalRcpt, LocalRcpt).Line(FarRcpt), StringComparison.Ordinal);

    [Theory]
    [InlineData("EHLO c.example")]
    [InlineData("HELO c.example")]
    [InlineData("RSET")]
    public void A_transaction_is_gone_after(string command)
    {
        SessionHost host = Ready().Say(Mail, LocalRcpt);
        Assert.StartsWith("250", host.Line(command), StringComparison.Ordinal);
        Assert.Null(host.Session.Transaction);
        Assert.Equal("503 5.5.1 Send MAIL first", host.Line("DATA"));
    }

    [Theory]
    [InlineData("EHLO c.example")]
    [InlineData("RSET")]
    public void An_identity_is_kept_after(string command)
    {
        SessionHost host = Ready();
        Assert.Equal("235 2.7.0 Authentication successful", host.Line(Plain));
        host.Line(command);
        Assert.Equal("alice", host.Session.Identity.User);
        Assert.Equal("250 2.1.5 Recipient OK", host.Say(Mail).Line(FarRcpt));
    }

    [Theory]
    [InlineData("\0alice\0wonderland")]
    [InlineData("\0bob\0builder")]
    public void A_second_AUTH_is_503_and_changes_nothing(string second)
    {
        SessionHost host = Ready().Say(Plain);
        Assert.Equal("503 5.5.1 Already authenticated", host.Line("AUTH PLAIN " + Base64(second)));
        Assert.Equal("alice", host.Session.Identity.User);
    }

    [Fact]
    public void AUTH_in_clear_text_where_TLS_is_required_is_538()
    {
        var host = new SessionHost(SessionHost.Options(clearTextAuth: false));
        host.Connect();
        Assert.DoesNotContain("AUTH", host.Send("EHLO c.example\r\n"), StringComparison.Ordinal);
        Assert.Equal("538 5.7.11 Encryption required for authentication", host.Line(Plain));
        host.StartTls();
        Assert.Contains("AUTH", host.Send("EHLO c.example\r\n"), StringComparison.Ordinal);
        Assert.Equal("235 2.7.0 Authentication successful", host.Line(Plain));
    }

    [Theory]
    [InlineData("AUTH PLAIN AGFsaWNlAHdyb25n", "535 5.7.8 Authentication credentials invalid")]
    [InlineData("AUTH PLAIN AGJvYgB3b25kZXJsYW5k", "535 5.7.8 Authentication credentials invalid")]
    [InlineData("AUTH PLAIN Ym9iAGFsaWNlAHdvbmRlcmxhbmQ=", "535 5.7.8 Authentication credentials invalid")]
    [InlineData("AUTH PLAIN AAB3b25kZXJsYW5k", "501 5.5.2 Malformed authentication data")]
    [InlineData("AUTH PLAIN ACAAd29uZGVybGFuZA==", "501 5.5.2 Malformed authentication data")]
    [InlineData("AUTH PLAIN =", "501 5.5.2 Malformed authentication data")]
    [InlineData("AUTH PLAIN *", "501 5.7.0 Authentication cancelled")]
    [InlineData("AUTH PLAIN AGFsaWNl!", "501 5.5.2 Cannot decode base64")]
    [InlineData("AUTH PLAIN AGFsaWN", "501 5.5.2 Cannot decode base64")]
    [InlineData("AUTH PLAIN a b", "501 5.5.4 Syntax: AUTH mechanism [initial-response]")]
    [InlineData("AUTH", "501 5.5.4 Syntax: AUTH mechanism [initial-response]")]
    [InlineData("AUTH ANONYMOUS", "504 5.5.4 Unknown authentication mechanism")]
    [InlineData("AUTH CRAM-MD5", "504 5.5.4 Unknown authentication mechanism")]
    [InlineData("AUTH SCRAM-SHA-256-PLUS", "504 5.5.4 Unknown authentication mechanism")]
    public void A_bad_AUTH_leaves_the_client_anonymous(string line, string reply)
    {
        SessionHost host = Ready();
        Assert.Equal(reply, host.Line(line));
        Assert.False(host.Session.Identity.IsAuthenticated);
        Assert.StartsWith("550", host.Say(Mail).Line(FarRcpt), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_line_during_an_AUTH_exchange_is_data()
    {
        SessionHost host = Ready();
        Assert.Equal("334 VXNlcm5hbWU6", host.Line("AUTH LOGIN"));
        Assert.Equal("501 5.5.2 Cannot decode base64", host.Line("MAIL FROM:<a@b.example>"));
        Assert.Null(host.Session.Transaction);
        host.Line("AUTH LOGIN");
        Assert.Equal("501 5.5.2 Malformed authentication data", host.Line("QUIT")); // base64 that is no UTF-8
        Assert.False(host.IsClosed);
        host.Line("AUTH LOGIN");
        Assert.Equal("501 5.7.0 Authentication cancelled", host.Line("*"));
    }

    [Theory]
    [InlineData("STARTTLS now", "501 5.5.4 The command takes no argument")]
    [InlineData("STARTTLS  ", "220 2.0.0 Ready to start TLS")]
    public void STARTTLS_takes_no_argument(string line, string reply) => Assert.Equal(reply, Ready().Line(line));

    [Fact]
    public void STARTTLS_comes_once_and_not_in_a_transaction()
    {
        SessionHost host = Ready().Say(Mail);
        Assert.Equal("503 5.5.1 Not allowed in a mail transaction", host.Line("STARTTLS"));
        host.Say("RSET").StartTls();
        Assert.Equal("503 5.5.1 Send EHLO first", host.Line("STARTTLS"));
        Assert.Equal("503 5.5.1 Already under TLS", host.Say("EHLO c.example").Line("STARTTLS"));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    public void What_came_behind_STARTTLS_is_never_run(int piece)
    {
        SessionHost host = Ready();
        string replies = host.Send(Encoding.ASCII.GetBytes("STARTTLS\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<r@local.example>\r\n"), piece);
        Assert.Equal("220 2.0.0 Ready to start TLS\r\n", replies);
        Assert.True(host.IsClosed);
        Assert.Null(host.Session.Transaction);
    }

    [Fact]
    public void After_TLS_has_started_everything_is_forgotten()
    {
        SessionHost host = Ready().Say(Plain);
        host.StartTls();
        Assert.False(host.Session.Identity.IsAuthenticated);
        Assert.Null(host.Session.HelloName);
        Assert.Equal("503 5.5.1 Send EHLO or HELO first", host.Line(Mail));
        Assert.StartsWith("550", host.Say("EHLO c.example", Mail).Line(FarRcpt), StringComparison.Ordinal);
        Assert.True(host.Session.Tls.IsOn);
    }

    [Fact]
    public void AUTH_of_an_anonymous_client_means_nobody()
    {
        SessionHost host = Ready().Say("MAIL FROM:<a@b.example> AUTH=a@b.example");
        Assert.Equal("<>", host.Session.Transaction!.Auth);
        host = Ready().Say(Plain, "MAIL FROM:<a@b.example> AUTH=a@b.example");
        Assert.Equal("a@b.example", host.Session.Transaction!.Auth);
    }

    [Theory]
    [InlineData("HELO c.example", "MAIL FROM:<a@b.example> SIZE=1", "555 5.5.4 Unsupported parameter")]
    [InlineData("HELO c.example", "MAIL FROM:<a@b.example> BODY=8BITMIME", "555 5.5.4 Unsupported parameter")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> BODY=BINARYMIME", "501 5.5.4 Parameter BODY is malformed")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> SIZE=1 SIZE=1", "501 5.5.4 Parameter SIZE is given twice")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> SIZE=2097152", "250 2.1.0 Sender OK")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> SIZE=2097153", "552 5.3.4 Message is larger than this server takes")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> SIZE=99999999999999999999", "552 5.3.4 Message is larger than this server takes")]
    [InlineData("EHLO c.example", "MAIL FROM:<a@b.example> FOO=1", "555 5.5.4 Unsupported parameter")]
    [InlineData("EHLO c.example", "MAIL FROM: <a@b.example>  ", "250 2.1.0 Sender OK")]
    [InlineData("EHLO c.example", "mail  from:<a@b.example>", "250 2.1.0 Sender OK")]
    [InlineData("EHLO c.example", "MAIL FROM <a@b.example>", "501 5.5.4 Syntax: MAIL FROM:<address>")]
    [InlineData("EHLO c.example", "MAIL", "501 5.5.4 Syntax: MAIL FROM:<address>")]
    [InlineData("EHLO c.example", "MAIL FROM:<x@spam.example>", "550 5.7.1 Sender refused")]
    public void MAIL_is_answered(string hello, string mail, string reply)
    {
        var host = new SessionHost();
        host.Connect();
        Assert.Equal(reply, host.Say(hello).Line(mail));
    }

    [Fact]
    public void What_is_not_offered_is_555()
    {
        var host = new SessionHost(new SmtpSessionOptions { HostName = "mx.local.example" });
        host.Connect();
        host.Line("EHLO c.example");
        foreach (string parameter in new[] { "SMTPUTF8", "RET=FULL", "ENVID=x", "AUTH=<>" }) Assert.Equal("555 5.5.4 Unsupported parameter", host.Line($"{Mail} {parameter}"));
        Assert.Equal("555 5.5.4 Unsupported parameter", host.Say(Mail).Line($"{LocalRcpt} NOTIFY=NEVER"));
    }

    [Theory]
    [InlineData("RCPT TO:<r@local.example", "501 5.1.3")]
    [InlineData("RCPT TO:r@local.example", "501 5.1.3")]
    [InlineData("RCPT <r@local.example>", "501 5.5.4")]
    [InlineData("RCPT TO:<\u00FC@local.example>", "553 5.6.7")]
    [InlineData("RCPT TO:<r@far.example>", "550 5.7.1")]
    [InlineData("RCPT TO:<r%far.example@local.example>", "550 5.7.1")]
    [InlineData("RCPT TO:<Postmaster>", "250 2.1.5")]
    public void RCPT_is_answered(string rcpt, string begin) => Assert.StartsWith(begin, Ready().Say(Mail).Line(rcpt), StringComparison.Ordinal);

    [Fact]
    public void Octets_that_are_no_UTF8_are_refused_with_and_without_SMTPUTF8()
    {
        byte[] rcpt = [.. "RCPT TO:<"u8, 0xff, .. "@local.example>\r\n"u8];
        Assert.StartsWith("553 5.6.7", Ready().Say(Mail).Send(rcpt, 100), StringComparison.Ordinal);
        Assert.StartsWith("501 5.1.3", Ready().Say(Mail + " SMTPUTF8").Send(rcpt, 100), StringComparison.Ordinal);
        Assert.StartsWith("501 5.5.4", Ready().Send([.. "EHLO "u8, 0xff, .. "\r\n"u8], 100), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BDAT")]
    [InlineData("BDAT x")]
    [InlineData("BDAT -1")]
    [InlineData("BDAT +1")]
    [InlineData("BDAT 1 LASTX")]
    [InlineData("BDAT 1 LAST LAST")]
    [InlineData("BDAT 99999999999999999999")]
    [InlineData("BDAT 0x10 LAST")]
    public void A_bad_size_of_BDAT_closes(string line)
    {
        SessionHost host = Ready().Say(Mail, LocalRcpt);
        Assert.Equal("501 5.5.4 Syntax: BDAT size [LAST]; closing", host.Line(line));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void The_octets_of_a_refused_BDAT_are_swallowed()
    {
        SessionHost host = Ready();
        Assert.Equal("503 5.5.1 Send MAIL first\r\n250 2.0.0 OK\r\n", host.Send("BDAT 24\r\nMAIL FROM:<a@b.exampl>\r\nNOOP\r\n"));
        Assert.Equal("503 5.5.1 No valid recipients\r\n250 2.0.0 OK\r\n", host.Say(Mail, FarRcpt).Send("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n"));
    }

    [Fact]
    public void A_message_comes_in_chunks()
    {
        SessionHost host = Ready().Say(Mail, LocalRcpt);
        string replies = host.Send("BDAT 14\r\nSubject: x\r\n\r\nBDAT 3\r\n.\r\nBDAT 4 LAST\r\n..\r\n");
        Assert.Equal("250 2.0.0 14 octets received\r\n250 2.0.0 3 octets received\r\n250 2.6.0 Message accepted\r\n", replies);
        Assert.Equal("Subject: x\r\n\r\n.\r\n..\r\n", Assert.Single(host.Messages).Content);
    }

    [Fact]
    public void RSET_between_chunks_drops_what_came()
    {
        SessionHost host = Ready().Say(Mail, LocalRcpt);
        host.Send("BDAT 3\r\nabc");
        Assert.Equal(3, host.Held);
        Assert.Equal("250 2.0.0 OK", host.Line("RSET"));
        Assert.Equal(0, host.Held);
        Assert.Contains(SmtpStep.AbandonMessage, host.Steps);
    }

    [Fact]
    public void A_line_over_its_limit_is_500_and_dropped_to_its_end()
    {
        SessionHost host = Ready();
        string longest = "NOOP " + new string('x', 2048 - 7);
        Assert.Equal("250 2.0.0 OK", host.Line(longest));
        Assert.Equal("500 5.5.2 Line too long\r\n250 2.0.0 OK\r\n", host.Send($"{longest}x RCPT TO:<r@local.example>\r\nNOOP\r\n"));
        Assert.Equal("500 5.5.2 Line too long", host.Line(new string('x', 100_000) + "MAIL FROM:<a@b.example>"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("post / HTTP/1.1")]
    [InlineData("CONNECT mx.local.example:25 HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 25")]
    public void Another_protocol_is_shown_the_door(string line)
    {
        var host = new SessionHost();
        host.Connect();
        Assert.Equal("554 5.5.0 This is an SMTP server; closing", host.Line(line));
        Assert.True(host.IsClosed);
    }

    [Theory]
    [InlineData("VRFY r@local.example", "252 2.5.0 Cannot VRFY; send some mail and see")]
    [InlineData("VRFY nobody@local.example", "252 2.5.0 Cannot VRFY; send some mail and see")]
    [InlineData("EXPN staff", "502 5.5.1 Command not implemented")]
    [InlineData("HELP", "214 2.0.0 See RFC 5321")]
    [InlineData("TURN", "502 5.5.1 Command not implemented")]
    [InlineData("", "500 5.5.1 Command not recognized")]
    [InlineData(" NOOP", "500 5.5.1 Command not recognized")]
    [InlineData("NOOP\0", "500 5.5.1 Command not recognized")]
    [InlineData("noop ignored", "250 2.0.0 OK")]
    [InlineData("QUIT now", "501 5.5.4 The command takes no argument")]
    [InlineData("RSET now", "501 5.5.4 The command takes no argument")]
    [InlineData("DATA now", "501 5.5.4 The command takes no argument")]
    [InlineData("EHLO", "501 5.5.4 Name yourself in printable characters")]
    [InlineData("EHLO a b", "501 5.5.4 Name yourself in printable characters")]
    [InlineData("EHLO a\tb", "501 5.5.4 Name yourself in printable characters")]
    [InlineData("EHLO a\u202Eb", "501 5.5.4 Name yourself in printable characters")]
    [InlineData("EHLO MY_PC", "250 ENHANCEDSTATUSCODES")]
    public void Other_commands_are_answered(string line, string reply) => Assert.Equal(reply, Ready().Line(line));

    [Fact]
    public void A_client_refused_at_connect_has_only_QUIT_left()
    {
        var host = new SessionHost(client: "198.51.100.7");
        Assert.Equal("554 5.7.1 Connection refused\r\n", host.Connect());
        Assert.StartsWith("503", host.Line("EHLO c.example"), StringComparison.Ordinal);
        Assert.Equal("221 2.0.0 Bye", host.Line("QUIT"));
    }

    [Fact]
    public void A_client_deferred_at_connect_is_sent_away()
    {
        var host = new SessionHost(policy: RelayRuleSet.Create([Asking.AtConnect("later", Condition.Any, RuleAction.Defer)]));
        Assert.StartsWith("421 4.7.1", host.Connect(), StringComparison.Ordinal);
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void A_new_policy_applies_from_the_next_MAIL()
    {
        IRelayDecision current = SessionHost.Policy;
        var host = new SessionHost(new SmtpSession(SessionHost.Options(), () => current, new ClientEndpoint(System.Net.IPAddress.Parse("203.0.113.9"))));
        host.Connect();
        host.Say("EHLO c.example", Mail, LocalRcpt);
        current = RelayRuleSet.Create([]);
        Assert.StartsWith("250", host.Line(LocalRcpt), StringComparison.Ordinal);
        Assert.StartsWith("550", host.Say("RSET", Mail).Line(LocalRcpt), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hint_at_authentication_is_given_where_it_would_help_and_was_asked_for()
    {
        var options = new SmtpSessionOptions { HostName = "mx.local.example", Mechanisms = SaslMechanisms.Plain, AllowsAuthenticationWithoutTls = true, HintsAtAuthentication = true };
        var host = new SessionHost(options);
        host.Connect();
        host.Say("EHLO c.example", Mail);
        Assert.Equal("530 5.7.0 Authentication required", host.Line(FarRcpt));
        Assert.StartsWith("550 5.7.1", host.Line("RCPT TO:<r%far.example@local.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.7.1", host.Say("RSET", Plain, Mail).Line("RCPT TO:<r@[169.254.169.254]>"), StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_in_a_pipeline_are_answered_in_their_order() => Assert.Equal(
        "250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n550 5.7.1 Relaying denied\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.6.0 Message accepted\r\n221 2.0.0 Bye\r\n",
        Ready().Send($"{Mail}\r\n{LocalRcpt}\r\n{FarRcpt}\r\nDATA\r\nx\r\n.\r\nQUIT\r\n"));

    [Fact]
    public void DSN_parameters_are_kept_for_the_host()
    {
        SessionHost host = Ready().Say("MAIL FROM:<a@b.example> RET=HDRS ENVID=q+2Bq", "RCPT TO:<r@local.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;r+40x");
        Assert.Equal((DsnReturn.Headers, "q+2Bq"), (host.Session.Transaction!.Mail.Return, host.Session.Transaction.Mail.EnvelopeId));
        SmtpRecipient recipient = Assert.Single(host.Session.Transaction.Recipients);
        Assert.Equal((DsnNotify.Success | DsnNotify.Delay, "rfc822;r+40x", RelayAction.Deliver), (recipient.Notify, recipient.OriginalRecipient, recipient.Action));
    }

    private static SessionHost Ready()
    {
        var host = new SessionHost();
        host.Connect();
        return host.Say("EHLO c.example");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
