using Xunit;

namespace RelayPolicy.Tests;

public sealed class UnicodeLabelRefusalTests
{
    private const string Joiner = "a zero width joiner or non-joiner must directly follow a virama";
    private const string NotNormalised = "the label is not in Normalization Form C";
    private const string TooLong = "the A-label is longer than 63 characters";

    [Theory]
    [InlineData("", '\uD800', "")]
    [InlineData("\u00FC", '\uD800', "")]
    [InlineData("\u00FC", '\uDC00', "a")]
    [InlineData("\u00FC", '\uD840', "a")]
    [InlineData("\U00020000", '\uD840', "\U00020000")]
    public void An_unpaired_surrogate_is_refused(string before, char surrogate, string after) =>
        Assert.Equal(
            (before.Length, "the label holds an unpaired surrogate"),
            Labels.Refuse(before + surrogate + after));

    [Theory]
    [InlineData("\u00FC_", 1, "U+005F")]
    [InlineData("\u00FC b", 1, "U+0020")]
    [InlineData("a.\u00FC", 1, "U+002E")]
    [InlineData("\u00FC\n", 1, "U+000A")]
    [InlineData("@\u00FC", 0, "U+0040")]
    public void ASCII_that_is_no_letter_digit_or_hyphen_is_refused(string label, int index, string name) =>
        Assert.Equal((index, name + " is not a letter, digit or hyphen"), Labels.Refuse(label));

    [Theory]
    [InlineData("\u212Aelvin", 0, "U+212A", "Kelvin sign")]
    [InlineData("\u017Fs", 0, "U+017F", "long s")]
    [InlineData("\u0130x", 0, "U+0130", "I with dot above")]
    [InlineData("o\uFB01ce", 1, "U+FB01", "ligature fi")]
    [InlineData("\uFF45x", 0, "U+FF45", "fullwidth letter")]
    [InlineData("M\u00DCNCHEN", 1, "U+00DC", "upper case outside ASCII")]
    [InlineData("\u1E9E", 0, "U+1E9E", "capital sharp s")]
    [InlineData("\u0391", 0, "U+0391", "Greek capital")]
    [InlineData("a\u00ADb", 1, "U+00AD", "soft hyphen")]
    [InlineData("a\u3002b", 1, "U+3002", "ideographic full stop")]
    [InlineData("a\u202Eb", 1, "U+202E", "direction control")]
    [InlineData("a\u2044\u00FC", 1, "U+2044", "fraction slash")]
    [InlineData("\u00FC\U0001F600", 1, "U+1F600", "emoji")]
    [InlineData("\U0001D41A", 0, "U+1D41A", "mathematical letter")]
    [InlineData("\u1112\u1161\u11AB", 0, "U+1112", "conjoining jamo")]
    [InlineData("\u0378", 0, "U+0378", "unassigned")]
    [InlineData("\U00031350", 0, "U+31350", "assigned after Unicode 14")]
    [InlineData("\uE000", 0, "U+E000", "private use")]
    [InlineData("\u0958", 0, "U+0958", "composition exclusion")]
    public void A_code_point_that_IDNA_does_not_permit_is_refused(string label, int index, string name, string what)
    {
        Assert.NotEmpty(what);
        Assert.Equal((index, name + " is not permitted in a domain name"), Labels.Refuse(label));
    }

    [Fact]
    public void A_fullwidth_letter_is_refused() => Assert.Null(Labels.TryAccept("\uFF41"));

    [Theory]
    [InlineData("")]
    [InlineData("example")]
    [InlineData("xn--mnchen-3ya")]
    public void A_label_that_is_all_ASCII_is_refused(string label) =>
        Assert.Equal((0, "the label has no character outside ASCII"), Labels.Refuse(label));

    [Fact]
    public void A_leading_hyphen_is_refused() =>
        Assert.Equal((0, "the label starts with a hyphen"), Labels.Refuse("-\u00FC"));

    [Theory]
    [InlineData("\u00FC-", 1)]
    [InlineData("\U00020000-", 2)]
    public void A_trailing_hyphen_is_refused(string label, int index) =>
        Assert.Equal((index, "the label ends with a hyphen"), Labels.Refuse(label));

    [Theory]
    [InlineData("\u00FCb--c", 2)]
    [InlineData("xn--\u00FC", 2)]
    [InlineData("XN--\u00FC", 2)]
    [InlineData("\U00020000b--c", 3)]
    public void Hyphens_in_the_third_and_fourth_place_are_refused(string label, int index) =>
        Assert.Equal((index, "the label has hyphens in the third and fourth place"), Labels.Refuse(label));

    [Theory]
    [InlineData("\u0301a")]
    [InlineData("\u093E\u0915")]
    [InlineData("\u3099")]
    public void A_leading_combining_mark_is_refused(string label) =>
        Assert.Equal((0, "the label starts with a combining mark"), Labels.Refuse(label));

