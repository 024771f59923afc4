using System.Net;

namespace RelayPolicy.Tests;

public sealed class IPPrefixTests
{
    private static readonly Gen<(IPAddress Address, int Length)> Network = Gen.OneOf(
        Gen.Select(Generators.IPv4, Gen.Int[0, 32], (address, length) => (NetworkOracle.Prefix(address, length).FirstAddress, length)),
        Gen.Select(Generators.IPv6, Gen.Int[0, 128], (address, length) => (NetworkOracle.Prefix(address, length).FirstAddress, length)));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", 24, "192.0.2.0/24")]
    [InlineData("192.0.2.7", "192.0.2.7", 32, "192.0.2.7")]
    [InlineData("192.0.2.7/32", "192.0.2.7", 32, "192.0.2.7")]
    [InlineData("0.0.0.0/0", "0.0.0.0", 0, "0.0.0.0/0")]
    [InlineData("128.0.0.0/1", "128.0.0.0", 1, "128.0.0.0/1")]
    [InlineData("0.0.0.0", "0.0.0.0", 32, "0.0.0.0")]
    [InlineData("2001:db8::/32", "2001:db8::", 32, "2001:db8::/32")]
    [InlineData("2001:DB8:0::5", "2001:db8::5", 128, "2001:db8::5")]
    [InlineData("::/0", "::", 0, "::/0")]
    [InlineData("::10.0.0.0/104", "::10.0.0.0", 104, "::10.0.0.0/104")]
    [InlineData("::ffff:0:0:0/96", "::ffff:0:0:0", 96, "::ffff:0:0:0/96")]
    [InlineData("192.0.2.0/255.255.255.0", "192.0.2.0", 24, "192.0.2.0/24")]
    [InlineData("192.0.2.0 255.255.255.0", "192.0.2.0", 24, "192.0.2.0/24")]
    [InlineData("192.0.2.7 255.255.255.255", "192.0.2.7", 32, "192.0.2.7")]
    [InlineData("128.0.0.0/128.0.0.0", "128.0.0.0", 1, "128.0.0.0/1")]
    [InlineData("0.0.0.0/0.0.0.0", "0.0.0.0", 0, "0.0.0.0/0")]
    public void A_network_is_read_in_every_notation_and_printed_in_one(string text, string address, int length, string printed)
    {
        IPPrefix prefix = IPPrefix.Parse(text);
        Assert.Equal(IPAddress.Parse(address), prefix.Address);
        Assert.Equal(length, prefix.Length);
        Assert.Equal(!address.Contains(':', StringComparison.Ordinal), prefix.IsIPv4);
        Assert.Equal(printed, prefix.ToString());
        Assert.False(prefix.IsDefault);
    }

