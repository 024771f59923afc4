using System.Text;
using CsCheck;
using Xunit;

namespace RelayPolicy.Tests;

public sealed class NormalizationFormCTests
{
    private static readonly int[] Valid = Labels.Expand(IdnaTables.ValidRanges);
    private static readonly int[] Marks = Labels.Expand(IdnaTables.MarkRanges);

    private static readonly (int Composite, int First, int Second)[] Compositions =
    [
        .. IdnaTables.Compositions.ToArray().Chunk(3).Select(row => (row[0], row[1], row[2])),
    ];

    private static readonly Gen<int> Mark = Gen.Frequency(
        (1, Gen.OneOfConst(Marks)),
        (2, Gen.OneOfConst([.. Compositions.Select(row => row.Second).Distinct()])));

    private static readonly Gen<int> CodePoint = Gen.Frequency(
        (4, Mark),
        (2, Gen.OneOfConst(Valid)),
        (2, Gen.Int[0, 0x7F]),
        (1, Gen.Int[0xAC00, 0xD7A3]),
        (1, Gen.OneOf(Gen.Int[0x1100, 0x1112], Gen.Int[0x1161, 0x1175], Gen.Int[0x11A8, 0x11C2])),
        (1, Gen.OneOfConst(0xB7, 0x375, 0x200C, 0x200D, 0x30FB, 0x660, 0x6F0)));

    /// <summary>Short runs in which something composes, or would but for what stands between.</summary>
    private static readonly Gen<int[]> Piece = Gen.Frequency(
        (6, CodePoint.Select(codePoint => new[] { codePoint })),
        (2, Gen.OneOfConst(Compositions).Select(row => new[] { row.Composite })),
        (2, Gen.Select(Gen.OneOfConst(Compositions), Mark, (row, mark) => new[] { row.Composite, mark })),
        (1, Gen.OneOfConst(Compositions).Select(row => new[] { row.First, row.Second })),
        (2, Gen.Select(Gen.OneOfConst(Compositions), CodePoint, (row, between) => new[] { row.First, between, row.Second })),
        (1, Gen.Select(Gen.Int[0xAC00, 0xD7A3], Gen.Int[0x11A7, 0x11C3], (syllable, jamo) => new[] { syllable, jamo })),
        (1, Gen.Select(Gen.Int[0x1100, 0x1113], Gen.Int[0x1161, 0x1176], (leading, vowel) => new[] { leading, vowel })));

    private static readonly Gen<string> Text =
        Piece.Array[1, 4].Select(pieces => Labels.Text(pieces.SelectMany(piece => piece)));

    [Theory]
    [InlineData("")]
    [InlineData("example")]
    [InlineData("m\u00FCnchen")]
    [InlineData("\u00FE\u00DF\u0131")]
    [InlineData("\u03AC\u1F00\u1F02")]
    [InlineData("\uD55C\uAD6D")]
    [InlineData("\u4F8B\u3048")]
    [InlineData("\u092D\u093E\u0930\u0924")]
    [InlineData("\U00020000")]
    public void Composed_text_is_normalised(string text) => Assert.True(NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("u\u0308", "Latin")]
    [InlineData("A\u0308", "Latin, upper case")]
    [InlineData("=\u0338", "an ASCII sign")]
    [InlineData("\u0438\u0306", "Cyrillic")]
    [InlineData("\u03B1\u0301", "Greek")]
    [InlineData("\u304B\u3099", "Hiragana")]
    [InlineData("\u0627\u0653", "Arabic")]
    [InlineData("\u0928\u093C", "Devanagari")]
    [InlineData("\u09C7\u09BE", "Bengali, vowel sign o")]
    [InlineData("\u09C7\u09D7", "Bengali, vowel sign au")]
    [InlineData("\u0BC6\u0BBE", "Tamil")]
    [InlineData("\u0DD9\u0DCF", "Sinhala")]
    [InlineData("\u1025\u102E", "Myanmar")]
    [InlineData("\U00011131\U00011127", "Chakma, outside the BMP")]
    public void Two_code_points_that_compose_are_not_normalised(string text, string script)
    {
        Assert.NotEmpty(script);
        Assert.False(NormalizationFormC.IsNormalized(text));
    }

