namespace RelayPolicy.Tests;

public sealed class DomainNameTests
{
    private static readonly string LongestLabel = new('d', 63);

    [Theory]
    [InlineData("local.example", "local.example")]
    [InlineData("LOCAL.Example", "local.example")]
    [InlineData("example", "example")]
    [InlineData("a", "a")]
    [InlineData("1a.2.3b", "1a.2.3b")]
    [InlineData("a--b.example", "a--b.example")]
    [InlineData("m\u00FCnchen.example", "xn--mnchen-3ya.example")]
    [InlineData("XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example")]
    [InlineData("stra\u00DFe.example", "xn--strae-oqa.example")]
    [InlineData("\u4F8B\u3048.\u4F8B\u3048", "xn--r8jz45g.xn--r8jz45g")]
    public void A_name_is_kept_in_lower_case_A_labels(string text, string value)
    {
        DomainName name = DomainName.Parse(text);
        Assert.Equal(value, name.Value);
        Assert.Equal(value, name.ToString());
        Assert.False(name.IsDefault);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(".", 0)]
    [InlineData("local.example.", 13)]
    [InlineData("local.example..", 14)]
    [InlineData(".local.example", 0)]
    [InlineData("local..example", 6)]
    [InlineData(" local.example", 0)]
    [InlineData("local.example ", 13)]
    [InlineData("lo cal.example", 2)]
    [InlineData("local.example\n", 13)]
    [InlineData("local\0.example", 5)]
    [InlineData("-local.example", 0)]
    [InlineData("local-.example", 5)]
    [InlineData("-", 0)]
    [InlineData("local_x.example", 5)]
    [InlineData("*.example", 0)]
    [InlineData("r@local.example", 1)]
    [InlineData("local.example:25", 13)]
    [InlineData("[192.0.2.1]", 0)]
    [InlineData("192.0.2.1", 8)]
    [InlineData("local.1", 6)]
    [InlineData("1", 0)]
    [InlineData("0x7f", 0)]
    [InlineData("0X", 0)]
    [InlineData("::1", 0)]
    [InlineData("xn--zzzzzzzz99999", 0)]
    [InlineData("xn--.example", 3)]
    [InlineData("local.\u3002example", 6)]
    [InlineData("\u212Aiosk", 0)]
    [InlineData("mu\u0308nchen", 1)]
    public void What_is_no_name_is_refused_where_it_begins(string text, int position)
    {
        Assert.False(DomainName.TryParse(text, AddressOptions.SmtpUtf8, out DomainName name, out AddressError error));
        Assert.Equal((AddressErrorKind.Syntax, position), (error.Kind, error.Position));
        Assert.True(name.IsDefault);
        Assert.Equal(error, Assert.Throws<AddressFormatException>(() => DomainName.Parse(text)).Error);
    }

    [Fact]
    public void A_U_label_needs_SMTPUTF8()
    {
        Assert.False(DomainName.TryParse("a.m\u00FCnchen", AddressOptions.None, out DomainName name, out AddressError error));
        Assert.Equal((AddressErrorKind.NonAsciiWithoutSmtpUtf8, 3), (error.Kind, error.Position));
        Assert.True(name.IsDefault);
    }

    [Fact]
    public void Underscores_pass_by_an_option() =>
        Assert.Equal("_dmarc.local_x.example", DomainName.Parse("_dmarc.local_x.example", AddressOptions.Underscores).Value);

    [Fact]
    public void A_label_has_up_to_63_octets()
    {
        Assert.Equal(LongestLabel, DomainName.Parse(LongestLabel).Value);
        Assert.False(DomainName.TryParse($"a.{LongestLabel}d", AddressOptions.None, out _, out AddressError error));
        Assert.Equal(65, error.Position);
    }

    [Fact]
    public void A_label_is_measured_as_an_A_label()
    {
        int longest = Enumerable.Range(1, 70).Last(n => DomainName.TryParse(new string('a', n) + '\u00FC', AddressOptions.SmtpUtf8, out _, out _));
        Assert.InRange(longest, 1, 61);
        Assert.Equal(63, DomainName.Parse(new string('a', longest) + '\u00FC').Value.Length);
    }