    [Theory]
    [InlineData(null, "it is empty", "remove the entry")]
    [InlineData("", "it is empty", "remove the entry")]
    [InlineData(" ", "it is empty", "remove the entry")]
    [InlineData(" 192.0.2.7", "white space around it", "remove the white space")]
    [InlineData("192.0.2.7 ", "white space around it", "remove the white space")]
    [InlineData("192.0.2.7\n", "white space around it", "remove the white space")]
    [InlineData("192.0.2.1/24", "host bits are set", "write 192.0.2.0/24 for the network, or 192.0.2.1 for the one address")]
    [InlineData("192.0.2.1/0", "host bits are set", "write 0.0.0.0/0 for the network, or 192.0.2.1 for the one address")]
    [InlineData("192.0.2.1/255.255.255.0", "host bits are set", "write 192.0.2.0/24")]
    [InlineData("2001:db8::1/32", "host bits are set", "write 2001:db8::/32 for the network, or 2001:db8::1 for the one address")]
    [InlineData("010.0.0.0/8", "leading zero", "without leading zeros")]
    [InlineData("192.0.02.0/24", "leading zero", "without leading zeros")]
    [InlineData("192.0.2.00", "leading zero", "without leading zeros")]
    [InlineData("0300.0.2.0", "leading zero", "without leading zeros")]
    [InlineData("0xc0.0.2.0", "hexadecimal", "four decimal numbers")]
    [InlineData("0xC0000200", "hexadecimal", "four decimal numbers")]
    [InlineData("10/8", "short form", "all four numbers")]
    [InlineData("10.1/16", "short form", "all four numbers")]
    [InlineData("10.0.1", "short form", "all four numbers")]
    [InlineData("3221225985", "short form", "all four numbers")]
    [InlineData("192.0.2.256", "not an IPv4 address", "four numbers from 0 to 255")]
    [InlineData("192.0.2.7.8", "not an IPv4 address", "four numbers from 0 to 255")]
    [InlineData("192.0.2.", "not an IP address", "192.0.2.7")]
    [InlineData(".192.0.2", "not an IP address", "192.0.2.7")]
    [InlineData("192.0.2.+7", "not an IP address", "192.0.2.7")]
    [InlineData("192.0.2.\u0667", "not an IP address", "192.0.2.7")]
    [InlineData("\uFF11\uFF19\uFF12.0.2.7", "not an IP address", "192.0.2.7")]
    [InlineData("192.0.2.0/33", "out of range", "0 to 32")]
    [InlineData("192.0.2.0/999", "out of range", "0 to 32")]
    [InlineData("2001:db8::/129", "out of range", "0 to 128")]
    [InlineData("192.0.2.0/", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/+24", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/ 24", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/24/24", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/0x18", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/4294967320", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/\u0662\u0664", "no prefix length", "0 to 32")]
    [InlineData("192.0.2.0/024", "leading zero", "write /24")]
    [InlineData("0.0.0.0/00", "leading zero", "write /0")]
    [InlineData("192.0.2.0 24", "mask is not an address", "255.255.255.0")]
    [InlineData("192.0.2.0  255.255.255.0", "mask is not an address", "255.255.255.0")]
    [InlineData("192.0.2.0 /24", "mask is not an address", "255.255.255.0")]
    [InlineData("192.0.2.0/255.255.0255.0", "mask is not an address", "255.255.255.0")]
    [InlineData("192.0.2.0/255.255.255", "mask is not an address", "255.255.255.0")]
    [InlineData("192.0.2.0/255.0.255.0", "not contiguous", "ones come first")]
    [InlineData("192.0.2.0 255.255.255.1", "not contiguous", "ones come first")]
    [InlineData("192.0.2.0/0.0.0.255", "wildcard mask", "write 255.255.255.0")]
    [InlineData("192.0.2.0/127.255.255.255", "wildcard mask", "write 128.0.0.0")]
    [InlineData("2001:db8::/255.255.255.0", "IPv4 only", "2001:db8::/32")]
    [InlineData("2001:db8:: ffff:ffff::", "IPv4 only", "2001:db8::/32")]
    [InlineData("fe80::1%eth0", "scope id", "remove the '%'")]
    [InlineData("fe80::%2/64", "scope id", "remove the '%'")]
    [InlineData("[2001:db8::5]", "brackets", "the address alone")]
    [InlineData("[2001:db8::5]:25", "brackets", "the address alone")]
    [InlineData("[2001:db8::]/32", "brackets", "the address alone")]
    [InlineData("192.0.2.7:25", "a port", "write 192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "IPv4-mapped", "write it as IPv4, 192.0.2.7")]
    [InlineData("::ffff:c000:200/120", "IPv4-mapped", "write it as IPv4, 192.0.2.0")]
    [InlineData("::ffff:0:0/96", "IPv4-mapped", "write it as IPv4, 0.0.0.0")]
    [InlineData("0:0:0:0:0:FFFF:10.0.0.0/104", "IPv4-mapped", "write it as IPv4, 10.0.0.0")]
    [InlineData("192.0.2.10-192.0.2.20", "range is not one network", "prefix notation")]
    [InlineData("local.example", "not an IP address", "192.0.2.7")]
    [InlineData("Everyone", "not an IP address", "192.0.2.7")]
    [InlineData("*", "not an IP address", "192.0.2.7")]
    [InlineData("192.0.2.*", "not an IP address", "192.0.2.7")]
    [InlineData(":::/0", "not an IP address", "192.0.2.7")]
    [InlineData("1::2::3", "not an IP address", "192.0.2.7")]
    [InlineData("2001:db8:::1", "not an IP address", "192.0.2.7")]
    [InlineData("2001:db8", "not an IP address", "192.0.2.7")]
    [InlineData("1:2:3:4:5:6:7:8:9", "not an IP address", "192.0.2.7")]
    [InlineData("/24", "address is missing", "192.0.2.7")]
    public void What_is_no_network_is_an_error_with_the_mend(string? text, string problem, string mend)
    {
        Assert.False(IPPrefix.TryParse(text, out IPPrefix prefix, out EntryError error));
        Assert.True(prefix.IsDefault);
        Assert.Equal(Printable.Escape(text), error.Entry);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Contains(mend, error.Mend, StringComparison.Ordinal);
        if (text is null) return;
        var thrown = Assert.Throws<EntryListException>(() => IPPrefix.Parse(text));
        Assert.Contains(error.ToString(), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_is_no_network()
    {
        IPPrefix prefix = default;
        Assert.True(prefix.IsDefault);
        Assert.False(prefix.IsIPv4);
        Assert.Equal("(none)", prefix.ToString());
        Assert.False(prefix.Contains(IPAddress.Loopback));
        Assert.False(prefix.Contains(IPAddress.IPv6Loopback));
        Assert.False(prefix.Contains(null));
        Assert.Throws<InvalidOperationException>(() => prefix.Address);
        Assert.NotEqual(IPPrefix.Parse("0.0.0.0/0"), prefix);
        Assert.NotEqual(IPPrefix.Parse("::/0"), prefix);
    }

    [Fact]
    public void Equal_networks_are_equal_in_every_notation()
    {
        Assert.Equal(IPPrefix.Parse("192.0.2.0/24"), IPPrefix.Parse("192.0.2.0 255.255.255.0"));
        Assert.NotEqual(IPPrefix.Parse("192.0.2.0/24"), IPPrefix.Parse("192.0.2.0/25"));
        Assert.NotEqual(IPPrefix.Parse("0.0.0.0/0"), IPPrefix.Parse("::/0"));
        Assert.NotEqual(IPPrefix.Parse("10.0.0.1"), IPPrefix.Parse("::10.0.0.1"));
    }

    [Fact]
    public void Membership_at_the_borders_is_what_the_oracle_says() => Network.Where(network => !IsMapped(network.Address)).Sample(
        network =>
        {
            IPPrefix prefix = IPPrefix.Parse($"{network.Address}/{network.Length}");
            NetworkOracle oracle = NetworkOracle.Prefix(network.Address, network.Length);
            foreach (IPAddress client in oracle.Borders()) Assert.Equal(NetworkOracle.Contains([oracle], client), prefix.Contains(client));
        },
        iter: 20_000);

    [Fact]
    public void What_is_printed_parses_to_the_same_network() => Network.Where(network => !IsMapped(network.Address)).Sample(
        network =>
        {
            IPPrefix prefix = IPPrefix.Parse($"{network.Address}/{network.Length}");
            Assert.Equal(prefix, IPPrefix.Parse(prefix.ToString()));
        },
        iter: 20_000);

    [Fact]
    public void Every_mask_reads_as_its_prefix_length() => Gen.Select(Generators.IPv4, Gen.Int[0, 32]).Sample(
        (address, length) =>
        {
            IPAddress first = NetworkOracle.Prefix(address, length).FirstAddress;
            IPAddress mask = NetworkOracle.Prefix(IPAddress.Broadcast, length).FirstAddress;
            Assert.Equal(IPPrefix.Parse($"{first}/{length}"), IPPrefix.Parse($"{first} {mask}"));
        },
        iter: 2_000);

    [Fact]
    public void Host_bits_are_never_masked_away() => Gen.OneOf(
            Gen.Select(Generators.IPv4, Gen.Int[0, 32], (address, length) => (Address: address, Length: length)),
            Gen.Select(Generators.IPv6, Gen.Int[0, 128], (address, length) => (Address: address, Length: length)))
        .Sample(
            given =>
            {
                bool isFirst = NetworkOracle.Prefix(given.Address, given.Length).FirstAddress.Equals(given.Address);
                Assert.Equal(isFirst, IPPrefix.TryParse($"{given.Address}/{given.Length}", out _, out _));
            },
            iter: 20_000);

    [Fact]
    public void Garbage_never_throws() => Gen.Frequency(
            (1, Generators.Garbage),
            (3, Gen.OneOfConst("1", "0", "255", "256", ".", ":", "::", "/", " ", "-", "ffff", "192.0.2.0", "2001:db8::", "/24", "%", "[", "]", "0x", "\u0661", "\0").Array[0, 8].Select(string.Concat)))
        .Sample(
            text =>
            {
                bool read = IPPrefix.TryParse(text, out IPPrefix prefix, out EntryError error);
                Assert.Equal(!read, prefix.IsDefault);
                if (read) Assert.Equal(prefix, IPPrefix.Parse(prefix.ToString()));
                else Assert.All(error.ToString(), c => Assert.InRange(c, ' ', '~'));
            },
            iter: 30_000);

    [Fact]
    public void Looking_up_an_address_does_not_allocate()
    {
        IPPrefix prefix = IPPrefix.Parse("2001:db8::/32");
        IPAddress[] clients = [IPAddress.Parse("2001:db8::1"), IPAddress.Parse("192.0.2.1"), IPAddress.Parse("::ffff:192.0.2.1")];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (IPAddress client in clients) prefix.Contains(client);
        }));
    }

    private static bool IsMapped(IPAddress address) => address.IsIPv4MappedToIPv6;
}
