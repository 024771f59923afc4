using System.Text;

namespace RelayPolicy.Tests;

public sealed class DomainTableTests
{
    private static readonly DomainTable<string> Table = DomainTable.Create(
        Entries(("example.com", "name"), ("*.example.com", "below"), ("*.deep.example.com", "deep"), ("mail.example.com", "mail"), ("a.b.c.example.net", "far"), ("test", "one"), ("m\u00FCnchen.example", "city")));

    [Theory]
    [InlineData("example.com", "name")]
    [InlineData("EXAMPLE.Com", "name")]
    [InlineData("mail.example.com", "mail")]
    [InlineData("x.mail.example.com", "below")]
    [InlineData("www.example.com", "below")]
    [InlineData("deep.example.com", "below")]
    [InlineData("x.deep.example.com", "deep")]
    [InlineData("x.y.z.DEEP.example.com", "deep")]
    [InlineData("_dmarc.example.com", "below")]
    [InlineData("a.b.c.example.net", "far")]
    [InlineData("test", "one")]
    [InlineData("xn--mnchen-3ya.example", "city")]
    public void The_longest_entry_that_matches_gives_the_value(string name, string expected)
    {
        Assert.True(Table.TryFind(DomainName.Parse(name, AddressOptions.Underscores), out string? ofName));
        Assert.True(Table.TryFind(name, out string? ofText));
        Assert.True(Table.TryFind(Encoding.UTF8.GetBytes(name), out string? ofOctets));
        Assert.Equal((expected, expected, expected), (ofName, ofText, ofOctets));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("com")]
    [InlineData("xexample.com")]
    [InlineData("example.comx")]
    [InlineData("b.c.example.net")]
    [InlineData("x.a.b.c.example.net")]
    [InlineData("x.test")]
    [InlineData("example.com.")]
    [InlineData(".example.com")]
    [InlineData("a..example.com")]
    [InlineData("a.b..example.com")]
    [InlineData("-a.example.com")]
    [InlineData("a-.example.com")]
    [InlineData("a b.example.com")]
    [InlineData("a\0.example.com")]
    [InlineData("a\r\n.example.com")]
    [InlineData("a@b.example.com")]
    [InlineData("*.example.com")]
    [InlineData("\u00FC.example.com")]
    [InlineData("xn--zzzzzzzz99999.example.com")]
    [InlineData("exa\u04CDple.com")]
    [InlineData("exampl\u0165.com")]
    [InlineData("example\u012Ecom")]
    [InlineData("example\u000Ecom")]
    [InlineData("te\u017Ft")]
    [InlineData("\u0154est")]
    [InlineData("[192.0.2.1]")]
    [InlineData("m\u00FCnchen.example")]
    public void What_no_entry_matches_or_is_no_name_in_ASCII_gives_none(string text)
    {
        Assert.False(Table.TryFind(text, out string? ofText));
        Assert.False(Table.TryFind(Encoding.UTF8.GetBytes(text), out string? ofOctets));
        Assert.False(Table.TryFind(Encoding.Latin1.GetBytes(text.Replace('\u0165', '\xe5')), out _));
        Assert.Null(ofText);
        Assert.Null(ofOctets);
    }

