namespace RelayPolicy.Tests;

/// <summary>Strict text of addresses, where the platform's own reader is lax.</summary>
public class IPAddressTextTests
{
    [Theory]
    [InlineData("g::1")]
    [InlineData("12345::1")]
    [InlineData("1:::2")]
    [InlineData(":1::2")]
    [InlineData("1::2::3")]
    [InlineData("1::2:")]
    [InlineData("1::g")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("10.0.0.1::")]
    [InlineData("::10.0.0.1:1")]
    [InlineData("::10.0.0.256")]
    [InlineData("::010.0.0.1")]
    [InlineData(":")]
    [InlineData("")]
    public void What_is_no_IPv6_address_is_not_read(string text) => Assert.False(IPAddressText.TryParseIPv6(text, out _));

    [Theory]
    [InlineData("::", "0")]
    [InlineData("::1", "1")]
    [InlineData("1::", "1" + "0000000000000000000000000000")]
    [InlineData("1:2:3:4:5:6:7::", "1000200030004000500060007" + "0000")]
    [InlineData("::10.0.0.1", "A000001")]
    [InlineData("2001:DB8::5", "20010DB8000000000000000000000005")]
    public void An_IPv6_address_is_its_number(string text, string bits)
    {
        Assert.True(IPAddressText.TryParseIPv6(text, out UInt128 read));
        Assert.Equal(bits, read.ToString("X", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Sets_that_end_alike_and_begin_otherwise_differ() =>
        Assert.NotEqual(NetworkSet.Parse("192.0.2.0/31"), NetworkSet.Parse("192.0.2.1"));
}
