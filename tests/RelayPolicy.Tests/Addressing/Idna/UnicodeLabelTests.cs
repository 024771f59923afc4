using CsCheck;
using Xunit;

namespace RelayPolicy.Tests;

public sealed class UnicodeLabelTests
{
    private static readonly Gen<int> CodePoint = Gen.Frequency(
        (4, Gen.Char["abcxyzABCILSXYZ019-"].Select(character => (int)character)),
        (6, Gen.OneOfConst(Labels.Expand(IdnaTables.ValidRanges))),
        (3, Gen.Int[0xDF, 0x17F]),
        (2, Gen.Int[0x390, 0x3CE]),
        (2, Gen.Int[0x660, 0x669]),
        (2, Gen.Int[0x915, 0x94D]),
        (1, Gen.Int[0x300, 0x345]),
        (1, Gen.OneOfConst(0xB7, 0x375, 0x5F3, 0x30FB, 0x6F0, 0x200C, 0x200D, 0x212A, 0x1F600)));

    private static readonly Gen<string> Label = CodePoint.Array[1, 12].Select(Labels.Text);

    [Theory]
    [InlineData("m\u00FCnchen", "xn--mnchen-3ya")]
    [InlineData("b\u00FCcher", "xn--bcher-kva")]
    [InlineData("stra\u00DFe", "xn--strae-oqa")]
    [InlineData("fa\u00DF", "xn--fa-hia")]
    [InlineData("\u4F8B\u3048", "xn--r8jz45g")]
    [InlineData("\u4E2D\u56FD", "xn--fiqs8s")]
    [InlineData("\u043F\u0440\u0438\u043C\u0435\u0440", "xn--e1afmkfd")]
    [InlineData("\u03C0\u03B1\u03C1\u03AC\u03B4\u03B5\u03B9\u03B3\u03BC\u03B1", "xn--hxajbheg2az3al")]
    [InlineData("\u03B5\u03BB\u03BB\u03AC\u03C2", "xn--hxarsa0b")]
    [InlineData("\uD55C\uAD6D", "xn--3e0b707e")]
    [InlineData("\u092D\u093E\u0930\u0924", "xn--h2brj9c")]
    [InlineData("\u09AC\u09BE\u0982\u09B2\u09BE", "xn--54b7fta0cc")]
    public void A_known_label_has_its_known_A_label(string label, string aLabel) =>
        Assert.Equal(aLabel, Labels.Accept(label));

    [Theory]
    [InlineData("M\u00FCNCHEN", "m\u00FCnchen")]
    [InlineData("STRA\u00DFE", "stra\u00DFe")]
    [InlineData("L\u00B7L", "l\u00B7l")]
    public void ASCII_letters_are_lower_cased(string label, string lower) =>
        Assert.Equal(Labels.Accept(lower), Labels.Accept(label));

    [Theory]
    [InlineData("stra\u00DFe", "strasse")]
    [InlineData("\u03BF\u03C2", "\u03BF\u03C3")]
    [InlineData("\u0131x", "ix")]
    [InlineData("\u00E6", "ae")]
    public void A_code_point_that_other_rules_would_map_is_kept(string label, string mapped) =>
        Assert.NotEqual(Labels.TryAccept(mapped), Labels.Accept(label));

    [Fact]
    public void A_dotless_i_is_not_the_letter_i() => Assert.Equal("xn--x-eka", Labels.Accept("\u0131x"));

    [Theory]
    [InlineData("\u0915\u09CB", "\u0915\u09C7\u09BE")]
    [InlineData("m\u00FCnchen", "mu\u0308nchen")]
    public void Of_two_spellings_only_the_normalised_one_is_accepted(string composed, string decomposed)
    {
        Assert.NotNull(Labels.TryAccept(composed));
        Assert.Null(Labels.TryAccept(decomposed));
    }

    [Theory]
    [InlineData("\u0915\u094D\u200D\u0937", "a joiner after a virama")]
    [InlineData("\u0915\u094D\u200C\u0937", "a non-joiner after a virama")]
    [InlineData("l\u00B7l", "a middle dot between two l")]
    [InlineData("\u03B1\u0375\u03B2", "a keraia before Greek")]
    [InlineData("\u05D0\u05F3", "a geresh after Hebrew")]
    [InlineData("\u05D0\u05F4\u05D1", "gershayim after Hebrew")]
    [InlineData("a\u30FB\u30A2", "a Katakana middle dot with Katakana")]
    [InlineData("\u30FB\u3042", "a Katakana middle dot with Hiragana")]
    [InlineData("\u30FBa\u4E00", "a Katakana middle dot with Han")]
    [InlineData("\u0628\u0661\u0662", "Arabic-Indic digits")]
    [InlineData("\u0628\u06F1\u06F2", "extended Arabic-Indic digits")]
    [InlineData("a-\u00FC", "one hyphen in the third place")]
    [InlineData("a--\u00FC", "hyphens in the second and third place")]
    [InlineData("\u00FCab--c", "hyphens in the fourth and fifth place")]
    [InlineData("q\u0303", "a mark that composes with nothing")]
    [InlineData("\u3007", "the ideographic zero")]
    [InlineData("\U00020000", "a code point outside the BMP")]
    public void A_label_within_the_rules_is_accepted(string label, string why)
    {
        Assert.NotEmpty(why);
        Assert.StartsWith("xn--", Labels.Accept(label), StringComparison.Ordinal);
    }

