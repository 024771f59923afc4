using System.Net;

namespace RelayPolicy.Tests;

public sealed class NetworkSetTests
{
    private static readonly NetworkSet Set = NetworkSet.Parse(
        "192.0.2.0/24", "198.51.100.7", "10.0.0.0/8", "203.0.113.10-203.0.113.20", "172.16.0.0 255.240.0.0", "2001:db8::/32", "2001:db9::5", "2001:dba::a-2001:dba::14");

    private static readonly Gen<(string Entry, NetworkOracle Oracle)> Entry = Gen.OneOf(
        Gen.Select(Generators.IPv4, Gen.Int[1, 32], Written),
        Gen.Select(Generators.IPv6, Gen.Int[1, 128], Written).Where(network => !network.Item2.FirstAddress.IsIPv4MappedToIPv6),
        Gen.Select(Generators.IPv4, Generators.IPv4, Range),
        Gen.Select(Generators.IPv4, Gen.UInt[0, 40], (address, size) => Range(address, Later(address, size))),
        Gen.Select(Generators.IPv6, Gen.UInt[0, 40], (address, size) => Range(address, Later(address, size))).Where(range => !range.Item2.LastAddress.IsIPv4MappedToIPv6));

    [Theory]
    [InlineData("192.0.2.0")]
    [InlineData("192.0.2.255")]
    [InlineData("198.51.100.7")]
    [InlineData("10.255.255.255")]
    [InlineData("203.0.113.10")]
    [InlineData("203.0.113.20")]
    [InlineData("172.31.255.255")]
    [InlineData("2001:db8::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::5")]
    [InlineData("2001:dba::14")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("2001:db8::1%7")]
    [InlineData("::ffff:10.0.0.1%7")]
    public void A_client_in_a_listed_network_is_in_the_set(string client) => Assert.True(Set.Contains(IPAddress.Parse(client)));

