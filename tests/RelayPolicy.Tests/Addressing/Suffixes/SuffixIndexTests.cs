using System.Text.RegularExpressions;

namespace RelayPolicy.Tests;

public sealed partial class SuffixIndexTests
{
    /// <summary>All names in one bucket.</summary>
    private static readonly SuffixHash Constant = new(seed: 0, multiplier: 0);

    /// <summary>No mixing: names of the same length whose halves are exchanged, or agree in the upper octets, meet.</summary>
    private static readonly SuffixHash Weak = new(seed: 0, multiplier: 1);

    private static readonly Gen<SuffixHash> Hash = Gen.OneOfConst(SuffixHash.OfProcess, Constant, Weak);

    [Fact]
    public void Every_question_is_answered_as_an_obvious_reading_of_the_list_does_whatever_the_hash() =>
        Gen.Select(DomainLists.Lists, Hash).SelectMany((list, hash) => DomainLists.Question(list).Array[1, 20].Select(questions => (list, hash, questions))).Sample(
            draw =>
            {
                (SuffixIndex index, DomainOracle oracle) = Build(draw.list, draw.hash);
                Assert.Equal(oracle.Count, index.Count);

                // The obvious reading does not decode A-labels.
                foreach (string question in draw.questions.Where(question => !OtherALabel().IsMatch(question)))
                {
                    int expected = oracle.Find(question);
                    Assert.Equal(expected, index.Find<char>(question));
                    Assert.Equal(expected, index.Find<byte>(DomainLists.Utf8(question)));
                }
            },
            iter: 10_000);

    [Fact]
    public void A_text_is_found_exactly_when_the_name_that_it_is_read_as_is_found() =>
        DomainLists.Lists.SelectMany(list => DomainLists.Question(list).Select(question => (list, question))).Sample(
            draw =>
            {
                (SuffixIndex index, _) = Build(draw.list, SuffixHash.OfProcess);
                bool isName = DomainName.TryParse(draw.question, AddressOptions.Underscores, out DomainName name, out _);
                Assert.Equal(isName ? index.Find(name) : 0, index.Find<char>(draw.question));
            },
            iter: 10_000);

    [Fact]
    public void The_entries_come_back() => Gen.Select(DomainLists.Lists, Hash).Sample(
        (list, hash) =>
        {
            (SuffixIndex index, _) = Build(list, hash);
            Assert.Equal(list.Select(item => item.Entry).Distinct().Order(StringComparer.Ordinal), index.Entries().Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
        },
        iter: 3_000);

    [Fact]
    public void Two_indexes_hold_the_same_entries_when_their_lists_do() => Gen.Select(DomainLists.Entry.Array[0, 4], DomainLists.Entry.Array[0, 4], Gen.Bool).Sample(
        (one, other, shuffled) =>
        {
            other = shuffled ? [.. one.OrderDescending(StringComparer.Ordinal)] : other;
            (SuffixIndex a, _) = Build([.. one.Select(entry => (entry, 1))], SuffixHash.OfProcess);
            (SuffixIndex b, _) = Build([.. other.Select(entry => (entry, 1))], SuffixHash.OfProcess);
            bool same = one.ToHashSet().SetEquals(other);
            Assert.Equal(same, a.HasSameEntries(b));
            if (same) Assert.Equal(a.HashOfEntries(), b.HashOfEntries());
        },
        iter: 10_000);

    [Fact]
    public void Names_with_the_same_hash_are_told_apart()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"n{i}.example")];
        (SuffixIndex index, _) = Build([.. names.Select((name, i) => (name, i + 1))], Constant);
        Assert.Equal(Enumerable.Range(1, 300), names.Select(name => index.Find<char>(name)));
        Assert.Equal(0, index.Find<char>("n300.example"));
        Assert.Equal(0, index.Find<char>("m1.example"));
    }

    [Fact]
    public void A_hash_alone_answers_nothing()
    {
        // The halves of the last sixteen octets exchanged: without mixing, the same hash.
        (SuffixIndex index, _) = Build([("bbbbbbbbaaaa.aaa", 1)], Weak);
        Assert.Equal(Weak.Of<char>("bbbbbbbbaaaa.aaa", 0, NameOctets.Last<char>("bbbbbbbbaaaa.aaa")), Weak.Of<char>("aaaa.aaabbbbbbbb", 0, NameOctets.Last<char>("aaaa.aaabbbbbbbb")));
        Assert.Equal(0, index.Find<char>("aaaa.aaabbbbbbbb"));
        Assert.Equal(1, index.Find<char>("bbbbbbbbaaaa.aaa"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(70_000)]
    public void An_id_of_any_size_comes_back(int id)
    {
        (SuffixIndex index, _) = Build([("a.example", id), ("*.a.example", Math.Max(1, id - 1)), ("*.example", Math.Max(1, id - 2)), ("b.a.example", id)], SuffixHash.OfProcess);
        Assert.Equal(id, index.Find<char>("a.example"));
        Assert.Equal(id, index.Find<char>("b.a.example"));
        Assert.Equal(Math.Max(1, id - 1), index.Find<char>("c.b.a.example"));
        Assert.Equal(Math.Max(1, id - 2), index.Find<char>("d.example"));
    }

    [Fact]
    public void Names_that_take_more_than_the_limit_give_no_index()
    {
        const int Limit = 1000;
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"name{i}.example")];
        Assert.Null(Fill(names, Limit).Build());
        Assert.Null(Fill(names[..70], Limit).Build()); // 970 octets of names, and 140 before them
        Assert.NotNull(Fill(names[..40], Limit).Build());
        Assert.NotNull(Fill(names, 10 * Limit).Build());
    }

    [Fact]
    public void The_suffixes_of_deep_names_count_to_the_limit_before_they_fill_the_memory()
    {
        string[] deep = [.. Enumerable.Range(0, 100).Select(i => string.Join('.', Enumerable.Repeat($"n{i}", 50)) + ".example")];
        string[] flat = [.. Enumerable.Range(0, 200).Select(i => $"n{i}.example")];
        Assert.Null(Fill([.. flat, .. deep], 100_000).Build());
        Assert.NotNull(Fill([.. flat, .. deep], 1_000_000).Build());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(20_000, false)]
    public void A_list_of_only_the_deepest_names_may_not_be_long(int names, bool isBuilt)
    {
        string above = string.Concat(Enumerable.Repeat("a.", 120));
        string[] deep = [.. Enumerable.Range(0, names).Select(i => $"{above}n{i}")];
        Assert.Equal(isBuilt, Fill(deep, SuffixRecords.MaxSize).Build() is not null);
    }

    [GeneratedRegex(@"(\A|\.)xn--(?!mnchen-3ya(\.|\z))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherALabel();

    private static SuffixIndexBuilder Fill(string[] names, int limit)
    {
        var builder = new SuffixIndexBuilder(SuffixHash.OfProcess, limit);
        foreach (string name in names) builder.TryAdd(new DomainEntry(name, IsWildcard: false), 1);
        return builder;
    }

    private static (SuffixIndex Index, DomainOracle Oracle) Build((string Entry, int Id)[] list, SuffixHash hash)
    {
        var builder = new SuffixIndexBuilder(hash, SuffixRecords.MaxSize);
        var oracle = new DomainOracle();
        foreach ((string text, int id) in list)
        {
            Assert.True(DomainEntry.TryParse(text, out DomainEntry entry, out _, out _));
            Assert.Equal(oracle.TryAdd(text, id), builder.TryAdd(entry, id));
        }

        return (builder.Build()!, oracle);
    }
}
