namespace RelayPolicy.Tests;

/// <summary>What every way to find a run must do. The oracle goes through all runs from the last to the first.</summary>
public abstract class RunSearchContract(int keyBits)
{
    // Around one block, a top level of several blocks, one level more, and the places of a node.
    private static readonly int[] Sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 66, 255, 256, 257, 511, 512, 513, 1_023, 1_025, 4_097];

    private ulong Largest => ulong.MaxValue >> (64 - keyBits);

    // Keys near each other and near the borders at which the structures cut a key, as well as anywhere.
    private Gen<ulong> Key => Gen.Frequency(
        (3, Gen.ULong.Select(key => key & Largest)),
        (3, Gen.Select(Gen.ULong, Gen.ULong[0, 600], (key, near) => ((key & Largest) >> 16 << 16) + near)),
        (2, Gen.Select(Gen.Int[0, 63], Gen.ULong[0, 2], (bit, near) => (1UL << bit) - 1 + near)),
        (2, Gen.ULong[0, 5_000]),
        (1, Gen.Const(ulong.MaxValue)),
        (1, Gen.ULong[0, 3].Select(near => ulong.MaxValue - near)))
        .Select(key => key & Largest);

    private Gen<(ulong[] First, int[] Ids)> Runs => Gen.Frequency((4, Gen.Int[1, 40]), (2, Gen.OneOfConst(Sizes))).SelectMany(size => Gen.Select(
        Key.Array[size - 1],
        Gen.OneOfConst(1, 2, 250, 300, 70_000).SelectMany(ids => Gen.Int[0, ids].Array[size]),
        (keys, ids) =>
        {
            ulong[] first = [0, .. keys.Where(key => key != 0).Distinct().Order()];
            return (first, ids[..first.Length]);
        }));

    private protected abstract RunSearch Create(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids);

    [Fact]
    public void The_last_run_at_or_before_a_key_holds_there() => Gen.Select(Runs, Key.Array[20]).Sample(
        (runs, keys) =>
        {
            RunSearch search = Create(runs.First, runs.Ids);
            IEnumerable<ulong> borders = runs.First.SelectMany(key => new[] { key - 1, key, key + 1 }).Select(key => key & Largest);
            foreach (ulong key in keys.Concat(borders).Append(Largest).Append(0UL))
            {
                int expected = runs.Ids[Array.FindLastIndex(runs.First, first => first <= key)];
                if (expected != search.Find(key)) Assert.Fail($"Key {key:x}: {search.Find(key)} instead of {expected}.");
            }
        },
        iter: 300);

    [Fact]
    public void A_single_run_holds_everywhere() => Assert.All(new ulong[] { 0UL, 1, Largest / 2, Largest - 1, Largest }, key => Assert.Equal(7, Create([0], [7]).Find(key)));

    [Fact]
    public void Every_key_may_begin_a_run_of_its_own()
    {
        // The first and the last keys that there are, without a gap.
        ulong[] first = [.. Enumerable.Range(0, 70_000).Select(i => (ulong)i), .. Enumerable.Range(0, 70_000).Select(i => Largest - 69_999 + (ulong)i)];
        int[] ids = [.. Enumerable.Range(0, first.Length)];
        RunSearch search = Create(first, ids);
        for (int i = 0; i < first.Length; i++)
        {
            if (search.Find(first[i]) != ids[i]) Assert.Fail($"Key {first[i]:x}: {search.Find(first[i])} instead of {ids[i]}.");
        }
    }

    [Fact]
    public void The_runs_come_out_as_they_went_in() => Runs.Sample(
        runs =>
        {
            Assert.Equal(Merged(runs.First.Zip(runs.Ids)), Merged(Create(runs.First, runs.Ids).Runs()));
        },
        iter: 200);

    [Fact]
    public void Finding_a_key_does_not_allocate()
    {
        RunSearch search = Create([.. Enumerable.Range(0, 100).Select(i => (ulong)i * 400)], [.. Enumerable.Range(0, 100)]);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (ulong key = 0; key < 50_000; key += 10_000) search.Find(key);
        }));
    }

    // Neighbours with one id are one run, and what a structure says twice, it says once.
    private static List<(ulong, int)> Merged(IEnumerable<(ulong First, int Id)> runs)
    {
        var merged = new List<(ulong First, int Id)>();
        foreach ((ulong First, int Id) run in runs)
        {
            if (merged.Count == 0 || merged[^1].Id != run.Id) merged.Add(run);
        }

        return merged;
    }
}

public sealed class TreeSearchOfIPv4Tests() : RunSearchContract(keyBits: 32)
{
    private protected override RunSearch Create(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids) => new TreeSearch<uint>(first, ids);
}

public sealed class TreeSearchOfIPv6Tests() : RunSearchContract(keyBits: 64)
{
    private protected override RunSearch Create(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids) => new TreeSearch<ulong>(first, ids);
}

public sealed class BitmapSearchTests() : RunSearchContract(keyBits: 32)
{
    private protected override RunSearch Create(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids) => new BitmapSearch(first, ids);
}

public sealed class ForestSearchTests() : RunSearchContract(keyBits: 48)
{
    private protected override RunSearch Create(ReadOnlySpan<ulong> first, ReadOnlySpan<int> ids) => new ForestSearch(first, ids);
}