    [Theory]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("198.51.100.6")]
    [InlineData("198.51.100.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("203.0.113.9")]
    [InlineData("203.0.113.21")]
    [InlineData("172.32.0.0")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2001:db9::6")]
    [InlineData("2001:dba::15")]
    [InlineData("2002:a00:1::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001:0:a00:1::1")]
    [InlineData("::10.0.0.1")]
    [InlineData("::a00:1")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("::5efe:10.0.0.1")]
    [InlineData("a00:1::")]
    [InlineData("::ffff:11.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Nobody_else_is_in_the_set(string client) => Assert.False(Set.Contains(IPAddress.Parse(client)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("::ffff:224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData(null)]
    public void What_is_no_client_is_in_no_set_not_even_everyone(string? client)
    {
        IPAddress? address = client is null ? null : IPAddress.Parse(client);
        Assert.False(NetworkSet.Everyone.Contains(address));
        Assert.False(NetworkSet.EveryIPv4.Contains(address));
        Assert.False(NetworkSet.EveryIPv6.Contains(address));
        Assert.False(NetworkSet.Parse("0.0.0.0/3", "224.0.0.0/4", "::/3", "ff00::/8").Contains(address));
    }

    [Theory]
    [InlineData("::/3")]
    [InlineData("::/32")]
    [InlineData("::fffe:0:0/95")]
    [InlineData("::/80")]
    public void An_IPv6_network_around_the_IPv4_mapped_addresses_contains_no_IPv4_client(string network)
    {
        NetworkSet set = NetworkSet.Parse(network);
        Assert.False(set.Contains(IPAddress.Parse("::ffff:100.64.0.1")));
        Assert.False(set.Contains(IPAddress.Parse("100.64.0.1")));
        Assert.True(set.Contains(IPAddress.Parse("::fffe:1:2")));
    }

    [Fact]
    public void An_IPv4_set_contains_the_mapped_form_and_no_other_IPv6_client()
    {
        Assert.True(NetworkSet.EveryIPv4.Contains(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.True(NetworkSet.EveryIPv4.Contains(IPAddress.Parse("255.255.255.255")));
        Assert.False(NetworkSet.EveryIPv4.Contains(IPAddress.Parse("2001:db8::1")));
        Assert.True(NetworkSet.EveryIPv6.Contains(IPAddress.Parse("2001:db8::1")));
        Assert.False(NetworkSet.EveryIPv6.Contains(IPAddress.Parse("192.0.2.1")));
        Assert.False(NetworkSet.EveryIPv6.Contains(IPAddress.Parse("::ffff:192.0.2.1")));
    }

    [Fact]
    public void A_scope_id_of_a_socket_address_is_ignored()
    {
        NetworkSet set = NetworkSet.Parse("fe80::/10");
        Assert.True(set.Contains(new IPAddress(IPAddress.Parse("fe80::1").GetAddressBytes(), 42)));
        Assert.Equal(set.Contains(IPAddress.Parse("fec0::1")), set.Contains(new IPAddress(IPAddress.Parse("fec0::1").GetAddressBytes(), 42)));
    }

    [Fact]
    public void An_empty_set_contains_nobody()
    {
        Assert.True(NetworkSet.Empty.IsEmpty);
        Assert.Equal(NetworkSet.Empty, NetworkSet.Parse());
        Assert.False(NetworkSet.Empty.Contains(IPAddress.Loopback));
        Assert.Equal("(none)", NetworkSet.Empty.ToString());
        Assert.Empty(NetworkSet.Empty.ToEntries());
    }

    [Theory]
    [InlineData("192.0.2.10-2001:db8::1", "one address family and ends in the other", "one range for each family")]
    [InlineData("192.0.2.20-192.0.2.10", "ends before it begins", "write 192.0.2.10-192.0.2.20")]
    [InlineData("2001:db8::5-2001:db8::", "ends before it begins", "write 2001:db8::-2001:db8::5")]
    [InlineData("192.0.2.10-20", "short form", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.10-", "address is missing", "192.0.2.10-192.0.2.20")]
    [InlineData("-192.0.2.10", "address is missing", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.10 - 192.0.2.20", "more than one length or mask", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.0/25-192.0.2.255", "more than one length or mask", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.1-192.0.2.2-192.0.2.3", "not an IP address", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.01-192.0.2.20", "leading zero", "192.0.2.10-192.0.2.20")]
    [InlineData("::ffff:10.0.0.1-::ffff:10.0.0.9", "IPv4-mapped", "write it as IPv4, 10.0.0.1")]
    [InlineData("::fffe:0:1-::ffff:10.0.0.9", "IPv4-mapped", "write it as IPv4, 10.0.0.9")]
    [InlineData("::fffe:0:1-::1:0:0:0", "IPv4-mapped", "one range on each side of ::ffff:0:0/96")]
    [InlineData("::2-2001:db8::", "IPv4-mapped", "one range on each side of ::ffff:0:0/96")]
    [InlineData("fe80::1%2-fe80::9%2", "scope id", "remove the '%'")]
    [InlineData("[2001:db8::1]-[2001:db8::9]", "brackets", "the address alone")]
    [InlineData("192.0.2.10-192.0.2.20 ", "white space around it", "remove the white space")]
    [InlineData("mail-1.example", "not an IP address", "192.0.2.10-192.0.2.20")]
    [InlineData("192.0.2.1/24", "host bits are set", "write 192.0.2.0/24")]
    [InlineData("everyone", "not an IP address", "192.0.2.7")]
    [InlineData("EVERYONE", "not an IP address", "192.0.2.7")]
    [InlineData("all", "not an IP address", "192.0.2.7")]
    [InlineData(null, "it is empty", "remove the entry")]
    public void An_entry_that_is_no_network_is_an_error_with_the_mend(string? entry, string problem, string mend)
    {
        Assert.False(NetworkSet.TryParse(["192.0.2.0/24", entry], out NetworkSet? set, out IReadOnlyList<EntryError> errors));
        Assert.Null(set);
        EntryError error = Assert.Single(errors);
        Assert.Equal((1, entry ?? ""), (error.Index, error.Entry));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Contains(mend, error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var thrown = Assert.Throws<EntryListException>(() => NetworkSet.Parse("10/8", "192.0.2.7", "0.0.0.0/0", "x"));
        Assert.Equal([0, 3, -1], thrown.Errors.Select(error => error.Index));
        Assert.Contains("\"10/8\": it is a short form", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IPv4", "0.0.0.0/0")]
    [InlineData("IPv4", "0.0.0.0 0.0.0.0")]
    [InlineData("IPv4", "0.0.0.0/1", "128.0.0.0/1")]
    [InlineData("IPv4", "0.0.0.0-255.255.255.255")]
    [InlineData("IPv4", "128.0.0.0-255.255.255.255", "0.0.0.0-127.255.255.255")]
    [InlineData("IPv4", "10.0.0.0-255.255.255.255", "0.0.0.0/5", "8.0.0.0/7")]
    [InlineData("IPv4", "0.0.0.0-200.0.0.0", "100.0.0.0-255.255.255.255")]
    [InlineData("IPv4", "0.0.0.0/0", "EveryIPv6")]
    [InlineData("IPv4", "0.0.0.1-255.255.255.255")]
    [InlineData("IPv4", "0.0.0.0-223.255.255.255", "240.0.0.0/4")]
    [InlineData("IPv4", "0.0.0.1-223.255.255.255", "240.0.0.0-255.255.255.255")]
    [InlineData("IPv6", "::/0")]
    [InlineData("IPv6", "::/1", "8000::/1")]
    [InlineData("IPv6", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("IPv6", "::/2", "4000::/2", "8000::/1")]
    [InlineData("IPv6", "::/0", "EveryIPv4")]
    [InlineData("IPv6", "::-::fffe:ffff:ffff", "::1:0:0:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("IPv6", "::1-::fffe:ffff:ffff", "::1:0:0:0-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void A_set_that_covers_every_client_of_a_family_is_an_error(string family, params string[] entries)
    {
        Assert.False(NetworkSet.TryParse(entries, out NetworkSet? set, out IReadOnlyList<EntryError> errors));
        Assert.Null(set);
        EntryError error = Assert.Single(errors);
        Assert.Equal(-1, error.Index);
        Assert.Contains($"every {family} address", error.Problem, StringComparison.Ordinal);
        Assert.Contains($"write Every{family} (or Everyone)", error.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0/1", "128.0.0.0/2")]
    [InlineData("0.0.0.2-255.255.255.255")]
    [InlineData("0.0.0.0-223.255.255.254", "240.0.0.0/4")]
    [InlineData("0.0.0.0-223.255.255.255", "240.0.0.1-255.255.255.255")]
    [InlineData("0.0.0.0-223.255.255.255", "240.0.0.0-255.255.255.254")]
    [InlineData("::/1", "8000::/2")]
    [InlineData("::-::fffe:ffff:ffff", "::1:0:0:1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::2-::fffe:ffff:ffff", "::1:0:0:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void A_set_that_leaves_out_one_client_is_none(params string[] entries) => Assert.False(NetworkSet.Parse(entries).IsEmpty);

    [Theory]
    [InlineData("Everyone")]
    [InlineData("EveryIPv4", "EveryIPv6")]
    [InlineData("Everyone", "0.0.0.0/0", "::/0")]
    [InlineData("EveryIPv4", "Everyone", "192.0.2.0/24")]
    public void Everyone_is_said_by_name(params string[] entries)
    {
        NetworkSet set = NetworkSet.Parse(entries);
        Assert.Equal(NetworkSet.Everyone, set);
        Assert.Equal(["Everyone"], set.ToEntries());
    }

    [Theory]
    [InlineData("EveryIPv4")]
    [InlineData("EveryIPv4", "0.0.0.0/0")]
    public void A_family_is_said_by_name(params string[] entries)
    {
        Assert.Equal(NetworkSet.EveryIPv4, NetworkSet.Parse(entries));
        Assert.NotEqual(NetworkSet.EveryIPv4, NetworkSet.EveryIPv6);
        Assert.Equal(["EveryIPv6", "EveryIPv4"], new[] { NetworkSet.EveryIPv6, NetworkSet.EveryIPv4 }.SelectMany(set => set.ToEntries()));
        Assert.Equal(["EveryIPv4", "2001:db8::/32"], NetworkSet.Parse("2001:db8::/32", "EveryIPv4").ToEntries());
    }

    [Fact]
    public void Prefixes_make_a_set_under_the_same_rules()
    {
        Assert.Equal(NetworkSet.Parse("192.0.2.0/24", "2001:db8::/32"), NetworkSet.FromPrefixes([IPPrefix.Parse("192.0.2.0/24"), IPPrefix.Parse("2001:db8::/32")]));
        Assert.Equal(NetworkSet.Empty, NetworkSet.FromPrefixes([]));
        Assert.Equal(1, Assert.Single(Assert.Throws<EntryListException>(() => NetworkSet.FromPrefixes([IPPrefix.Parse("192.0.2.0/24"), default])).Errors).Index);
        Assert.Equal(-1, Assert.Single(Assert.Throws<EntryListException>(() => NetworkSet.FromPrefixes([IPPrefix.Parse("0.0.0.0/0")])).Errors).Index);
        Assert.Throws<EntryListException>(() => NetworkSet.FromPrefixes([IPPrefix.Parse("::/1"), IPPrefix.Parse("8000::/1")]));
    }

    [Theory]
    [InlineData("192.0.2.10-192.0.2.20", "192.0.2.10/31, 192.0.2.12/30, 192.0.2.16/30, 192.0.2.20")]
    [InlineData("192.0.2.0-192.0.2.255", "192.0.2.0/24")]
    [InlineData("192.0.2.7-192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.0/25 192.0.2.128/25", "192.0.2.0/24")]
    [InlineData("192.0.2.0/24 192.0.2.128/25 192.0.2.7", "192.0.2.0/24")]
    [InlineData("2001:db8::/32 10.0.0.0/8 9.0.0.0/8", "9.0.0.0/8, 10.0.0.0/8, 2001:db8::/32")]
    [InlineData("::-::2", "::/127, ::2")]
    public void The_entries_are_the_fewest_networks_in_order(string entries, string expected) =>
        Assert.Equal(expected, string.Join(", ", NetworkSet.Parse(entries.Split(' ')).ToEntries()));

    [Fact]
    public void A_name_of_a_set_is_printed_and_no_part_of_its_value()
    {
        NetworkSet named = Set.Named("office");
        Assert.Equal("office", named.ToString());
        Assert.Equal(Set, named);
        Assert.Equal(Set.GetHashCode(), named.GetHashCode());
        Assert.Throws<ArgumentException>(() => Set.Named(""));
        Assert.Equal(
            "192.0.2.0/24, 192.0.4.0/24, 192.0.6.0/24, 192.0.8.0/24, and 1 more",
            NetworkSet.Parse("192.0.2.0/24", "192.0.4.0/24", "192.0.6.0/24", "192.0.8.0/24", "2001:db8::/32").ToString());
    }

    [Fact]
    public void Sets_of_different_families_are_never_equal() =>
        Assert.NotEqual(NetworkSet.Parse("10.0.0.1"), NetworkSet.Parse("::10.0.0.1"));

    [Fact]
    public void Membership_is_what_the_oracle_says() => Gen.Select(Entry.Array[0, 6], Generators.IPv4, Generators.IPv6).Sample(
        (entries, ipv4, ipv6) =>
        {
            if (!NetworkSet.TryParse(entries.Select(entry => entry.Entry), out NetworkSet? set, out IReadOnlyList<EntryError> errors))
            {
                Assert.All(errors, error => Assert.Equal(-1, error.Index));
                return;
            }

            NetworkOracle[] oracles = [.. entries.Select(entry => entry.Oracle)];
            foreach (IPAddress client in oracles.SelectMany(oracle => oracle.Borders()).Append(ipv4).Append(ipv6).Append(ipv4.MapToIPv6()))
            {
                bool expected = NetworkOracle.Contains(oracles, client);
                Assert.Equal(expected, set.Contains(client));
                if (client.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) Assert.Equal(expected, set.Contains(client.MapToIPv6()));
            }

            IEnumerable<IPAddress> extremes = new[] { "0.0.0.1", "223.255.255.255", "240.0.0.0", "::1", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" }.Select(IPAddress.Parse);
            Assert.Equal(oracles.SelectMany(oracle => oracle.Borders()).Concat(extremes).Any(client => NetworkOracle.Contains(oracles, client)), !set.IsEmpty);
        },
        iter: 20_000);

    [Fact]
    public void The_entries_of_a_set_parse_to_an_equal_set() => Entry.Array[0, 6].Sample(
        entries =>
        {
            if (!NetworkSet.TryParse(entries.Select(entry => entry.Entry), out NetworkSet? set, out _)) return;
            string[] printed = [.. set.ToEntries()];
            NetworkSet again = NetworkSet.Parse(Enumerable.Reverse(printed));
            Assert.Equal(set, again);
            Assert.Equal(set.GetHashCode(), again.GetHashCode());
            Assert.Equal(printed, again.ToEntries());
            Assert.Equal(set, NetworkSet.FromPrefixes(printed.Select(IPPrefix.Parse)));
        },
        iter: 3_000);

    [Fact]
    public void Looking_up_an_address_does_not_allocate()
    {
        IPAddress[] clients =
        [
            IPAddress.Parse("192.0.2.1"), IPAddress.Parse("203.0.113.9"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("::ffff:192.0.2.1"),
            IPAddress.Parse("fe80::1%3"), IPAddress.Parse("224.0.0.1"),
        ];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (IPAddress client in clients) Set.Contains(client);
            Set.Contains((IPAddress?)null);
        }));
    }

    private static (string, NetworkOracle) Written(IPAddress address, int length)
    {
        NetworkOracle network = NetworkOracle.Prefix(address, length);
        return ($"{network.FirstAddress}/{length}", network);
    }

    private static (string, NetworkOracle) Range(IPAddress one, IPAddress other)
    {
        NetworkOracle range = NetworkOracle.Range(one, other);
        return ($"{range.FirstAddress}-{range.LastAddress}", range);
    }

    private static IPAddress Later(IPAddress address, uint distance)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes[^1] = (byte)Math.Min(255, bytes[^1] + distance);
        return new IPAddress(bytes);
    }
}