    [Theory]
    [InlineData("az09-mz.z")]
    [InlineData("z.a")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-0123456789.example")]
    public void Only_the_other_case_of_an_ASCII_letter_is_the_same_character(string name)
    {
        DomainTable<int> table = DomainTable.Create(Entries((name, 1)));
        for (int i = 0; i < name.Length; i++)
        {
            char[] changed = name.ToCharArray();
            for (int c = 0; c <= char.MaxValue; c++)
            {
                changed[i] = (char)c;
                bool same = c == name[i] || (char.IsAsciiLetterUpper((char)c) && (c | 0x20) == name[i]);
                if (same != table.TryFind(changed, out _)) Assert.Fail($"U+{c:X4} for {name[i]}");
                if (c <= byte.MaxValue && same != table.TryFind(Encoding.Latin1.GetBytes(changed), out _)) Assert.Fail($"Octet {c:X2} for {name[i]}");
            }
        }
    }

    [Fact]
    public void The_default_name_gives_none() => Assert.False(Table.TryFind(default(DomainName), out _));

    [Fact]
    public void An_empty_table_gives_none()
    {
        DomainTable<int> empty = DomainTable.Create<int>([]);
        Assert.Equal(0, empty.Count);
        Assert.False(empty.TryFind("example.com", out _));
        Assert.False(empty.TryFind("", out _));
    }

    [Fact]
    public void The_count_is_that_of_different_entries() =>
        Assert.Equal(3, DomainTable.Create(Entries(("a.example", "1"), ("A.EXAMPLE", "1"), ("*.a.example", "2"), ("a.b.c.d.e.example", "1"))).Count);

    [Fact]
    public void A_wildcard_under_which_a_label_is_63_octets_matches_and_one_with_64_does_not()
    {
        Assert.True(Table.TryFind(new string('a', 63) + ".example.com", out _));
        Assert.False(Table.TryFind(new string('a', 64) + ".example.com", out _));
    }

    [Fact]
    public void A_name_of_255_octets_matches_and_one_of_256_does_not()
    {
        string longest = string.Concat(Enumerable.Repeat("ab.", 80)) + "example.com";
        string label = new('a', 255 - longest.Length - 1);
        Assert.Equal(255, (label + "." + longest).Length);
        Assert.True(Table.TryFind(label + "." + longest, out _));
        Assert.False(Table.TryFind(label + "a." + longest, out _));
    }

    [Fact]
    public void A_name_of_127_labels_is_found_and_told_from_its_neighbours()
    {
        string deep = string.Concat(Enumerable.Repeat("a.", 126)) + "b";
        DomainTable<int> table = DomainTable.Create(Entries((deep, 1), ("*." + deep[4..], 2), ("*.b", 3), ("c.b", 4)));
        Assert.Equal([1, 2, 3, 3, 2, 4], new[] { deep, deep[2..], deep[4..], "c." + deep[4..^3] + "c.b", "x." + deep[4..], "c.b" }.Select(name => Find(table, name)));
        Assert.Equal(3, Find(table, "x." + deep[6..]));
    }

    [Fact]
    public void A_list_of_deep_names_is_found_from_any_depth()
    {
        string deepest = string.Concat(Enumerable.Repeat("a.", 127)) + "b";
        string[] names = [.. Enumerable.Range(0, 128).Select(i => deepest[(2 * i)..])];
        DomainTable<int> table = DomainTable.Create(names.Select((name, i) => KeyValuePair.Create(name, i)));
        Assert.Equal(Enumerable.Range(0, 128), names.Select(name => Find(table, name)));
    }

    [Theory]
    [InlineData(null, "", "it is empty")]
    [InlineData("", "", "it is empty")]
    [InlineData("*", "*", "every domain")]
    [InlineData("[192.0.2.1]", "[192.0.2.1]", "an address literal is no domain")]
    [InlineData("[", "[", "an address literal is no domain")]
    [InlineData("a..example", "a..example", "empty label (position 2)")]
    [InlineData("*.a..example", "*.a..example", "empty label (position 4)")]
    [InlineData("192.0.2.1", "192.0.2.1", "ends in a number")]
    [InlineData("EXAMPLE.com", "EXAMPLE.com", "the same entry has another value before")]
    [InlineData("*.Example.com", "*.Example.com", "the same entry has another value before")]
    public void A_wrong_entry_is_an_error_and_nothing_is_loaded(string? entry, string shown, string problem)
    {
        KeyValuePair<string, string>[] entries = [.. Entries(("example.com", "1"), ("*.example.com", "1"), (entry!, "2"), ("example.org", "1"))];
        Assert.False(DomainTable.TryCreate(entries, out DomainTable<string>? table, out IReadOnlyList<EntryError> errors));
        Assert.Null(table);
        EntryError error = Assert.Single(errors);
        Assert.Equal((2, shown), (error.Index, error.Entry));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Mend);
        Assert.Throws<EntryListException>(() => DomainTable.Create(entries));
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        Assert.False(DomainTable.TryCreate(Entries(("a b", 1), ("a.example", 1), ("a.example", 2), ("*", 1)), out _, out IReadOnlyList<EntryError> errors));
        Assert.Equal([0, 2, 3], errors.Select(error => error.Index));
    }

    [Fact]
    public void A_missing_list_is_an_argument_error() =>
        Assert.Throws<ArgumentNullException>(() => DomainTable.Create<int>(null!));

    [Fact]
    public void A_value_may_be_null()
    {
        DomainTable<string?> table = DomainTable.Create(Entries<string?>(("a.example", null), ("b.example", "b"), ("a.example", null)));
        Assert.True(table.TryFind("a.example", out string? value));
        Assert.Null(value);
        Assert.False(DomainTable.TryCreate(Entries<string?>(("a.example", null), ("a.example", "a")), out _, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Each_of_many_entries_gives_its_own_value(int count)
    {
        DomainTable<int> table = DomainTable.Create(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{(i % 3 == 0 ? "*." : "")}name-{i}.example{i % 7}", i)));
        Assert.Equal(count, table.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i % 3 == 0 ? -1 : i, Find(table, $"name-{i}.example{i % 7}"));
            Assert.Equal(i % 3 == 0 ? i : -1, Find(table, $"WWW.name-{i}.example{i % 7}"));
            Assert.Equal(-1, Find(table, $"name-{i}.example{(i % 7) + 1}"));
        }
    }

    [Fact]
    public void Looking_up_does_not_allocate()
    {
        DomainName name = DomainName.Parse("a.b.wild.example.com");
        string[] texts = ["example.com", "x.mail.example.com", "a-name.longer-than-one-block.example.com", "a.b.c.example.net", "xn--mnchen-3ya.example.com", "xn--zzzzzzzz99999.example.com", "\u00FC.example.com", "a..example.com", "com"];
        byte[][] octets = [.. texts.Select(Encoding.UTF8.GetBytes)];
        Assert.Equal(0, Allocations.Of(() =>
        {
            Table.TryFind(name, out _);
            foreach (string text in texts) Table.TryFind(text, out _);
            foreach (byte[] text in octets) Table.TryFind(text, out _);
        }));
    }

    [Fact]
    public async Task Eight_threads_read_at_once()
    {
        DomainTable<int> table = DomainTable.Create(Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"*.n{i}.example", i)));
        int[] wrong = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Count(i => Find(table, $"x.N{i}.example") != i))));
        Assert.All(wrong, count => Assert.Equal(0, count));
    }

    private static int Find(DomainTable<int> table, string name) => table.TryFind(name, out int value) ? value : -1;

    private static IEnumerable<KeyValuePair<string, T>> Entries<T>(params (string Entry, T Value)[] entries) =>
        entries.Select(entry => KeyValuePair.Create(entry.Entry, entry.Value));
}
