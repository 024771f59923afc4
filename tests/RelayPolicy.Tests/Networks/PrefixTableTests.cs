using System.Net;

namespace RelayPolicy.Tests;

public class PrefixTableTests
{
    private static readonly PrefixTable<string> Table = PrefixTable.Create(Entries(
        ("0.0.0.0/0", "default"), ("192.0.2.0/24", "office"), ("192.0.2.128/25", "lab"), ("192.0.2.200", "printer"),
        ("2001:db8::/32", "office"), ("2001:db8:1::/48", "lab"), ("2001:db8:1::5", "printer")));

    // Networks that are nested, adjacent and repeated, at the borders of what the structures cut.
    private static readonly Gen<IPPrefix> IPv4Prefix = Gen.Select(
        Gen.Frequency((3, Gen.OneOfConst(0x0a000000u, 0x0a00ff00u, 0x0a010000u, 0xc0000200u, 0xffffff00u)), (1, Gen.UInt)),
        Gen.UInt[0, 0x3ff], Gen.Frequency((4, Gen.Int[14, 32]), (1, Gen.OneOfConst(0, 1, 8, 31, 32))),
        (near, distance, length) => Prefix(isIPv4: true, near + distance, length));

    private static readonly Gen<IPPrefix> IPv6Prefix = Gen.Select(
        Gen.OneOfConst("2001:db8::", "2001:db8:0:1::", "2001:db8:ffff:ffff::", "2a00::", "2a00:0:0:ffff:ffff:ffff:ffff:ff00", "::", "fe80::"),
        Gen.OneOf(Gen.Int[0, 0x3ff].Select(low => (UInt128)low), Gen.Int[0, 7].Select(high => (UInt128)high << 62), Gen.Int[0, 7].Select(high => (UInt128)high << 79)),
        Gen.Frequency((4, Gen.Int[44, 128]), (1, Gen.OneOfConst(0, 1, 16, 48, 49, 64, 65, 127, 128))),
        (near, distance, length) => Prefix(isIPv4: false, Number(near) + distance, length));

    [Theory]
    [InlineData("192.0.2.1", "office")]
    [InlineData("192.0.2.127", "office")]
    [InlineData("192.0.2.128", "lab")]
    [InlineData("192.0.2.200", "printer")]
    [InlineData("192.0.2.201", "lab")]
    [InlineData("192.0.3.0", "default")]
    [InlineData("255.255.255.255", "default")]
    [InlineData("::ffff:192.0.2.200", "printer")]
    [InlineData("2001:db8::1", "office")]
    [InlineData("2001:db8:1::1", "lab")]
    [InlineData("2001:db8:1::5", "printer")]
    [InlineData("2001:db8:2::", "office")]
    public void The_longest_network_decides(string client, string value)
    {
        Assert.True(Table.TryFind(IPAddress.Parse(client), out string? found));
        Assert.Equal(value, found);
        Assert.True(Table.TryFind(IPAddress.Parse(client).GetAddressBytes(), out found));
        Assert.Equal(value, found);
    }

