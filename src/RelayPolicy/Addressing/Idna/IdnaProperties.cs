namespace RelayPolicy;

/// <summary>
/// Look-ups in <see cref="IdnaTables"/>: what the fixed Unicode version says about one code point. Every method takes
/// any integer and answers as for an unassigned code point when it is none.
/// </summary>
internal static class IdnaProperties
{
    /// <summary>The canonical combining class of a virama (Unicode Standard, section 4.3).</summary>
    internal const int ViramaClass = 9;

    /// <summary>
    /// Whether IDNA 2008 lets the code point stand in a label, with or without a condition on its context: PVALID,
    /// CONTEXTJ or CONTEXTO (RFC 5892, section 3). Upper-case ASCII is not permitted.
    /// </summary>
    internal static bool IsPermitted(int codePoint) =>
        Contains(IdnaTables.ValidRanges, codePoint) || ContextRules.Applies(codePoint);

    /// <summary>Whether a permitted code point has general category M (RFC 5891, section 4.2.3.2).</summary>
    internal static bool IsMark(int codePoint) => Contains(IdnaTables.MarkRanges, codePoint);

    /// <summary>The canonical combining class of a permitted code point; 0 for any other.</summary>
    internal static int CombiningClass(int codePoint)
    {
        var range = FindRange(IdnaTables.MarkRanges, codePoint);
        return range < 0 ? 0 : IdnaTables.MarkClasses[range];
    }

    /// <summary>Whether a permitted code point has script Greek.</summary>
    internal static bool IsGreek(int codePoint) => Contains(IdnaTables.GreekRanges, codePoint);

    /// <summary>Whether a permitted code point has script Hebrew.</summary>
    internal static bool IsHebrew(int codePoint) => Contains(IdnaTables.HebrewRanges, codePoint);

    /// <summary>Whether a permitted code point has script Hiragana, Katakana or Han.</summary>
    internal static bool IsKanaOrHan(int codePoint) => Contains(IdnaTables.KanaAndHanRanges, codePoint);

    /// <summary>
    /// The canonical decomposition of a primary composite into two code points, of which the first may decompose
    /// again (Unicode Standard, section 3.7). Hangul syllables are not looked up here.
    /// </summary>
    /// <returns>False when the code point does not decompose.</returns>
    internal static bool TryDecompose(int codePoint, out int first, out int second)
    {
        var compositions = IdnaTables.Compositions;
        var low = 0;
        var high = (compositions.Length / 3) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var composite = compositions[middle * 3];
            if (composite == codePoint)
            {
                first = compositions[(middle * 3) + 1];
                second = compositions[(middle * 3) + 2];
                return true;
            }

            if (composite < codePoint)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        first = 0;
        second = 0;
        return false;
    }

    /// <summary>
    /// The primary composite of two code points (Unicode Standard, section 3.11). Hangul is not looked up here.
    /// </summary>
    /// <returns>False when the two do not compose.</returns>
    internal static bool TryCompose(int first, int second, out int composite)
    {
        var compositions = IdnaTables.Compositions;
        var order = IdnaTables.CompositionOrder;
        var low = 0;
        var high = order.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var row = order[middle] * 3;
            var comparison = compositions[row + 1] != first
                ? compositions[row + 1].CompareTo(first)
                : compositions[row + 2].CompareTo(second);
            if (comparison == 0)
            {
                composite = compositions[row];
                return true;
            }

            if (comparison < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        composite = 0;
        return false;
    }

    private static bool Contains(ReadOnlySpan<int> ranges, int codePoint) => FindRange(ranges, codePoint) >= 0;

    /// <summary>The number of the range that holds a code point, or -1.</summary>
    private static int FindRange(ReadOnlySpan<int> ranges, int codePoint)
    {
        var low = 0;
        var high = (ranges.Length / 2) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (codePoint < ranges[middle * 2])
            {
                high = middle - 1;
            }
            else if (codePoint > ranges[(middle * 2) + 1])
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }
}
