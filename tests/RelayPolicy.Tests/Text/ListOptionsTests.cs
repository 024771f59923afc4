namespace RelayPolicy.Tests;

public sealed class ListOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_bound_is_at_least_one(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { MaxErrors = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { MaxLineLength = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { MaxEntries = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { MaxBytes = value });
    }

    [Fact]
    public void A_line_is_at_most_a_mebi_of_characters() => Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { MaxLineLength = (1 << 20) + 1 });

    [Fact]
    public void The_defaults_are_as_documented()
    {
        var options = new ListOptions();
        Assert.Equal((100, 4096, 10_000_000, 1L << 30, false, false), (options.MaxErrors, options.MaxLineLength, options.MaxEntries, options.MaxBytes, options.AllowEmpty, options.IgnoreColumns));
    }
}
