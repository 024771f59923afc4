using System.Globalization;
using System.Text;
using Xunit;

namespace RelayPolicy.Tests;

public sealed class IdnaTablesTests
{
    private static readonly int[] Valid = Labels.Expand(IdnaTables.ValidRanges);
    private static readonly int[] Contextual = [.. Enumerable.Range(0, 0x110000).Where(ContextRules.Applies)];

    [Fact]
    public void The_PVALID_code_points_of_Unicode_14_are_129175() => Assert.Equal(129175, Valid.Length);

    [Fact]
    public void The_code_points_that_need_a_context_are_those_of_the_RFC() =>
        Assert.Equal(
            [
                0x00B7, 0x0375, 0x05F3, 0x05F4, .. Enumerable.Range(0x0660, 10), .. Enumerable.Range(0x06F0, 10),
                0x200C, 0x200D, 0x30FB,
            ],
            Contextual);

    [Fact]
    public void A_code_point_is_PVALID_or_needs_a_context_but_not_both() => Assert.Empty(Valid.Intersect(Contextual));

    [Fact]
    public void The_ranges_rise_and_do_not_touch()
    {
        var ranges = IdnaTables.ValidRanges.ToArray();
        for (var index = 1; index < ranges.Length; index++)
        {
            Assert.True(ranges[index] - ranges[index - 1] >= (index % 2 == 0 ? 2 : 0));
        }
    }

    [Fact]
    public void A_permitted_code_point_is_its_own_NFKC()
    {
        Labels.SkipWithoutNormalization();
        Assert.All(
            Valid.Concat(Contextual),
            codePoint => Assert.True(char.ConvertFromUtf32(codePoint).IsNormalized(NormalizationForm.FormKC)));
    }

    [Fact]
    public void A_PVALID_code_point_is_a_letter_digit_or_mark_or_an_exception() =>
        Assert.All(
            Valid.Except(['-', 0x06FD, 0x06FE, 0x0F0B, 0x3007]),
            codePoint => Assert.True(
                CharUnicodeInfo.GetUnicodeCategory(codePoint)
                    is UnicodeCategory.LowercaseLetter
                    or UnicodeCategory.UppercaseLetter
                    or UnicodeCategory.OtherLetter
                    or UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark));

    [Fact]
    public void A_code_point_with_a_lower_case_of_its_own_is_not_permitted() =>
        Assert.All(
            Valid.Where(codePoint => codePoint is < 0x13A0 or > 0x13F5),
            codePoint => Assert.Equal(codePoint, Rune.ToLowerInvariant(new Rune(codePoint)).Value));

    [Theory]
    [InlineData(0x00DF, true)]
    [InlineData(0x03C2, true)]
    [InlineData(0x06FD, true)]
    [InlineData(0x06FE, true)]
    [InlineData(0x0F0B, true)]
    [InlineData(0x3007, true)]
    [InlineData(0x0640, false)]
    [InlineData(0x07FA, false)]
    [InlineData(0x302E, false)]
    [InlineData(0x302F, false)]
    [InlineData(0x3031, false)]
    [InlineData(0x3035, false)]
    [InlineData(0x303B, false)]
    public void An_exception_of_the_RFC_is_made(int codePoint, bool isPermitted) =>
        Assert.Equal(isPermitted, IdnaProperties.IsPermitted(codePoint));

    [Theory]
    [InlineData('A')]
    [InlineData('_')]
    [InlineData(0x034F)]
    [InlineData(0x115F)]
    [InlineData(0x1100)]
    [InlineData(0x11A8)]
    [InlineData(0xA960)]
    [InlineData(0xD7B0)]
    [InlineData(0x180B)]
    [InlineData(0x19DA)]
    [InlineData(0x20D0)]
    [InlineData(0x2028)]
    [InlineData(0x202E)]
    [InlineData(0x2603)]
    [InlineData(0xD800)]
    [InlineData(0xE000)]
    [InlineData(0xFE0F)]
    [InlineData(0xFFFE)]
    [InlineData(0x1D165)]
    [InlineData(0x1D242)]
    [InlineData(0x1F600)]
    [InlineData(0xE0100)]
    [InlineData(0x10FFFF)]
    [InlineData(0x110000)]
    [InlineData(-1)]
    public void What_the_RFC_rules_out_is_not_permitted(int codePoint) =>
        Assert.False(IdnaProperties.IsPermitted(codePoint));