    [Theory]
    [InlineData("mu\u0308nchen", 1)]
    [InlineData("mU\u0308nchen", 1)]
    [InlineData("\u0995\u09C7\u09BE", 1)]
    [InlineData("\u0995\u09C7\u09D7", 1)]
    [InlineData("\u0928\u093C", 0)]
    [InlineData("q\u0307\u0323", 1)]
    [InlineData("\u304B\u3099", 0)]
    [InlineData("\U00020000u\u0308", 2)]
    public void A_label_that_is_not_normalised_is_refused(string label, int index) =>
        Assert.Equal((index, NotNormalised), Labels.Refuse(label));

    [Fact]
    public void A_mark_that_composes_with_the_upper_case_letter_only_is_refused_there() =>
        Assert.Equal((0, NotNormalised), Labels.Refuse("I\u0307x"));

    [Fact]
    public void A_mark_that_composes_with_the_lower_case_letter_only_is_refused_with_either()
    {
        Assert.Equal((0, NotNormalised), Labels.Refuse("h\u0331"));
        Assert.Equal((0, NotNormalised), Labels.Refuse("H\u0331"));
    }

    [Theory]
    [InlineData("\u200D\u0915", 0, "at the start")]
    [InlineData("\u0915\u200D\u0937", 1, "after a letter")]
    [InlineData("a\u200Cb", 1, "after an ASCII letter")]
    [InlineData("\u0915\u093C\u200D", 2, "after a mark that is no virama")]
    [InlineData("\u0915\u094D\u200D\u200D", 3, "after another joiner")]
    [InlineData("\u0628\u200C\u0628", 1, "between letters that join, the half of A.1 left out")]
    public void A_joiner_that_does_not_follow_a_virama_is_refused(string label, int index, string where)
    {
        Assert.NotEmpty(where);
        Assert.Equal((index, Joiner), Labels.Refuse(label));
    }

    [Theory]
    [InlineData("\u00B7l", 0)]
    [InlineData("l\u00B7", 1)]
    [InlineData("l\u00B7a", 1)]
    [InlineData("a\u00B7l", 1)]
    [InlineData("l\u00B7\u00B7l", 1)]
    public void A_middle_dot_that_is_not_between_two_l_is_refused(string label, int index) =>
        Assert.Equal((index, "a middle dot must stand between two letters l"), Labels.Refuse(label));

    [Theory]
    [InlineData("\u03B1\u0375", 1)]
    [InlineData("\u03B1\u0375a", 1)]
    [InlineData("\u0375\u0430", 0)]
    public void A_keraia_that_no_Greek_follows_is_refused(string label, int index) =>
        Assert.Equal((index, "a Greek keraia must be followed by a Greek character"), Labels.Refuse(label));

    [Theory]
    [InlineData("\u05F3\u05D0", 0)]
    [InlineData("a\u05F3", 1)]
    [InlineData("\u05F4\u05D0", 0)]
    [InlineData("\u0627\u05F4", 1)]
    public void A_geresh_or_gershayim_that_follows_no_Hebrew_is_refused(string label, int index) =>
        Assert.Equal((index, "a Hebrew geresh or gershayim must follow a Hebrew character"), Labels.Refuse(label));

    [Theory]
    [InlineData("a\u30FBb", 1)]
    [InlineData("\u30FB", 0)]
    [InlineData("\uD55C\u30FB\uAD6D", 1)]
    [InlineData("a\u30FC\u30FB", 2)]
    public void A_Katakana_middle_dot_without_kana_or_Han_is_refused(string label, int index) =>
        Assert.Equal(
            (index, "a Katakana middle dot needs a Hiragana, Katakana or Han character in the label"),
            Labels.Refuse(label));

    [Fact]
    public void An_Arabic_Indic_digit_before_an_extended_one_is_refused() =>
        Assert.Equal(
            (1, "Arabic-Indic digits must not be mixed with extended Arabic-Indic digits"),
            Labels.Refuse("\u0628\u0661\u06F1"));

    [Fact]
    public void An_extended_Arabic_Indic_digit_before_a_plain_one_is_refused() =>
        Assert.Equal(
            (1, "extended Arabic-Indic digits must not be mixed with Arabic-Indic digits"),
            Labels.Refuse("\u0628\u06F9\u0669"));

    [Fact]
    public void An_A_label_of_64_characters_is_refused() =>
        Assert.Equal((0, TooLong), Labels.Refuse(new string('a', 56) + "\u00FC"));

    [Fact]
    public void A_label_of_one_letter_58_times_is_refused() =>
        Assert.Equal((0, TooLong), Labels.Refuse(new string('\u00FC', 58)));

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(100_000)]
    public void A_label_of_more_code_points_than_any_A_label_holds_is_refused(int length) =>
        Assert.Equal((0, TooLong), Labels.Refuse("\u00FC" + new string('a', length - 1)));

    [Fact]
    public void Of_two_faults_a_character_comes_before_the_shape() =>
        Assert.Equal((2, "U+0021 is not a letter, digit or hyphen"), Labels.Refuse("-\u00FC!"));
}
