using System.IO.Compression;
using System.Text;

namespace RelayPolicy.Tests;

public sealed class GzipReaderTests
{
    private const string Damaged = "the gzip stream is damaged, cut off, or too long for what it holds; download or pack the list again";

    private static readonly string Text = ListFiles.Lines(Enumerable.Range(0, 300).Select(i => $"203.0.113.{i % 250} ; SBL{i * 7919}"));
    private static readonly NetworkSet Set = NetworkList.Read(ListFiles.Plain(Text));

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_packed_list_is_the_list(CompressionLevel level)
    {
        byte[] packed = ListFiles.Pack(Text, level);
        Assert.Equal(Set, NetworkList.Read(new MemoryStream(packed)));
        Assert.Equal(Set, NetworkList.Read(new TricklingStream(packed)));
    }

    [Fact]
    public void A_list_packed_in_several_members_is_read_to_the_end_of_the_last_one()
    {
        byte[] packed = [.. ListFiles.Pack("192.0.2.1\n198.51"), .. ListFiles.Pack(".100.1\n"), .. ListFiles.Pack("")];
        Assert.Equal(NetworkSet.Parse("192.0.2.1", "198.51.100.1"), NetworkList.Read(new TricklingStream(packed)));
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void No_beginning_of_a_packed_list_is_taken_for_the_list(CompressionLevel level)
    {
        byte[] packed = ListFiles.Pack(Text, level);
        for (int length = 2; length < packed.Length; length++)
        {
            IReadOnlyList<LineError> errors = ListFiles.NetworkErrors(new MemoryStream(packed, 0, length));
            Assert.Equal(Damaged, errors[^1].ToString());
        }
    }

    [Fact]
    public void No_beginning_of_several_members_is_taken_for_the_list_except_where_one_ends()
    {
        byte[] first = ListFiles.Pack("192.0.2.1\n"), second = ListFiles.Pack("198.51.100.1\n");
        byte[] packed = [.. first, .. second];
        int[] whole = [.. Enumerable.Range(2, packed.Length - 1).Where(length => ListFiles.NetworkErrors(new MemoryStream(packed, 0, length)).Count == 0)];
        Assert.Equal([first.Length, packed.Length], whole);
    }

    [Fact]
    public void Members_that_hold_nothing_end_at_the_limit()
    {
        byte[] empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] members = [.. Enumerable.Repeat(empty, 100_000).SelectMany(member => member)];
        Assert.Equal("the list holds no entry", Assert.Single(ListFiles.NetworkErrors(new MemoryStream(members))).Problem);
        Assert.Equal([Damaged], ListFiles.NetworkErrors(new MemoryStream(members), new ListOptions { MaxBytes = 1 }).Select(error => error.ToString()));
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Bytes_are_counted_when_they_are_unpacked(CompressionLevel level)
    {
        string text = ListFiles.Lines(Enumerable.Range(0, 20_000).Select(i => $"10.0.{i / 250}.{i % 250} # {i * 7919L % 1_000_003}"));
        byte[] packed = ListFiles.Pack(text, level);
        Assert.Empty(ListFiles.NetworkErrors(new MemoryStream(packed), new ListOptions { MaxBytes = text.Length }));
        for (int limit = 1; limit < text.Length; limit += 7_001)
        {
            Assert.StartsWith("the list is longer", ListFiles.NetworkErrors(new MemoryStream(packed), new ListOptions { MaxBytes = limit })[^1].Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_packed_list_is_the_list_or_none() =>
        Gen.Select(Gen.Bool, Gen.Int[0, int.MaxValue], Gen.Int[1, 255]).Sample((stored, at, damage) =>
        {
            byte[] packed = ListFiles.Pack(Text, stored ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
            packed[at % packed.Length] ^= (byte)damage;
            if (NetworkList.TryRead(new MemoryStream(packed), out NetworkSet? set, out IReadOnlyList<LineError> errors)) Assert.Equal(Set, set);
            else Assert.NotEmpty(errors);
        }, iter: 2000);

    [Theory]
    [InlineData("192.0.2.1\n")]
    [InlineData("\0")]
    [InlineData("\u001f")]
    public void What_follows_a_packed_list_and_is_not_packed_is_an_error(string tail)
    {
        byte[] bytes = [.. ListFiles.Pack(Text), .. Encoding.UTF8.GetBytes(tail)];
        Assert.Equal([Damaged], ListFiles.NetworkErrors(new MemoryStream(bytes)).Select(error => error.ToString()));
    }

    [Fact]
    public void A_packed_list_may_have_a_byte_order_mark() =>
        Assert.Equal(NetworkSet.Parse("192.0.2.1"), NetworkList.Read(new MemoryStream(ListFiles.Pack("\uFEFF192.0.2.1"))));

    [Fact]
    public void A_packed_list_in_UTF_16_is_named()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.Unicode.GetBytes("192.0.2.1\n"));
        packed.Position = 0;
        Assert.StartsWith("the list seems to be written in UTF-16", Assert.Single(ListFiles.NetworkErrors(packed)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_packed_twice_is_an_error()
    {
        var twice = new MemoryStream();
        using (var gzip = new GZipStream(twice, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(ListFiles.Pack(Text));
        twice.Position = 0;
        Assert.NotEmpty(ListFiles.NetworkErrors(twice));
    }

    [Fact]
    public void A_packed_list_without_entries_is_empty() =>
        Assert.Equal("the list holds no entry", Assert.Single(ListFiles.NetworkErrors(new MemoryStream(ListFiles.Pack("# nothing\n")))).Problem);

    [Fact]
    public void A_small_file_that_unpacks_to_very_many_entries_is_stopped()
    {
        byte[] packed = ListFiles.Pack(ListFiles.Lines(Enumerable.Repeat("192.0.2.1", 1_000_000)));
        IReadOnlyList<LineError> errors = ListFiles.NetworkErrors(new MemoryStream(packed), new ListOptions { MaxEntries = 1000 });
        Assert.Equal(["line 1001: the list holds more than 1000 entries, and reading stopped here; raise MaxEntries if the list is meant to be that long"], errors.Select(error => error.ToString()));
    }
}
