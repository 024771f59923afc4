using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>The PROXY protocol, v1 and v2: only from named peers, only where configured, and everything is decided on the client that is named.</summary>
public sealed class ProxyTests
{
    private const string Greeting = "220 mx.local.example ESMTP\r\n";
    private const string Malformed = "554 5.5.2 Malformed proxy header; closing\r\n";
    private static readonly NetworkSet Peers = NetworkSet.Parse("192.0.2.1");
    private static readonly byte[] Signature = [.. "\r\n\r\n\0\r\nQUIT\n"u8];

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25\r\n", "203.0.113.9", 40000)]
    [InlineData("PROXY TCP6 2001:db8::9 2001:db8::1 0 65535\r\n", "2001:db8::9", 0)]
    [InlineData("PROXY TCP6 ::ffff:203.0.113.9 ::1 1 25\r\n", "203.0.113.9", 1)]
    [InlineData("PROXY UNKNOWN\r\n", null, 0)]
    [InlineData("PROXY UNKNOWN ffff:f...f:ffff whatever\r\n", null, 0)]
    [InlineData("PROXY TCP4 0.0.0.0 192.0.2.1 1 25\r\n", null, 1)]
    public void A_header_of_version_1_names_the_client(string header, string? address, int port)
    {
        foreach (int piece in new[] { int.MaxValue, 1, 7 })
        {
            SessionHost host = Behind("192.0.2.1");
            Assert.Equal("", host.Connect());
            Assert.Equal(Greeting, host.Send(Encoding.ASCII.GetBytes(header), piece));
            AssertClient(host, address, port);
        }
    }

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 40000\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25 x\r\n")]
    [InlineData("PROXY TCP4  203.0.113.9 192.0.2.1 40000 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.09 192.0.2.1 40000 25\r\n")]
    [InlineData("PROXY TCP4 2001:db8::9 192.0.2.1 40000 25\r\n")]
    [InlineData("PROXY TCP6 203.0.113.9 192.0.2.1 40000 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 65536 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 040 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 -1 25\r\n")]
    [InlineData("PROXY UDP4 203.0.113.9 192.0.2.1 1 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 192.0.2.1 1 25\n")]
    [InlineData("proxy TCP4 203.0.113.9 192.0.2.1 1 25\r\n")]
    [InlineData("EHLO c.example\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9\0 192.0.2.1 1 25\r\n")]
    [InlineData("PROXY UNKNOWN 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\r\n")]
    public void A_malformed_header_closes(string header)
    {
        foreach (int piece in new[] { int.MaxValue, 1 })
        {
            SessionHost host = Behind("192.0.2.1");
            Assert.Equal(Malformed, host.Send(Encoding.ASCII.GetBytes(header), piece));
            Assert.True(host.IsClosed);
        }
    }

    [Fact]
    public void A_header_of_version_2_names_the_client()
    {
        foreach (int piece in new[] { int.MaxValue, 1, 13 })
        {
            SessionHost host = Behind("192.0.2.1");
            Assert.Equal(Greeting, host.Send(Version2(0x21, 0x11, Tcp("203.0.113.9", 40000)), piece));
            AssertClient(host, "203.0.113.9", 40000);
            host = Behind("192.0.2.1");
            Assert.Equal(Greeting, host.Send(Version2(0x21, 0x21, [.. Tcp("2001:db8::9", 1), 4, 0, 1, 0]), piece));
            AssertClient(host, "2001:db8::9", 1);
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x12)]
    [InlineData(0x31)]
    public void Another_family_of_version_2_is_an_unknown_client(int family)
    {
        SessionHost host = Behind("192.0.2.1");
        Assert.Equal(Greeting, host.Send(Version2(0x21, (byte)family, Tcp("203.0.113.9", 1)), 100));
        AssertClient(host, null, 0);
        host.Say("EHLO c.example", "MAIL FROM:<a@b.example>");
        Assert.StartsWith("550 5.7.1", host.Line("RCPT TO:<r@far.example>"), StringComparison.Ordinal);
    }

    [Fact]
    public void LOCAL_is_the_peer_itself()
    {
        SessionHost host = Behind("192.0.2.1");
        Assert.Equal(Greeting, host.Send(Version2(0x20, 0x00, []), 100));
        Assert.Equal(("192.0.2.1", ClientProvenance.Direct), (host.Session.Client.Address!.ToString(), host.Session.Client.Provenance));
    }

