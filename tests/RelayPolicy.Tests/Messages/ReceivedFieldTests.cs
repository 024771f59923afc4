using System.Net;
using MimeKit;
using RelayPolicy.Messages;

namespace RelayPolicy.Tests;

public sealed class ReceivedFieldTests
{
    private static readonly ClientEndpoint Client = new(IPAddress.Parse("203.0.113.9"), 40_000);

    [Fact]
    public void It_says_from_whom_to_whom_how_and_when() => Assert.Equal(
        "Received: from c.example (mail.example [203.0.113.9])\r\n\tby mx.local.example with ESMTPSA id abc-1\r\n\tfor <r@local.example>;\r\n\tTue, 24 Nov 2026 12:00:00 +0000\r\n",
        new ReceivedField
        {
            Client = Client.WithHostNames(HostNameStatus.Confirmed, "mail.example"),
            HelloName = "c.example",
            HostName = "mx.local.example",
            IsExtended = true,
            Tls = TlsState.On(),
            Identity = new AuthIdentity("alice"),
            Id = "abc-1",
            OnlyRecipient = SmtpPath.ParseForwardPath("<r@local.example>"),
            Instant = Asking.Noon,
        }.ToString());

    [Theory]
    [InlineData(false, false, false, false, "SMTP")]
    [InlineData(true, false, false, false, "ESMTP")]
    [InlineData(true, true, false, false, "ESMTPS")]
    [InlineData(true, false, true, false, "ESMTPA")]
    [InlineData(true, true, true, true, "UTF8SMTPSA")]
    public void The_protocol_is_the_registered_one(bool extended, bool tls, bool auth, bool utf8, string protocol) =>
        Assert.Equal(protocol, Field("c.example", extended, tls, auth, utf8).Protocol);

    [Theory]
    [InlineData("c.example", "from c.example (")]
    [InlineData("[192.0.2.1]", "from [192.0.2.1] (")]
    [InlineData("[IPv6:2001:db8::1]", "from [IPv6:2001:db8::1] (")]
    [InlineData("a(b", "from unknown (HELO a?b) (")]
    [InlineData("a)\r\nX: y", "from unknown (HELO a???X??y) (")]
    [InlineData("\u00FC", "from unknown (HELO ?) (")]
    [InlineData("", "from unknown (")]
    [InlineData(null, "from unknown (")]
    public void What_the_client_calls_itself_is_made_safe(string? name, string begin) =>
        Assert.StartsWith("Received: " + begin, Field(name).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_client_says_it_is_one_field() => Gen.Select(Generators.Garbage, Generators.Path).Sample((hello, path) =>
    {
        var field = new ReceivedField { Client = Client, HelloName = hello, HostName = "mx.local.example", OnlyRecipient = path, Instant = Asking.Noon };
        HeaderList header = HeaderList.Load(new MemoryStream([.. field.ToBytes(), .. "\r\n"u8]));
        Assert.Equal(HeaderId.Received, Assert.Single(header).Id);
        Assert.All(field.ToString(), c => Assert.True(c is '\r' or '\n' or '\t' or (>= ' ' and <= '~')));
        Assert.All(field.ToString().Split("\r\n")[1..^1], line => Assert.StartsWith("\t", line, StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a\r\n")]
    public void An_id_is_an_atom(string id) => Assert.Throws<ArgumentException>(() => new ReceivedField { Client = Client, HostName = "mx.local.example", Instant = Asking.Noon, Id = id });

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a(b")]
    public void The_host_has_a_name(string name) => Assert.Throws<ArgumentException>(() => new ReceivedField { Client = Client, HostName = name, Instant = Asking.Noon });

    private static ReceivedField Field(string? hello, bool extended = false, bool tls = false, bool auth = false, bool utf8 = false) => new()
    {
        Client = Client,
        HelloName = hello,
        HostName = "mx.local.example",
        IsExtended = extended,
        SmtpUtf8 = utf8,
        Tls = tls ? TlsState.On() : TlsState.Off,
        Identity = new AuthIdentity(auth ? "alice" : null),
        Instant = Asking.Noon,
    };
}