    [Fact]
    public void A_name_has_up_to_255_octets()
    {
        string name = string.Join('.', Enumerable.Repeat(LongestLabel, 4));
        Assert.Equal(255, DomainName.Parse(name).Value.Length);
        Assert.True(DomainName.TryParse($"{LongestLabel}.{LongestLabel}.{LongestLabel}.{new string('d', 61)}.d", AddressOptions.None, out _, out _));
        Assert.False(DomainName.TryParse($"{LongestLabel}.{LongestLabel}.{LongestLabel}.{new string('d', 61)}.dd", AddressOptions.None, out _, out AddressError error));
        Assert.Equal((AddressErrorKind.Syntax, 254), (error.Kind, error.Position));
    }

    [Fact]
    public void A_name_is_measured_on_its_A_labels()
    {
        string rest = string.Join('.', LongestLabel, LongestLabel, LongestLabel, new string('d', 50));
        Assert.Equal(242, rest.Length);
        Assert.True(DomainName.TryParse($"abcdefghijkl.{rest}", AddressOptions.None, out _, out _));
        Assert.False(DomainName.TryParse($"m\u00FCnchen.{rest}", AddressOptions.SmtpUtf8, out _, out _));
    }

    [Theory]
    [InlineData("kiosk", "k\u0131osk")]
    [InlineData("strasse", "stra\u00DFe")]
    [InlineData("local", "loc\u0430l")]
    [InlineData("\u03BF\u03C2", "\u03BF\u03C3")]
    [InlineData("u\u0308b", "\u00FCb")]
    public void Two_spellings_are_never_one_name(string one, string other)
    {
        DomainName.TryParse(one, AddressOptions.SmtpUtf8, out DomainName left, out _);
        DomainName.TryParse(other, AddressOptions.SmtpUtf8, out DomainName right, out _);
        Assert.True(left != right);
    }

    [Fact]
    public void The_default_is_no_name()
    {
        DomainName name = default;
        Assert.True(name.IsDefault);
        Assert.Equal("", name.Value);
        Assert.NotEqual(DomainName.Parse("local.example"), name);
        Assert.True(name == default);
    }

    [Fact]
    public void What_is_printed_parses_to_the_same_name() => Generators.Domain.Sample(
        text =>
        {
            DomainName name = DomainName.Parse(text);
            Assert.Matches("""\A[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\z""", name.Value);
            DomainName again = DomainName.Parse(name.Value, AddressOptions.None);
            Assert.True(name == again);
            Assert.Equal(name.GetHashCode(), again.GetHashCode());
            Assert.Equal(name.Value, again.Value);
        },
        iter: 10_000);

    [Fact]
    public void The_way_to_the_A_labels_is_injective_but_for_ASCII_case() => Gen.Select(Generators.Domain, Generators.Domain).Sample(
        (one, other) => Assert.Equal(Meaning(one) == Meaning(other), DomainName.Parse(one) == DomainName.Parse(other)),
        iter: 20_000);

    [Fact]
    public void Garbage_never_throws() => Generators.Garbage.Sample(
        text =>
        {
            bool read = DomainName.TryParse(text, AddressOptions.SmtpUtf8, out DomainName name, out AddressError error);
            Assert.Equal(!read, name.IsDefault);
            if (read) Assert.Equal(name, DomainName.Parse(name.Value));
            else Assert.InRange(error.Position, 0, text.Length);
        },
        iter: 20_000);

    // The U-labels of the generator, by their A-labels as Python's encoder gives them.
    private static string Meaning(string text) => string.Join('.', text.ToUpperAscii().Split('.').Select(label => label switch
    {
        "XN--MNCHEN-3YA" => "M\u00FCNCHEN",
        "XN--STRAE-OQA" => "STRA\u00DFE",
        _ => label,
    }));
}
