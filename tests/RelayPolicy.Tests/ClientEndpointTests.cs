using System.Net;
using System.Net.Sockets;

namespace RelayPolicy.Tests;

public sealed class ClientEndpointTests
{
    private static readonly ClientEndpoint Client = new(IPAddress.Parse("203.0.113.9"), 40025);

    [Fact]
    public void The_default_is_a_client_of_whom_nothing_is_known()
    {
        ClientEndpoint client = default;
        Assert.Null(client.Address);
        Assert.False(client.HasAddress);
        Assert.Equal((0, ClientProvenance.Direct, HostNameStatus.NotAsked), (client.Port, client.Provenance, client.HostNameStatus));
        Assert.Null(client.Listener);
        Assert.Empty(client.HostNames);
        Assert.True(client.IsValid);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9%4", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("fe80::1%4", "fe80::1")]
    [InlineData("::203.0.113.9", "::203.0.113.9")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public void An_address_is_kept_in_one_form(string given, string kept)
    {
        var client = new ClientEndpoint(IPAddress.Parse(given));
        Assert.Equal(IPAddress.Parse(kept), client.Address);
        Assert.Equal(kept, client.Address!.ToString());
        Assert.True(client.HasAddress && client.IsValid);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("::ffff:239.1.2.3")]
    [InlineData("ff02::1")]
    public void What_is_no_clients_address_is_an_unknown_address(string? given)
    {
        var client = new ClientEndpoint(given is null ? null : IPAddress.Parse(given), 25);
        Assert.Null(client.Address);
        Assert.False(client.HasAddress);
        Assert.True(client.IsValid);
    }

    [Fact]
    public void A_socket_address_gives_address_and_port()
    {
        var client = ClientEndpoint.FromEndPoint(new IPEndPoint(IPAddress.Parse("::ffff:203.0.113.9"), 40025));
        Assert.Equal((IPAddress.Parse("203.0.113.9"), 40025), (client.Address, client.Port));
    }

    [Fact]
    public void Any_other_end_point_has_no_known_address()
    {
        Assert.Null(ClientEndpoint.FromEndPoint(null).Address);
        Assert.Null(ClientEndpoint.FromEndPoint(new DnsEndPoint("127.0.0.1", 25)).Address);
        Assert.Null(ClientEndpoint.FromEndPoint(new UnixDomainSocketEndPoint("/run/smtp")).Address);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(65535, true)]
    [InlineData(65536, false)]
    public void A_port_that_does_not_exist_makes_the_client_invalid(int port, bool isValid) =>
        Assert.Equal(isValid, new ClientEndpoint(IPAddress.Loopback, port).IsValid);

    [Fact]
    public void An_undefined_value_makes_the_client_invalid()
    {
        Assert.False((Client with { Provenance = (ClientProvenance)2 }).IsValid);
        Assert.False((Client with { Provenance = (ClientProvenance)(-1) }).IsValid);
        Assert.False(Client.WithHostNames((HostNameStatus)5).IsValid);
        Assert.False(Client.WithHostNames((HostNameStatus)(-1), "mail.example").IsValid);
        Assert.True((Client with { Provenance = ClientProvenance.Proxied, Listener = "submission" }).IsValid);
    }

    [Fact]
    public void Confirmed_names_are_kept_in_the_form_of_domain_names()
    {
        ClientEndpoint client = Client.WithHostNames(HostNameStatus.Confirmed, "Mail.Example.", "xn--mnchen-3ya.example");
        Assert.Equal(HostNameStatus.Confirmed, client.HostNameStatus);
        Assert.Equal(["mail.example", "xn--mnchen-3ya.example"], client.HostNames.Select(name => name.Value));
        Assert.Equal((Client.Address, Client.Port), (client.Address, client.Port));
        Assert.True(client.IsValid);
    }

    [Fact]
    public void A_name_without_a_status_is_unconfirmed() =>
        Assert.Equal(HostNameStatus.Unconfirmed, Client.WithHostNames(HostNameStatus.NotAsked, "mail.example").HostNameStatus);

    [Theory]
    [InlineData(HostNameStatus.None)]
    [InlineData(HostNameStatus.TemporaryFailure)]
    public void A_status_without_names_drops_them(HostNameStatus status)
    {
        ClientEndpoint client = Client.WithHostNames(status, "mail.example");
        Assert.Equal(status, client.HostNameStatus);
        Assert.Empty(client.HostNames);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("mail.example..")]
    [InlineData(".mail.example")]
    [InlineData("mail..example")]
    [InlineData("mail example")]
    [InlineData("mail.example\n")]
    [InlineData("mail\0.example")]
    [InlineData("203.0.113.9")]
    [InlineData("[203.0.113.9]")]
    [InlineData("2001:db8::1")]
    [InlineData("my_pc.example")]
    [InlineData("*.example")]
    [InlineData("-mail.example")]
    [InlineData("m\u00FCnchen.example")]
    [InlineData("\u212Aiosk.example")]
    [InlineData("xn--zzzzzzzz99999.example")]
    [InlineData(null)]
    public void An_odd_PTR_name_is_no_name_and_never_an_exception(string? name)
    {
        foreach (HostNameStatus status in new[] { HostNameStatus.NotAsked, HostNameStatus.Unconfirmed, HostNameStatus.Confirmed })
        {
            ClientEndpoint client = Client.WithHostNames(status, name!);
            Assert.Equal(HostNameStatus.None, client.HostNameStatus);
            Assert.Empty(client.HostNames);
            Assert.True(client.IsValid);
        }
    }

    [Fact]
    public void An_odd_name_among_others_is_left_out()
    {
        ClientEndpoint client = Client.WithHostNames(HostNameStatus.Confirmed, "203.0.113.9", "mail.example", "");
        Assert.Equal(HostNameStatus.Confirmed, client.HostNameStatus);
        Assert.Equal(["mail.example"], client.HostNames.Select(name => name.Value));
    }

    [Fact]
    public void Confirmed_without_a_name_is_a_contradiction() => Assert.False(Client.WithHostNames(HostNameStatus.Confirmed).IsValid);

    [Fact]
    public void A_contradiction_goes_away_with_a_new_answer_only()
    {
        ClientEndpoint contradiction = Client.WithHostNames(HostNameStatus.Confirmed);
        Assert.False((contradiction with { Listener = "other" }).IsValid);
        Assert.True(contradiction.WithHostNames(HostNameStatus.None).IsValid);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData(null)]
    public void Confirmed_without_an_address_is_a_contradiction(string? address) =>
        Assert.False(new ClientEndpoint(address is null ? null : IPAddress.Parse(address)).WithHostNames(HostNameStatus.Confirmed, "mail.example").IsValid);

    [Fact]
    public void Unconfirmed_without_a_name_is_none() =>
        Assert.Equal(HostNameStatus.None, Client.WithHostNames(HostNameStatus.Unconfirmed).HostNameStatus);

    [Fact]
    public void Random_names_never_throw_and_only_valid_ones_are_kept() => Gen.Select(Generators.Garbage.Array[0, 4], Gen.Enum<HostNameStatus>()).Sample(
        (names, status) =>
        {
            ClientEndpoint client = Client.WithHostNames(status, names);
            Assert.All(client.HostNames, name => Assert.Equal(name, DomainName.Parse(name.Value, AddressOptions.None)));
            if (client.HostNames.IsEmpty && client.IsValid) Assert.NotEqual(HostNameStatus.Confirmed, client.HostNameStatus);
        },
        iter: 5_000);
}