    [Theory]
    [InlineData(0x11, 0x11)]
    [InlineData(0x22, 0x11)]
    [InlineData(0x21, 0x41)]
    [InlineData(0x21, 0x21)]
    public void A_malformed_header_of_version_2_closes(int command, int family)
    {
        SessionHost host = Behind("192.0.2.1");
        Assert.Equal(Malformed, host.Send(Version2((byte)command, (byte)family, Tcp("203.0.113.9", 1)), 100));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void A_TLV_that_does_not_fit_or_a_header_that_is_too_long_closes()
    {
        Assert.Equal(Malformed, Behind("192.0.2.1").Send(Version2(0x21, 0x11, [.. Tcp("203.0.113.9", 1), 4, 0, 9, 0]), 100));
        Assert.Equal(Malformed, Behind("192.0.2.1").Send(Version2(0x21, 0x11, new byte[3000]), 100));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(6, false)]
    public void TLS_of_the_client_is_known_if_the_proxy_says_so(int flags, bool tls)
    {
        SessionHost host = Behind("192.0.2.1");
        host.Send(Version2(0x21, 0x11, [.. Tcp("203.0.113.9", 1), 0x20, 0, 5, (byte)flags, 0, 0, 0, 0]), 100);
        Assert.Equal(tls, host.Session.Tls.IsOn);
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("192.0.2.2")]
    [InlineData(null)]
    public void A_peer_that_is_not_named_is_refused(string? peer)
    {
        SessionHost host = Behind(peer);
        Assert.Equal("554 5.7.1 This peer may not name clients; closing\r\n", host.Connect());
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void The_rules_see_the_client_and_not_the_proxy()
    {
        // 192.0.2.0/24 may relay, and the proxy is in it.
        SessionHost host = Behind("192.0.2.1");
        host.Send("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25\r\n");
        Assert.StartsWith("550 5.7.1", host.Say("EHLO c.example", "MAIL FROM:<a@b.example>").Line("RCPT TO:<r@far.example>"), StringComparison.Ordinal);
        host = Behind("192.0.2.1");
        Assert.Equal("554 5.7.1 Connection refused\r\n", host.Send("PROXY TCP4 198.51.100.1 192.0.2.1 40000 25\r\n"));
    }

    [Fact]
    public void Commands_behind_the_header_are_run()
    {
        SessionHost host = Behind("192.0.2.1");
        Assert.Equal(Greeting + "250 2.0.0 OK\r\n", host.Send("PROXY UNKNOWN\r\nNOOP\r\n"));
    }

    [Fact]
    public void TLS_that_begins_with_the_connection_begins_behind_the_header()
    {
        var options = new SmtpSessionOptions { HostName = "mx.local.example", ProxyPeers = Peers, StartsUnderTls = true, Mechanisms = SaslMechanisms.Plain };
        var host = new SessionHost(options, "192.0.2.1");
        Assert.Equal("", host.Send("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25\r\n\x16\x03"));
        Assert.Equal(SmtpStep.StartTls, host.Steps[^1]);
        host.Session.TlsStarted(TlsState.On());
        Assert.Equal(Greeting, host.Send(""));
        string ehlo = host.Send("EHLO c.example\r\n");
        Assert.DoesNotContain("STARTTLS", ehlo, StringComparison.Ordinal);
        Assert.Contains("AUTH PLAIN", ehlo, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_in_clear_behind_the_header_belongs_to_TLS_and_is_never_run()
    {
        var options = new SmtpSessionOptions { HostName = "mx.local.example", ProxyPeers = Peers, StartsUnderTls = true };
        var session = new SmtpSession(options, SessionHost.Policy, new ClientEndpoint(IPAddress.Parse("192.0.2.1"), 40_000));
        var output = new ArrayBufferWriter<byte>();
        var input = new ReadOnlySequence<byte>("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25\r\nEHLO c.example\r\n"u8.ToArray());
        Assert.Equal(SmtpStep.StartTls, session.Process(ref input, output));
        Assert.Equal("EHLO c.example\r\n", Encoding.ASCII.GetString(session.Content.ToArray()));
        session.TlsStarted(TlsState.On());
        Assert.True(session.Content.IsEmpty);
        Assert.Equal(SmtpStep.ReadMore, session.Process(ref input, output));
        Assert.Equal(Greeting, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    private static SessionHost Behind(string? peer) => new(new SmtpSessionOptions { HostName = "mx.local.example", ProxyPeers = Peers, Mechanisms = SaslMechanisms.Plain }, peer);

    private static void AssertClient(SessionHost host, string? address, int port)
    {
        Assert.Equal((address, port, ClientProvenance.Proxied), (host.Session.Client.Address?.ToString(), host.Session.Client.Port, host.Session.Client.Provenance));
        Assert.Equal(SmtpState.Start, host.Session.State);
    }

    private static byte[] Tcp(string source, ushort port)
    {
        byte[] address = IPAddress.Parse(source).GetAddressBytes();
        byte[] ports = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(ports, port);
        return [.. address, .. new byte[address.Length], .. ports];
    }

    private static byte[] Version2(byte command, byte family, byte[] body) => [.. Signature, command, family, (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