    [Fact]
    public void An_A_label_of_63_characters_is_accepted() =>
        Assert.Equal(63, Labels.Accept(new string('a', 55) + "\u00FC").Length);

    [Fact]
    public void A_label_of_one_letter_57_times_is_accepted() =>
        Assert.Equal("xn--tda" + new string('a', 56), Labels.Accept(new string('\u00FC', 57)));

    [Theory]
    [InlineData("xn--mnchen-3ya")]
    [InlineData("XN--MNCHEN-3YA")]
    [InlineData("Xn--mnchen-3yA")]
    [InlineData("xn--tda")]
    [InlineData("xn--e28h")]
    [InlineData("xn--4a-uba")]
    public void What_decodes_to_a_text_outside_ASCII_is_an_A_label(string label) =>
        Assert.True(UnicodeLabel.IsALabel(label));

    [Theory]
    [InlineData("")]
    [InlineData("xn--")]
    [InlineData("xn---")]
    [InlineData("xn--example-")]
    [InlineData("xn--mnchen-3y")]
    [InlineData("xn--m_nchen-3ya")]
    [InlineData("xn--m.nchen-3ya")]
    [InlineData("xn--99999999")]
    [InlineData("xn-mnchen-3ya")]
    [InlineData("mnchen-3ya")]
    [InlineData("m\u00FCnchen")]
    [InlineData("xn--m\u00FCnchen-3ya")]
    [InlineData("xn--t\u212Ada")]
    public void What_does_not_decode_to_a_text_outside_ASCII_is_no_A_label(string label) =>
        Assert.False(UnicodeLabel.IsALabel(label));

    [Fact]
    public void A_label_of_64_characters_is_no_A_label()
    {
        var encoded = Labels.Encode([.. Enumerable.Repeat((int)'a', 56), 0xFC])!;
        Assert.Equal(60, encoded.Length);
        Assert.False(UnicodeLabel.IsALabel("xn--" + encoded));
    }

    [Fact]
    public void A_destination_with_no_room_for_any_A_label_is_an_error_of_the_caller() =>
        Assert.Throws<ArgumentException>(
            "destination",
            () => UnicodeLabel.TryToALabel("\u00FC", new char[62], out _, out _, out _));

    [Fact]
    public void Two_labels_that_differ_have_A_labels_that_differ()
    {
        var compared = 0;
        Gen.Select(Label, CodePoint, Gen.Int[0, 11], Gen.Bool).Sample(
            (label, codePoint, place, swapsCase) =>
            {
                var codePoints = Labels.CodePoints(label);
                codePoints[place % codePoints.Length] = codePoint;
                var other = Labels.Text(codePoints);
                other = swapsCase ? other.ToUpperInvariant() : other;
                var (first, second) = (Labels.TryAccept(label), Labels.TryAccept(other));
                if (first is null || second is null)
                {
                    return true;
                }

                Interlocked.Increment(ref compared);
                return first == second == (Labels.Lower(label) == Labels.Lower(other));
            },
            iter: 100_000);
        Assert.True(compared > 1000);
    }

    [Fact]
    public void An_accepted_label_has_an_A_label_of_at_most_63_characters_that_shows_the_label_again()
    {
        var accepted = 0;
        Label.Sample(
            label =>
            {
                var aLabel = Labels.TryAccept(label);
                if (aLabel is null)
                {
                    return true;
                }

                Interlocked.Increment(ref accepted);
                return aLabel.Length <= 63 && UnicodeLabel.IsALabel(aLabel) && Labels.Text(Labels.Decode(aLabel[4..])!) == Labels.Lower(label);
            },
            iter: 100_000);
        Assert.True(accepted > 1000);
    }

    [Fact]
    public void Any_text_gets_an_A_label_or_a_refusal_with_a_place_and_a_reason() =>
        Gen.OneOf(Gen.Char, Gen.Char['\uD7F0', '\uE010'], Gen.Char["ab-\u00FC"]).Array[0, 130].Sample(
            characters =>
            {
                var destination = new char[UnicodeLabel.MaxALabelLength];
                var accepted = UnicodeLabel.TryToALabel(
                    characters, destination, out var written, out var errorIndex, out var reason);
                return accepted
                    ? written is > 4 and <= 63 && errorIndex == -1 && reason.Length == 0
                    : written == 0
                        && errorIndex >= 0
                        && errorIndex < Math.Max(characters.Length, 1)
                        && reason.Length > 0
                        && reason[^1] != '.'
                        && reason.All(char.IsAscii);
            },
            iter: 20_000);
}