    [Theory]
    [InlineData("2001:db9::1")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("ff02::1")]
    public void Where_no_network_is_or_no_client_there_is_no_value(string client)
    {
        Assert.False(Table.TryFind(IPAddress.Parse(client), out string? found));
        Assert.Null(found);
        Assert.False(Table.TryFind(IPAddress.Parse(client).GetAddressBytes(), out found));
        Assert.Null(found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(17)]
    public void Bytes_of_another_length_are_no_address(int length)
    {
        Assert.False(Table.TryFind(new byte[length], out _));
        Assert.False(NetworkSet.Everyone.Contains(Enumerable.Repeat((byte)1, length).ToArray()));
    }

    [Fact]
    public void Null_is_no_address() => Assert.False(Table.TryFind((IPAddress?)null, out _));

    [Fact]
    public void A_table_without_networks_finds_nothing()
    {
        PrefixTable<int> empty = PrefixTable.Create<int>([]);
        Assert.Equal(0, empty.Count);
        Assert.False(empty.TryFind(IPAddress.Parse("192.0.2.1"), out int value));
        Assert.Equal(0, value);
        Assert.False(empty.TryFind(IPAddress.Parse("2001:db8::1"), out _));
    }

    [Fact]
    public void Different_networks_are_counted_once()
    {
        Assert.Equal(7, Table.Count);
        Assert.Equal(2, PrefixTable.Create(Entries(("10.0.0.0/8", "a"), ("::/8", "a"), ("10.0.0.0/8", "a"))).Count);
    }

    [Fact]
    public void A_network_with_two_values_is_an_error_that_names_both_places()
    {
        KeyValuePair<IPPrefix, string>[] entries = Entries(("10.0.0.0/8", "a"), ("2001:db8::/32", "b"), ("10.0.0.0/8", "a"), ("2001:db8::/32", "c"), ("10.0.0.0/8", "d"));
        Assert.False(PrefixTable.TryCreate(entries, out PrefixTable<string>? table, out IReadOnlyList<EntryError> errors));
        Assert.Null(table);
        Assert.Equal(
            ["\"2001:db8::/32\": the same network has another value at index 1; leave one of them out", "\"10.0.0.0/8\": the same network has another value at index 0; leave one of them out"],
            errors.Select(error => error.ToString()));
        Assert.Equal([3, 4], errors.Select(error => error.Index));
        Assert.Equal(errors, Assert.Throws<EntryListException>(() => PrefixTable.Create(entries)).Errors);
    }

    [Fact]
    public void The_default_prefix_is_an_error()
    {
        Assert.False(PrefixTable.TryCreate<int>([new(IPPrefix.Parse("10.0.0.0/8"), 1), new(default, 2)], out _, out IReadOnlyList<EntryError> errors));
        Assert.Equal(1, Assert.Single(errors).Index);
    }

    [Fact]
    public void Null_is_a_value_like_any_other()
    {
        PrefixTable<string?> table = PrefixTable.Create<string?>([new(IPPrefix.Parse("10.0.0.0/8"), null), new(IPPrefix.Parse("10.1.0.0/16"), "a")]);
        Assert.True(table.TryFind(IPAddress.Parse("10.0.0.1"), out string? value));
        Assert.Null(value);
        Assert.False(PrefixTable.TryCreate<string?>([new(IPPrefix.Parse("10.0.0.0/8"), null), new(IPPrefix.Parse("10.0.0.0/8"), "a")], out _, out _));
    }

    [Fact]
    public void Few_networks_are_found_as_the_oracle_finds_them() => Gen.Select(IPv4Prefix.Array[0, 20], IPv6Prefix.Array[0, 20]).Sample(
        (ipv4, ipv6) => AssertLikeOracle([.. ipv4, .. ipv6], background: []),
        iter: 1_500);

    [Fact]
    public void Many_networks_are_found_as_the_oracle_finds_them()
    {
        // So many that the tables for large sets are built around the same networks.
        IPPrefix[] background =
        [
            .. Enumerable.Range(0, IPv4Search.MaxTreeRuns).Select(i => Prefix(isIPv4: true, 0x14000000u + ((uint)i * 3 << 8), 24)),
            .. Enumerable.Range(0, IPv6Search.MaxTreeRuns).Select(i => Prefix(isIPv4: false, Number("2400::") + ((UInt128)(uint)i * 3 << 80), 48)),
        ];
        Gen.Select(IPv4Prefix.Array[0, 20], IPv6Prefix.Array[0, 20]).Sample((ipv4, ipv6) => AssertLikeOracle([.. ipv4, .. ipv6], background), iter: 40);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Any_number_of_values_keeps_them_apart(int values)
    {
        PrefixTable<int> table = PrefixTable.Create(Enumerable.Range(0, values).Select(i => new KeyValuePair<IPPrefix, int>(Prefix(isIPv4: true, 0x0a000000u + (uint)i, 32), i)));
        for (int i = 0; i < values; i++)
        {
            if (!table.TryFind([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i], out int found) || found != i) Assert.Fail($"Value {i} was found as {found}.");
        }
    }

    [Fact]
    public void Finding_does_not_allocate()
    {
        IPAddress[] clients = [IPAddress.Parse("192.0.2.200"), IPAddress.Parse("2001:db8:1::5"), IPAddress.Parse("::ffff:192.0.2.1"), IPAddress.Parse("2001:db9::")];
        byte[][] raw = [.. clients.Select(client => client.GetAddressBytes())];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (IPAddress client in clients) Table.TryFind(client, out _);
            foreach (byte[] address in raw) Table.TryFind(address, out _);
        }));
    }

    [Fact]
    public async Task Many_readers_at_once_find_the_same()
    {
        IPPrefix[] prefixes = [.. Enumerable.Range(0, 20_000).Select(i => Prefix(isIPv4: true, 0x0a000000u + ((uint)i << 8), 24))];
        PrefixTable<int> table = PrefixTable.Create(prefixes.Select((prefix, i) => new KeyValuePair<IPPrefix, int>(prefix, i)));
        int[] wrong = await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(() =>
            Enumerable.Range(0, prefixes.Length).Count(i => !table.TryFind(prefixes[(i * 7 + reader) % prefixes.Length].Address, out int value) || value != (i * 7 + reader) % prefixes.Length))));
        Assert.All(wrong, count => Assert.Equal(0, count));
    }

    private static void AssertLikeOracle(IPPrefix[] prefixes, IPPrefix[] background)
    {
        // Equal networks must have equal values; else the value says which entry it is.
        IPPrefix[] all = [.. prefixes.Concat(background).Distinct()];
        var oracle = new LongestPrefixOracle(all);
        PrefixTable<IPPrefix> table = PrefixTable.Create(all.Select(prefix => new KeyValuePair<IPPrefix, IPPrefix>(prefix, prefix)));
        Assert.Equal(all.Length, table.Count);
        foreach (IPAddress client in prefixes.Concat(background.Take(50)).SelectMany(prefix => NetworkOracle.Prefix(prefix.Address, prefix.Length).Borders()))
        {
            IPPrefix expected = oracle.Find(client);
            bool isFound = table.TryFind(client, out IPPrefix found);
            if (isFound != !expected.IsDefault || found != expected) Assert.Fail($"{client}: found {found}, expected {expected}.");
        }
    }

    private static KeyValuePair<IPPrefix, string>[] Entries(params (string Network, string Value)[] entries) =>
        [.. entries.Select(entry => new KeyValuePair<IPPrefix, string>(IPPrefix.Parse(entry.Network), entry.Value))];

    private static IPPrefix Prefix(bool isIPv4, UInt128 bits, int length)
    {
        int width = isIPv4 ? 32 : 128;
        return new IPPrefix(isIPv4, bits & ~IPPrefix.HostMask(width, length) & (isIPv4 ? uint.MaxValue : UInt128.MaxValue), length);
    }

    private static UInt128 Number(string address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(address).GetAddressBytes());
}
