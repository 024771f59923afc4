using System.Buffers;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// Tests for Unicode Normalization Form C (Unicode Standard Annex 15) by tables of its own: the runtime's test answers
/// true to everything when globalisation is invariant.
/// </summary>
internal static class NormalizationFormC
{
    /// <summary>The first combining mark: a text wholly below it has nothing to compose or to reorder.</summary>
    private const char FirstMark = '\u0300';

    /// <summary>How many code points one UTF-16 code unit decomposes into at most, by the tables and in Hangul.</summary>
    private const int MaxExpansion = 3;

    private const int StackLimit = 128;

    private const int SyllableBase = 0xAC00;
    private const int LeadingBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailingBase = 0x11A7;
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = LeadingCount * VowelCount * TrailingCount;

    /// <summary>
    /// Whether a text is in Normalization Form C. Exact for text of ASCII, Hangul (syllables and modern jamo) and the
    /// code points that IDNA 2008 permits; other code points are taken for ones that neither decompose nor compose.
    /// </summary>
    /// <param name="text">Any text; one with an unpaired surrogate is not normalised.</param>
    internal static bool IsNormalized(ReadOnlySpan<char> text) => FirstDifference(text) < 0;

    /// <summary>Where a text first differs from its Normalization Form C.</summary>
    /// <param name="text">As for <see cref="IsNormalized"/>.</param>
    /// <returns>The UTF-16 index of the first code point that differs; -1 when the text is normalised.</returns>
    internal static int FirstDifference(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExceptInRange('\0', (char)(FirstMark - 1)) < 0)
        {
            return -1;
        }

        var buffer = text.Length <= StackLimit
            ? stackalloc int[StackLimit * MaxExpansion]
            : new int[text.Length * MaxExpansion];
        var length = 0;
        for (var index = 0; index < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed) != OperationStatus.Done)
            {
                return index;
            }

            Decompose(rune.Value, buffer, ref length);
            index += consumed;
        }

        length = Compose(buffer[..length]);
        return FirstDifference(text, buffer[..length]);
    }

    private static int FirstDifference(ReadOnlySpan<char> text, ReadOnlySpan<int> codePoints)
    {
        var index = 0;
        foreach (var codePoint in codePoints)
        {
            Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed);
            if (rune.Value != codePoint)
            {
                return index;
            }

            index += consumed;
        }

        // Both have the same canonical decomposition, so neither is a proper beginning of the other.
        return -1;
    }

    /// <summary>Appends the full canonical decomposition of a code point, in canonical order.</summary>
    private static void Decompose(int codePoint, Span<int> buffer, ref int length)
    {
        var syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            buffer[length++] = LeadingBase + (syllable / (VowelCount * TrailingCount));
            buffer[length++] = VowelBase + (syllable / TrailingCount % VowelCount);
            if (syllable % TrailingCount != 0)
            {
                buffer[length++] = TrailingBase + (syllable % TrailingCount);
            }
        }
        else if (IdnaProperties.TryDecompose(codePoint, out var first, out var second))
        {
            Decompose(first, buffer, ref length);
            Decompose(second, buffer, ref length);
        }
        else
        {
            AppendInOrder(codePoint, buffer, ref length);
        }
    }

    /// <summary>Appends a code point, before the marks of a higher class that end the text (section 3.11, D109).</summary>
    private static void AppendInOrder(int codePoint, Span<int> buffer, ref int length)
    {
        var place = length;
        var combiningClass = IdnaProperties.CombiningClass(codePoint);
        if (combiningClass != 0)
        {
            while (place > 0 && IdnaProperties.CombiningClass(buffer[place - 1]) > combiningClass)
            {
                buffer[place] = buffer[place - 1];
                place--;
            }
        }

        buffer[place] = codePoint;
        length++;
    }

    /// <summary>Composes decomposed, ordered code points in their place (section 3.11, D117).</summary>
    /// <returns>How many code points are left.</returns>
    private static int Compose(Span<int> codePoints)
    {
        const int None = -1;
        var length = 0;
        var starter = None;
        var lastClass = None;
        foreach (var codePoint in codePoints)
        {
            var combiningClass = IdnaProperties.CombiningClass(codePoint);
            if (starter != None
                && lastClass < combiningClass
                && TryComposePair(codePoints[starter], codePoint, out var composite))
            {
                codePoints[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = length;
                lastClass = None;
            }
            else
            {
                lastClass = combiningClass;
            }

            codePoints[length] = codePoint;
            length++;
        }

        return length;
    }

    private static bool TryComposePair(int first, int second, out int composite)
    {
        var leading = first - LeadingBase;
        var vowel = second - VowelBase;
        if (leading is >= 0 and < LeadingCount && vowel is >= 0 and < VowelCount)
        {
            composite = SyllableBase + (((leading * VowelCount) + vowel) * TrailingCount);
            return true;
        }

        var syllable = first - SyllableBase;
        var trailing = second - TrailingBase;
        if (syllable is >= 0 and < SyllableCount
            && syllable % TrailingCount == 0
            && trailing is > 0 and < TrailingCount)
        {
            composite = first + trailing;
            return true;
        }

        return IdnaProperties.TryCompose(first, second, out composite);
    }
}
