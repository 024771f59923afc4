using System.Net;
using System.Numerics;

namespace RelayPolicy.Tests;

public class NetworkSetAlgebraTests
{
    private static readonly NetworkSet Left = NetworkSet.Parse("192.0.2.0/24", "198.51.100.0/25", "2001:db8::/32");
    private static readonly NetworkSet Right = NetworkSet.Parse("192.0.2.128/25", "203.0.113.7", "2001:db8:1::/48", "2001:db9::/32");

    // Near each other, so that sets touch, overlap and hold one another.
    private static readonly Gen<string> Entry = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 15], Gen.Int[26, 32], (block, length) => $"192.0.2.{block * 16 >> (32 - length) << (32 - length)}/{length}")),
        (2, Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15], (one, other) => $"192.0.2.{Math.Min(one, other)}-192.0.2.{Math.Max(one, other)}")),
        (3, Gen.Select(Gen.Int[0, 15], Gen.Int[124, 128], (block, length) => $"2001:db8::{block >> (128 - length) << (128 - length):x}/{length}")),
        (1, Gen.OneOfConst("0.0.0.0/1", "128.0.0.0/2", "::/16", "::fffe:0:0/96", "::1:0:0:0/96", "255.255.255.255", "EveryIPv4", "EveryIPv6")));

    private static readonly Gen<NetworkSet> Set = Entry.Array[0, 6].Select(entries => NetworkSet.TryParse(entries, out NetworkSet? set, out _) ? set : NetworkSet.Empty);

    private static readonly Gen<IPAddress> Client = Gen.Frequency(
        (4, Gen.Int[0, 255].Select(last => IPAddress.Parse($"192.0.2.{last}"))),
        (3, Gen.Int[0, 20].Select(last => IPAddress.Parse($"2001:db8::{last:x}"))),
        (1, Generators.IPv4),
        (1, Generators.IPv6));

    [Fact]
    public void The_union_holds_what_one_of_them_holds() =>
        Assert.Equal(["192.0.2.0/24", "198.51.100.0/25", "203.0.113.7", "2001:db8::/31"], Left.Union(Right).ToEntries());

    [Fact]
    public void The_intersection_holds_what_both_hold() => Assert.Equal(["192.0.2.128/25", "2001:db8:1::/48"], Left.Intersect(Right).ToEntries());

    [Fact]
    public void The_difference_holds_what_only_the_first_holds() =>
        Assert.Equal(["192.0.2.0/25", "198.51.100.0/25", "2001:db8::/48"], Left.Except(Right).ToEntries().Take(3));

    [Fact]
    public void Every_client_is_where_both_sets_say() => Gen.Select(Set, Set, Client.Array[30]).Sample(
        (left, right, clients) =>
        {
            NetworkSet intersection = left.Intersect(right), difference = left.Except(right);
            NetworkSet? union = IsWholeOnlyTogether(left, right) ? null : left.Union(right);
            foreach (IPAddress client in clients)
            {
                bool inLeft = left.Contains(client), inRight = right.Contains(client);
                Assert.Equal(inLeft && inRight, intersection.Contains(client));
                Assert.Equal(inLeft && !inRight, difference.Contains(client));
                if (union is not null) Assert.Equal(inLeft || inRight, union.Contains(client));
            }
        },
        iter: 3_000);

    [Fact]
    public void The_laws_of_sets_hold() => Gen.Select(Set, Set).Sample(
        (left, right) =>
        {
            Assert.Equal(left.Intersect(right), right.Intersect(left));
            Assert.Equal(left, left.Union(left));
            Assert.Equal(left, left.Intersect(left));
            Assert.True(left.Except(left).IsEmpty);
            Assert.False(left.Except(right).Overlaps(right));
            Assert.Equal(left.Overlaps(right), !left.Intersect(right).IsEmpty);
            Assert.Equal(left.Covers(right), right.Except(left).IsEmpty);
            Assert.True(left.Covers(left.Intersect(right)));
            Assert.Equal(left.Overlaps(right), right.Overlaps(left));
            if (IsWholeOnlyTogether(left, right)) return;
            Assert.Equal(left.Union(right), right.Union(left));
            Assert.True(left.Union(right).Covers(right));
            Assert.Equal(left.Union(right).IPv4AddressCount, left.IPv4AddressCount + right.IPv4AddressCount - left.Intersect(right).IPv4AddressCount);
        },
        iter: 3_000);

    [Fact]
    public void Every_result_is_read_back_as_it_is_printed() => Gen.Select(Set, Set).Sample(
        (left, right) =>
        {
            foreach (NetworkSet result in new[] { left.Intersect(right), left.Except(right), right.Except(left) })
            {
                Assert.Equal(result, NetworkSet.Parse(result.ToEntries()));
            }
        },
        iter: 3_000);

    [Fact]
    public void A_family_less_a_network_is_read_back_though_mapped_addresses_lie_behind_it()
    {
        NetworkSet rest = NetworkSet.EveryIPv6.Except(NetworkSet.Parse("::fffe:0:0/96"));
        Assert.Equal(rest, NetworkSet.Parse(rest.ToEntries()));
        Assert.DoesNotContain(rest.ToEntries(), entry => entry.StartsWith("::ffff:", StringComparison.Ordinal));
        Assert.True(rest.Contains(IPAddress.Parse("::1:0:0:0")));
    }

    [Fact]
    public void A_union_that_comes_to_cover_a_family_is_an_error()
    {
        NetworkSet lower = NetworkSet.Parse("0.0.0.0/1"), upper = NetworkSet.Parse("128.0.0.0/1", "2001:db8::/32");
        EntryListException error = Assert.Throws<EntryListException>(() => lower.Union(upper));
        Assert.Contains("cover every IPv4 address", error.Message, StringComparison.Ordinal);
        Assert.Contains("EveryIPv4", error.Message, StringComparison.Ordinal);
        Assert.Throws<EntryListException>(() => NetworkSet.Parse("::/1").Union(NetworkSet.Parse("8000::/1")));
    }

    [Fact]
    public void A_family_that_was_named_stays_named()
    {
        Assert.Equal(NetworkSet.EveryIPv4, NetworkSet.EveryIPv4.Union(NetworkSet.Parse("192.0.2.0/24")));
        Assert.Equal(NetworkSet.Everyone, NetworkSet.EveryIPv4.Union(NetworkSet.EveryIPv6));
        Assert.Equal(["EveryIPv6"], NetworkSet.Everyone.Except(NetworkSet.EveryIPv4).ToEntries());
    }

    [Fact]
    public void A_family_less_addresses_that_no_client_has_is_still_the_family()
    {
        NetworkSet everyClient = NetworkSet.EveryIPv4.Except(NetworkSet.Parse("224.0.0.0/4"));
        Assert.Equal(NetworkSet.EveryIPv4, everyClient);
        Assert.True(everyClient.CoversFamily);
    }

    [Fact]
    public void Emptiness_overlap_and_coverage_are_judged_by_the_addresses_that_clients_have()
    {
        var noClient = NetworkSet.Parse("0.0.0.0", "224.0.0.0/4", "::", "ff00::/8");
        Assert.True(noClient.IsEmpty);
        Assert.False(noClient.Overlaps(NetworkSet.Everyone));
        Assert.True(NetworkSet.Empty.Covers(noClient));
        Assert.False(NetworkSet.Parse("224.0.0.0/4", "192.0.2.1").IsEmpty);
    }

    [Fact]
    public void A_result_has_no_name() => Assert.Null(Left.Named("office").Union(Right).Name);

    [Fact]
    public void Holding_is_told_of_networks_too()
    {
        Assert.True(Left.Covers(IPPrefix.Parse("192.0.2.64/26")));
        Assert.True(Left.Covers(IPPrefix.Parse("192.0.2.0/24")));
        Assert.False(Left.Covers(IPPrefix.Parse("192.0.2.0/23")));
        Assert.False(Left.Covers(IPPrefix.Parse("198.51.100.0/24")));
        Assert.True(Left.Covers(IPPrefix.Parse("2001:db8:ffff::/48")));
        Assert.False(Left.Covers(default(IPPrefix)));
        Assert.False(NetworkSet.Empty.Covers(IPPrefix.Parse("192.0.2.1")));
    }

    [Fact]
    public void Neighbours_make_one_network()
    {
        Assert.Equal(["192.0.2.0/24", "2001:db8::/31"], NetworkSet.Parse("192.0.2.0/25", "192.0.2.128/25", "2001:db8::/32", "2001:db9::/32").ToPrefixes().Select(prefix => prefix.ToString()));
        Assert.Equal(["0.0.0.0/0", "::/0"], NetworkSet.Everyone.ToPrefixes().Select(prefix => prefix.ToString()));
        Assert.Empty(NetworkSet.Empty.ToPrefixes());
    }

    [Fact]
    public void Addresses_are_counted()
    {
        Assert.Equal(256 + 128, Left.IPv4AddressCount);
        Assert.Equal(BigInteger.Pow(2, 96), Left.IPv6AddressCount);
        Assert.Equal(1L << 32, NetworkSet.Everyone.IPv4AddressCount);
        Assert.Equal(BigInteger.Pow(2, 128), NetworkSet.Everyone.IPv6AddressCount);
        Assert.Equal(0, NetworkSet.Empty.IPv4AddressCount);
    }

    [Fact]
    public void Null_is_no_set()
    {
        Assert.Throws<ArgumentNullException>(() => Left.Union(null!));
        Assert.Throws<ArgumentNullException>(() => Left.Overlaps(null!));
        Assert.Throws<ArgumentNullException>(() => Left.Covers((NetworkSet)null!));
    }

    // The one case in which a union is refused.
    private static bool IsWholeOnlyTogether(NetworkSet left, NetworkSet right)
    {
        try
        {
            left.Union(right);
            return false;
        }
        catch (EntryListException)
        {
            return true;
        }
    }
}