    [Theory]
    [InlineData(0x31350)]
    [InlineData(0x0CF3)]
    [InlineData(0x0378)]
    [InlineData(0xE0FFF)]
    public void What_Unicode_14_did_not_assign_is_not_permitted(int codePoint) =>
        Assert.False(IdnaProperties.IsPermitted(codePoint));

    [Fact]
    public void A_PVALID_code_point_is_a_mark_when_its_category_is_M() =>
        Assert.All(
            Valid,
            codePoint => Assert.Equal(
                CharUnicodeInfo.GetUnicodeCategory(codePoint)
                    is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark,
                IdnaProperties.IsMark(codePoint)));

    [Theory]
    [InlineData('a', 0)]
    [InlineData(0x0300, 230)]
    [InlineData(0x0323, 220)]
    [InlineData(0x0338, 1)]
    [InlineData(0x093C, 7)]
    [InlineData(0x094D, 9)]
    [InlineData(0x093E, 0)]
    [InlineData(0x3099, 8)]
    [InlineData(0x0F71, 129)]
    [InlineData(0x1E94A, 7)]
    public void The_combining_class_is_that_of_Unicode(int codePoint, int combiningClass) =>
        Assert.Equal(combiningClass, IdnaProperties.CombiningClass(codePoint));

    [Fact]
    public void Each_range_of_marks_has_a_class() =>
        Assert.Equal(IdnaTables.MarkRanges.Length, IdnaTables.MarkClasses.Length * 2);

    [Fact]
    public void Every_composition_is_found_from_both_ends()
    {
        var compositions = IdnaTables.Compositions;
        for (var index = 0; index < compositions.Length; index += 3)
        {
            var expected = (compositions[index], compositions[index + 1], compositions[index + 2]);
            Assert.True(IdnaProperties.TryDecompose(expected.Item1, out var first, out var second));
            Assert.True(IdnaProperties.TryCompose(first, second, out var composite));
            Assert.Equal(expected, (composite, first, second));
        }
    }

    [Fact]
    public void Every_composition_is_the_runtimes_own()
    {
        Labels.SkipWithoutNormalization();
        var compositions = IdnaTables.Compositions;
        for (var index = 0; index < compositions.Length; index += 3)
        {
            Assert.Equal(
                char.ConvertFromUtf32(compositions[index]),
                Labels.Text([compositions[index + 1], compositions[index + 2]]).Normalize(NormalizationForm.FormC));
        }
    }

    [Fact]
    public void Every_permitted_code_point_that_decomposes_is_in_the_compositions()
    {
        Labels.SkipWithoutNormalization();
        Assert.All(
            Valid.Where(codePoint => codePoint is < 0xAC00 or > 0xD7A3),
            codePoint => Assert.Equal(
                !char.ConvertFromUtf32(codePoint).IsNormalized(NormalizationForm.FormD),
                IdnaProperties.TryDecompose(codePoint, out _, out _)));
    }

    [Theory]
    [InlineData(0x03B1, true)]
    [InlineData(0x0371, true)]
    [InlineData(0x1F00, true)]
    [InlineData(0x1D26, true)]
    [InlineData(0xAB65, true)]
    [InlineData(0x0300, false)]
    [InlineData(0x0430, false)]
    [InlineData('a', false)]
    [InlineData(-1, false)]
    public void The_script_Greek_is_known(int codePoint, bool expected) =>
        Assert.Equal(expected, IdnaProperties.IsGreek(codePoint));

    [Theory]
    [InlineData(0x05D0, true)]
    [InlineData(0x05B0, true)]
    [InlineData(0xFB1E, true)]
    [InlineData(0x0627, false)]
    [InlineData('a', false)]
    [InlineData(-1, false)]
    public void The_script_Hebrew_is_known(int codePoint, bool expected) =>
        Assert.Equal(expected, IdnaProperties.IsHebrew(codePoint));

    [Theory]
    [InlineData(0x3042, true)]
    [InlineData(0x30A2, true)]
    [InlineData(0x31F0, true)]
    [InlineData(0x4E00, true)]
    [InlineData(0x3400, true)]
    [InlineData(0x3005, true)]
    [InlineData(0x3007, true)]
    [InlineData(0x20000, true)]
    [InlineData(0x30FB, false)]
    [InlineData(0x30FC, false)]
    [InlineData(0x3099, false)]
    [InlineData(0x3105, false)]
    [InlineData(0xAC00, false)]
    [InlineData('a', false)]
    public void The_scripts_Hiragana_Katakana_and_Han_are_known(int codePoint, bool expected) =>
        Assert.Equal(expected, IdnaProperties.IsKanaOrHan(codePoint));
}
