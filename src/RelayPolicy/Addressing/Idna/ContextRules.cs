namespace RelayPolicy;

/// <summary>
/// The code points that a label may hold only in a certain context, and the rule of each (RFC 5892, appendix A).
/// </summary>
internal static class ContextRules
{
    private const int MiddleDot = 0x00B7;
    private const int Keraia = 0x0375;
    private const int Geresh = 0x05F3;
    private const int Gershayim = 0x05F4;
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int KatakanaMiddleDot = 0x30FB;

    /// <summary>Whether a code point is CONTEXTJ or CONTEXTO (RFC 5892, sections 2.6 and 2.8).</summary>
    internal static bool Applies(int codePoint) =>
        codePoint is MiddleDot or Keraia or Geresh or Gershayim or ZeroWidthNonJoiner or ZeroWidthJoiner
            or KatakanaMiddleDot
        || IsArabicIndicDigit(codePoint)
        || IsExtendedArabicIndicDigit(codePoint);

    /// <summary>Judges the code point at one place of a label by the rule that governs it, if any does.</summary>
    /// <param name="label">The whole label, ASCII letters in lower case, every code point permitted.</param>
    /// <param name="index">The place in question.</param>
    /// <returns>Why the code point must not stand there; null when it may.</returns>
    internal static string? Violation(ReadOnlySpan<int> label, int index)
    {
        var before = index > 0 ? label[index - 1] : -1;
        var after = index + 1 < label.Length ? label[index + 1] : -1;
        return label[index] switch
        {
            // A.1 would also let U+200C stand between two letters that join across it. That half of the rule, which
            // needs the joining types, is deliberately left out: such a label is refused.
            ZeroWidthNonJoiner or ZeroWidthJoiner when IdnaProperties.CombiningClass(before) != IdnaProperties.ViramaClass
                => "a zero width joiner or non-joiner must directly follow a virama",
            MiddleDot when before != 'l' || after != 'l'
                => "a middle dot must stand between two letters l",
            Keraia when !IdnaProperties.IsGreek(after)
                => "a Greek keraia must be followed by a Greek character",
            Geresh or Gershayim when !IdnaProperties.IsHebrew(before)
                => "a Hebrew geresh or gershayim must follow a Hebrew character",
            KatakanaMiddleDot when !HoldsKanaOrHan(label)
                => "a Katakana middle dot needs a Hiragana, Katakana or Han character in the label",
            var digit when IsArabicIndicDigit(digit) && HoldsExtendedArabicIndicDigit(label)
                => "Arabic-Indic digits must not be mixed with extended Arabic-Indic digits",
            var digit when IsExtendedArabicIndicDigit(digit) && HoldsArabicIndicDigit(label)
                => "extended Arabic-Indic digits must not be mixed with Arabic-Indic digits",
            _ => null,
        };
    }

    private static bool IsArabicIndicDigit(int codePoint) => codePoint is >= 0x0660 and <= 0x0669;

    private static bool IsExtendedArabicIndicDigit(int codePoint) => codePoint is >= 0x06F0 and <= 0x06F9;

    private static bool HoldsArabicIndicDigit(ReadOnlySpan<int> label) =>
        label.IndexOfAnyInRange(0x0660, 0x0669) >= 0;

    private static bool HoldsExtendedArabicIndicDigit(ReadOnlySpan<int> label) =>
        label.IndexOfAnyInRange(0x06F0, 0x06F9) >= 0;

    private static bool HoldsKanaOrHan(ReadOnlySpan<int> label)
    {
        foreach (var codePoint in label)
        {
            if (IdnaProperties.IsKanaOrHan(codePoint))
            {
                return true;
            }
        }

        return false;
    }
}
