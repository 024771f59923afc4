using System.Net;

namespace RelayPolicy.Tests;

public sealed class FirstMatchTests
{
    // Networks among the sixteen addresses 192.0.2.0 to 192.0.2.15, so that they contain each other often.
    private static readonly Gen<NetworkRow<char>[]> Rows = Gen.Select(Gen.Int[0, 15], Gen.Int[28, 32], Gen.Char["AB"])
        .Array[0, 12].Select(rows => rows.Select((row, i) => new NetworkRow<char>(Network(row.Item1, row.Item2), row.Item3, i + 1)).ToArray());

    [Fact]
    public void A_table_without_conflicts_means_the_same_by_the_first_and_by_the_longest_match() => Rows.Sample(rows =>
    {
        if (FirstMatch.FindConflicts(rows).Count > 0) return;
        for (byte last = 0; last < 16; last++)
        {
            NetworkRow<char>[] matches = [.. rows.Where(row => row.Network.Contains(new IPAddress([192, 0, 2, last])))];
            if (matches.Length > 0) Assert.Equal(matches[0].Value, matches.MaxBy(row => row.Network.Length).Value);
        }
    });

    [Fact]
    public void The_conflicts_are_those_that_a_look_at_every_pair_finds() => Rows.Sample(rows =>
    {
        var expected = new List<(long, long)>();
        foreach (NetworkRow<char> row in rows)
        {
            NetworkRow<char>[] earlier = [.. rows.Where(other => other.Line < row.Line)];
            NetworkRow<char>[] same = [.. earlier.Where(other => other.Network == row.Network)];
            NetworkRow<char>[] wider = [.. earlier.Where(other => other.Network.First <= row.Network.First && other.Network.Last >= row.Network.Last)];
            NetworkRow<char> rival = (same.Length > 0 ? same : wider).FirstOrDefault();
            if (rival.Line > 0 && rival.Value != row.Value) expected.Add((row.Line, rival.Line));
        }

        Assert.Equal(expected, FirstMatch.FindConflicts(rows).Select(conflict => (rows[conflict.Row].Line, rows[conflict.Earlier].Line)));
    });

    [Fact]
    public void Networks_of_different_families_do_not_contain_each_other() => Assert.Empty(FirstMatch.FindConflicts(
        [new NetworkRow<char>(IPPrefix.Parse("::/0"), 'A', 1), new NetworkRow<char>(IPPrefix.Parse("192.0.2.0/24"), 'B', 2), new NetworkRow<char>(IPPrefix.Parse("0.0.0.0/0"), 'C', 3), new NetworkRow<char>(IPPrefix.Parse("2001:db8::/32"), 'A', 4)]));

    [Fact]
    public void A_hundred_thousand_networks_inside_one_take_no_long_time()
    {
        NetworkRow<int>[] rows = [new(IPPrefix.Parse("10.0.0.0/8"), 0, 1), .. Enumerable.Range(0, 100_000).Select(i => new NetworkRow<int>(IPPrefix.Parse($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"), 1, i + 2))];
        Assert.Equal(100_000, FirstMatch.FindConflicts(rows).Count);
    }

    private static IPPrefix Network(int last, int length) => IPPrefix.Parse($"192.0.2.{last >> (32 - length) << (32 - length)}/{length}");
}