    [Theory]
    [InlineData("\u00E4\u0304")]
    [InlineData("a\u0308\u0304")]
    [InlineData("\u03B1\u0313\u0300")]
    public void A_composite_that_composes_further_is_not_normalised(string text) =>
        Assert.False(NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("q\u0323\u0307", true)]
    [InlineData("q\u0307\u0323", false)]
    public void Marks_stand_in_the_order_of_their_classes(string text, bool expected) =>
        Assert.Equal(expected, NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("a\u05B0\u0308")]
    [InlineData("a\u0316\u0308")]
    public void A_mark_composes_past_a_mark_of_a_lower_class(string text) =>
        Assert.False(NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("q\u0301\u0308", "after a base that composes with neither")]
    [InlineData("a\u0305\u0308", "behind a mark of the same class")]
    [InlineData("\u09C7\u09BC\u09BE", "behind a nukta")]
    [InlineData("a\u200D\u0308", "behind a joiner")]
    [InlineData("\u0308a", "before the base")]
    public void A_mark_that_is_blocked_does_not_compose(string text, string where)
    {
        Assert.NotEmpty(where);
        Assert.True(NormalizationFormC.IsNormalized(text));
    }

    [Theory]
    [InlineData("\u09CB")]
    [InlineData("\u0995\u09CB")]
    [InlineData("\u09AC\u09BE\u0982\u09B2\u09BE")]
    public void Bengali_with_composed_vowel_signs_is_normalised(string text) =>
        Assert.True(NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("\u1112\u1161", "leading and vowel")]
    [InlineData("\u1112\u1161\u11AB", "leading, vowel and trailing")]
    [InlineData("\uD558\u11AB", "open syllable and trailing")]
    [InlineData("\u1100\u1161", "the first leading and vowel")]
    [InlineData("\u1112\u1175", "the last leading and vowel")]
    [InlineData("\uAC00\u11A8", "the first trailing")]
    [InlineData("\uAC00\u11C2", "the last trailing")]
    public void Hangul_jamo_that_compose_are_not_normalised(string text, string parts)
    {
        Assert.NotEmpty(parts);
        Assert.False(NormalizationFormC.IsNormalized(text));
    }

    [Theory]
    [InlineData("\u1112")]
    [InlineData("\u1113\u1161")]
    [InlineData("\u1112\u1176")]
    [InlineData("\uD55C\u11AB")]
    [InlineData("\uD558\u11A7")]
    [InlineData("\uD558\u11C3")]
    [InlineData("\uD558\u1161")]
    public void Hangul_that_does_not_compose_is_normalised(string text) =>
        Assert.True(NormalizationFormC.IsNormalized(text));

    [Theory]
    [InlineData("u\u0308", 0)]
    [InlineData("m\u00FCu\u0308", 2)]
    [InlineData("\U00020000u\u0308", 2)]
    [InlineData("aq\u0307\u0323", 2)]
    [InlineData("\u00FC", -1)]
    public void The_first_difference_is_a_UTF16_index(string text, int index) =>
        Assert.Equal(index, NormalizationFormC.FirstDifference(text));

    [Theory]
    [InlineData('\uD800', "b")]
    [InlineData('\uDFFF', "b")]
    [InlineData('\uD800', "")]
    public void An_unpaired_surrogate_is_not_normalised(char surrogate, string after) =>
        Assert.Equal(2, NormalizationFormC.FirstDifference("\u4F8Ba" + surrogate + after));

    [Fact]
    public void A_long_text_is_judged_to_its_end() =>
        Assert.Equal(1000, NormalizationFormC.FirstDifference(new string('\u4F8B', 1000) + "u\u0308"));

    [Fact]
    public void A_text_of_the_greatest_expansion_fits_the_buffer() =>
        Assert.All(
            Compositions.Where(row => row.Composite <= 0xFFFF),
            row => Assert.True(NormalizationFormC.IsNormalized(new string((char)row.Composite, 128))));

    [Fact]
    public void The_verdict_is_the_runtimes_own()
    {
        Labels.SkipWithoutNormalization();
        var normalised = 0;
        var decomposed = 0;
        Text.Sample(
            text =>
            {
                var expected = text.IsNormalized(NormalizationForm.FormC);
                Interlocked.Increment(ref expected ? ref normalised : ref decomposed);
                return NormalizationFormC.IsNormalized(text) == expected;
            },
            iter: 400_000);
        Assert.True(normalised > 100_000 && decomposed > 100_000, $"{normalised} and {decomposed}");
    }

    [Fact]
    public void What_the_runtime_normalises_is_normalised()
    {
        Labels.SkipWithoutNormalization();
        Text.Sample(
            text => NormalizationFormC.IsNormalized(text.Normalize(NormalizationForm.FormC)),
            iter: 200_000);
    }

    [Fact]
    public void What_the_runtime_decomposes_is_not_normalised()
    {
        Labels.SkipWithoutNormalization();
        Assert.All(
            Compositions,
            row => Assert.False(
                NormalizationFormC.IsNormalized(
                    char.ConvertFromUtf32(row.Composite).Normalize(NormalizationForm.FormD))));
    }
}
