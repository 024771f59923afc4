using System.Text;

namespace RelayPolicy.Tests;

public sealed class ListLinesTests
{
    private static readonly ListOptions Small = new() { MaxLineLength = 8 };

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\nb")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\r\nb")]
    [InlineData("\uFEFFa\nb\n")]
    public void Lines_end_with_LF_or_CR_LF_or_the_list(string text)
    {
        Assert.Equal(["1 a", "2 b"], Read(text).Lines);
        Assert.Empty(Read(text).Errors);
    }

    [Fact]
    public void Blank_lines_are_lines() => Assert.Equal(["1 ", "2  \t", "3 a"], Read("\n \t\na").Lines);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void An_empty_list_has_no_line(string text) => Assert.Empty(Read(text).Lines);

    [Fact]
    public void Text_beyond_ASCII_is_read() => Assert.Equal(["1 # C\u00F4te \U0001F600"], Read("# C\u00F4te \U0001F600\n").Lines);

    [Theory]
    [InlineData(new byte[] { 0xC3 }, 2)]
    [InlineData(new byte[] { 0xE9, 0x20 }, 2)]
    [InlineData(new byte[] { 0xC0, 0xAF }, 2)]
    [InlineData(new byte[] { 0x78, 0xED, 0xA0, 0x80 }, 3)]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, 2)]
    public void What_is_not_UTF_8_is_an_error_of_its_line(byte[] bytes, int at)
    {
        (string[] lines, string[] errors) = Read([.. "a\n#"u8, .. bytes, .. "\nb\n"u8]);
        Assert.Equal(["1 a", "3 b"], lines);
        string error = Assert.Single(errors);
        Assert.StartsWith("line 2: \"#", error, StringComparison.Ordinal);
        Assert.EndsWith($"\": the line is not UTF-8 (byte {at} of it); save the list as UTF-8", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u0001")]
    [InlineData("\v")]
    [InlineData("\f")]
    [InlineData("\u001B[2J")]
    [InlineData("\u007F")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u200E")]
    [InlineData("\u202E")]
    [InlineData("\u2066")]
    public void A_control_character_is_an_error_of_its_line_even_in_a_comment(string control)
    {
        (string[] lines, string[] errors) = Read($"abc\n# {control}\nb");
        Assert.Equal(["1 abc", "3 b"], lines);
        Assert.Contains($"the line holds a control character, U+{(int)control[0]:X4}; remove it", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_CR_inside_a_line_is_an_error() =>
        Assert.Equal(["line 1: \"a\\u000db\": the line holds a CR that is not at its end; end lines with LF or CR LF"], Read("a\rb\r\nc").Errors);

    [Fact]
    public void A_second_byte_order_mark_is_text() => Assert.Equal(["1 \uFEFFa"], Read("\uFEFF\uFEFFa").Lines);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Another_encoding_of_Unicode_is_named_with_its_mark_and_without(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        string[] expected = ["the list seems to be written in UTF-16 or UTF-32; save it as UTF-8"];
        Assert.Equal(expected, Read([.. encoding.GetPreamble(), .. encoding.GetBytes("192.0.2.0/24\n")]).Errors);
        Assert.Equal(expected, Read(encoding.GetBytes("192.0.2.0/24\n")).Errors);
    }

    [Theory]
    [InlineData("12345678\n")]
    [InlineData("12345678\r\n")]
    [InlineData("\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\n")]
    [InlineData("\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\r\n")]
    [InlineData("\U0001F600\U0001F600\U0001F600\U0001F600")]
    public void A_line_may_be_as_long_as_the_limit(string text) => Assert.Single(Read(text, Small).Lines);

    [Theory]
    [InlineData("123456789")]
    [InlineData("\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B\u4F8B")]
    [InlineData("1234567\U0001F600")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void A_longer_line_is_an_error_that_shows_its_beginning_and_the_next_line_is_read(string line)
    {
        (string[] lines, string[] errors) = Read($"a\n{line}\nb\n", Small);
        Assert.Equal(["1 a", "3 b"], lines);
        string error = Assert.Single(errors);
        Assert.StartsWith($"line 2: \"{Printable.Escape(line.AsSpan(0, 7))}", error, StringComparison.Ordinal);
        Assert.EndsWith("\": the line is longer than 8 characters; break it up, or raise MaxLineLength", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_last_line_is_an_error_too() => Assert.Single(Read(new string('x', 100_000), Small).Errors);

    [Fact]
    public void An_endless_line_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        IReadOnlyList<LineError> errors = ListFiles.NetworkErrors(new RepeatingStream((byte)'1', 100_000_000));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("the line is longer than 4096 characters", Assert.Single(errors).Problem);
        Assert.True(allocated < 5_000_000, $"{allocated} bytes");
    }

    [Fact]
    public void An_endless_line_of_a_packed_list_takes_no_memory()
    {
        byte[] packed = ListFiles.Pack(new string('#', 20_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Single(ListFiles.NetworkErrors(new MemoryStream(packed)));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 5_000_000, $"{allocated} bytes");
    }

    [Fact]
    public void Good_lines_take_no_memory_each()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(ListFiles.Lines(Enumerable.Repeat("192.0.2.0/24 ; SBL0", 10_000)));

        long allocated = Allocations.Of(
            () =>
            {
                using var list = new ListReader(new MemoryStream(bytes), options: null);
                while (list.TryReadEntry()) Assert.True(NetworkLine.TryReadBlock(list, out _));
                Assert.Equal(10_000, list.Line);
            },
            calls: 1,
            enough: 100_000);
        Assert.True(allocated <= 100_000, $"{allocated} bytes");
    }

    [Fact]
    public void It_does_not_matter_in_which_pieces_a_stream_comes() =>
        Gen.Select(Gen.OneOfConst("a", "bcdefgh", "\n", "\r\n", "\u00FC", "\u4F8B", "\U0001F600", "0123456789", "\0", new string('x', 30_000), "\uFEFF").Array[0, 30].Select(string.Concat), Gen.Int[1, 20_000], Gen.Bool)
            .Sample((text, step, packed) =>
            {
                byte[] bytes = packed ? ListFiles.Pack(text) : Encoding.UTF8.GetBytes(text);
                (string[] lines, string[] errors) = Read(bytes, Small);
                (string[] otherLines, string[] otherErrors) = Read(new TricklingStream(bytes, step), Small);
                Assert.Equal(lines, otherLines);
                Assert.Equal(errors, otherErrors);
            }, iter: 300);

    [Fact]
    public void The_callers_stream_stays_open()
    {
        foreach (byte[] bytes in new[] { "192.0.2.1\n"u8.ToArray(), ListFiles.Pack("192.0.2.1\n"), "x"u8.ToArray() })
        {
            var stream = new TricklingStream(bytes);
            NetworkList.TryRead(stream, out _, out _);
            Assert.False(stream.IsClosed);
        }
    }

    [Fact]
    public void An_error_of_the_stream_is_no_error_of_the_list() =>
        Assert.Throws<InvalidDataException>(() => NetworkList.TryRead(new BrokenStream(), out _, out _));

    private static (string[] Lines, string[] Errors) Read(string text, ListOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    private static (string[] Lines, string[] Errors) Read(byte[] bytes, ListOptions? options = null) => Read(new MemoryStream(bytes), options);

    private static (string[] Lines, string[] Errors) Read(Stream stream, ListOptions? options)
    {
        var errors = new ListErrors(1000);
        using var lines = new ListLines(stream, options ?? new ListOptions(), errors);
        var read = new List<string>();
        while (lines.TryRead()) read.Add($"{lines.Number} {lines.Text}");
        return ([.. read], [.. errors.ToList().Select(error => error.ToString())]);
    }

    private sealed class BrokenStream() : TricklingStream(ReadOnlyMemory<byte>.Empty)
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidDataException("The disk is broken.");
    }
}
