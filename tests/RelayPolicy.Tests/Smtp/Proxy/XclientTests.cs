using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>XCLIENT: a named peer names another client, once, and everything is decided anew.</summary>
public sealed class XclientTests
{
    private const string Greeting = "220 mx.local.example ESMTP";

    [Fact]
    public void It_is_offered_to_named_peers_only()
    {
        Assert.Contains("250-XCLIENT NAME ADDR PORT PROTO HELO\r\n", Of("192.0.2.1").Send("EHLO p.example\r\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("XCLIENT", Of("203.0.113.9").Send("EHLO p.example\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("192.0.2.2")]
    public void Anybody_else_is_refused_and_closed(string peer)
    {
        SessionHost host = Of(peer);
        Assert.Equal("550 5.7.1 This peer may not name clients; closing", host.Line("XCLIENT ADDR=192.0.2.1"));
        Assert.True(host.IsClosed);
    }

    [Theory]
    [InlineData("ADDR=203.0.113.9 PORT=40000", "203.0.113.9", 40000)]
    [InlineData("addr=203.0.113.9", "203.0.113.9", 0)]
    [InlineData("ADDR=IPV6:2001:db8::9", "2001:db8::9", 0)]
    [InlineData("ADDR=[UNAVAILABLE]", null, 0)]
    [InlineData("ADDR=[TEMPUNAVAIL]", null, 0)]
    [InlineData("NAME=mail.example", null, 0)]
    [InlineData("ADDR=203.0.113.9 HELO=x PROTO=ESMTP DESTADDR=192.0.2.1 DESTPORT=25", "203.0.113.9", 0)]
    public void It_names_the_client(string attributes, string? address, int port)
    {
        SessionHost host = Of("192.0.2.1").Say("EHLO p.example", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=");
        Assert.Equal(Greeting, host.Line("XCLIENT " + attributes));
        Assert.Equal((address, port, ClientProvenance.Proxied), (host.Session.Client.Address?.ToString(), host.Session.Client.Port, host.Session.Client.Provenance));
        Assert.False(host.Session.Identity.IsAuthenticated);
        Assert.Equal(SmtpState.Start, host.Session.State);
        Assert.StartsWith("550 5.7.1", host.Say("EHLO c.example", "MAIL FROM:<a@b.example>").Line("RCPT TO:<r@far.example>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ADDR")]
    [InlineData("ADDR=")]
    [InlineData("ADDR=192.0.2.01")]
    [InlineData("ADDR=IPV6:192.0.2.1")]
    [InlineData("ADDR=192.0.2.1 ADDR=192.0.2.2")]
    [InlineData("FOO=1")]
    [InlineData("PORT=65536")]
    [InlineData("NAME=a+0Db")]
    [InlineData("LOGIN=+20")]
    public void A_malformed_one_changes_nothing(string attributes)
    {
        SessionHost host = Of("192.0.2.1");
        Assert.Equal("501 5.5.4 Malformed or unknown XCLIENT attribute", host.Line("XCLIENT " + attributes));
        Assert.Equal("192.0.2.1", host.Session.Client.Address!.ToString());
    }

    [Fact]
    public void A_NAME_is_unconfirmed()
    {
        SessionHost host = Of("192.0.2.1").Say("XCLIENT ADDR=203.0.113.9 NAME=mail.example");
        Assert.Equal((HostNameStatus.Unconfirmed, "mail.example"), (host.Session.Client.HostNameStatus, host.Session.Client.HostNames[0].Value));
        Assert.Equal(HostNameStatus.None, Of("192.0.2.1").Say("XCLIENT ADDR=203.0.113.9 NAME=[UNAVAILABLE]").Session.Client.HostNameStatus);
        Assert.Equal(HostNameStatus.TemporaryFailure, Of("192.0.2.1").Say("XCLIENT ADDR=203.0.113.9 NAME=[tempunavail]").Session.Client.HostNameStatus);
    }

    [Fact]
    public void A_LOGIN_is_refused_unless_enabled()
    {
        SessionHost host = Of("192.0.2.1");
        Assert.Equal("550 5.7.1 XCLIENT LOGIN is not taken here", host.Line("XCLIENT ADDR=203.0.113.9 LOGIN=alice"));
        Assert.Equal("192.0.2.1", host.Session.Client.Address!.ToString());
        host = Of("192.0.2.1", login: true).Say("XCLIENT ADDR=203.0.113.9 LOGIN=alice");
        Assert.Equal("alice", host.Session.Identity.User);
        Assert.StartsWith("250", host.Say("EHLO c.example", "MAIL FROM:<a@b.example>").Line("RCPT TO:<r@far.example>"), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_named_may_not_name_another()
    {
        SessionHost host = Of("192.0.2.1").Say("XCLIENT ADDR=203.0.113.9");
        Assert.DoesNotContain("XCLIENT", host.Send("EHLO c.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("550", host.Line("XCLIENT ADDR=192.0.2.7"), StringComparison.Ordinal);
        Assert.True(host.IsClosed);
        host = Of("192.0.2.1").Say("XCLIENT ADDR=192.0.2.1");
        Assert.StartsWith("550", host.Line("XCLIENT ADDR=192.0.2.7"), StringComparison.Ordinal);
    }

    [Fact]
    public void After_TLS_has_started_the_right_is_gone()
    {
        SessionHost host = Of("192.0.2.1").Say("EHLO p.example");
        host.StartTls();
        Assert.DoesNotContain("XCLIENT", host.Send("EHLO p.example\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void TLS_of_the_peer_is_never_that_of_the_client_that_it_names()
    {
        SessionHost host = Of("192.0.2.1").Say("XCLIENT ADDR=203.0.113.9");
        Assert.DoesNotContain("STARTTLS", host.Send("EHLO c.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("502", host.Line("STARTTLS"), StringComparison.Ordinal);
        Assert.False(host.Session.Tls.IsOn);
    }

    [Fact]
    public void It_does_not_come_in_a_transaction() =>
        Assert.StartsWith("503", Of("192.0.2.1").Say("EHLO p.example", "MAIL FROM:<a@b.example>").Line("XCLIENT ADDR=203.0.113.9"), StringComparison.Ordinal);

    [Fact]
    public void A_client_that_is_refused_has_only_QUIT_left()
    {
        SessionHost host = Of("192.0.2.1");
        Assert.Equal("554 5.7.1 Connection refused", host.Line("XCLIENT ADDR=198.51.100.9"));
        Assert.StartsWith("503", host.Line("EHLO c.example"), StringComparison.Ordinal);
    }

    private static SessionHost Of(string peer, bool login = false)
    {
        var host = new SessionHost(
            new SmtpSessionOptions
            {
                HostName = "mx.local.example",
                Extensions = SmtpExtensions.StartTls,
                Mechanisms = SaslMechanisms.Plain,
                AllowsAuthenticationWithoutTls = true,
                XclientPeers = NetworkSet.Parse("192.0.2.1"),
                AllowsXclientLogin = login,
            },
            peer);
        host.Connect();
        return host;
    }
}
