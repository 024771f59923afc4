using System.Buffers;
using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// One label of a domain name, from its Unicode form to its "xn--" form (IDNA 2008: RFC 5890 to 5892, RFC 3492).
/// </summary>
/// <remarks>
/// The map is injective: ASCII letters are lower-cased, and every other code point is encoded as it is. Nothing is
/// mapped or normalised, so two labels that differ in more than the case of ASCII letters never share an A-label; what
/// would need mapping is refused. The bidi rule (RFC 5893) is not applied.
/// </remarks>
internal static class UnicodeLabel
{
    /// <summary>The longest A-label, in characters (RFC 1035, section 2.3.4), and the least room to give for one.</summary>
    internal const int MaxALabelLength = 63;

    /// <summary>Each code point takes at least one character of what follows the prefix.</summary>
    private const int MaxCodePoints = MaxALabelLength - PrefixLength;

    private const string Prefix = "xn--";
    private const int PrefixLength = 4;

    private const string TooLong = "the A-label is longer than 63 characters";

    /// <summary>Turns a label with at least one character outside ASCII into its A-label.</summary>
    /// <param name="label">One label, without dots, as UTF-16.</param>
    /// <param name="destination">
    /// Where the A-label goes, in lower case; its content is undefined when the answer is false.
    /// </param>
    /// <param name="written">The length of the A-label, at most 63; 0 when the answer is false.</param>
    /// <param name="errorIndex">
    /// The UTF-16 index of the offending character, 0 when the label as a whole offends; -1 when the answer is true.
    /// </param>
    /// <param name="reason">
    /// Why the label is refused, in English, without a trailing dot and without quoting the label (a code point is
    /// named as U+XXXX); empty when the answer is true.
    /// </param>
    /// <returns>
    /// False, by the first rule broken in this order: every character permitted, from left to right (RFC 5892); not
    /// all of it ASCII; not too long; hyphens (RFC 5891, section 4.2.3.1); no leading combining mark (4.2.3.2);
    /// contextual rules (4.2.3.3); Normalization Form C (4.1), of the label as given and with its ASCII letters in
    /// lower case; an A-label of at most 63 characters.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="destination"/> is shorter than <see cref="MaxALabelLength"/>.
    /// </exception>
    internal static bool TryToALabel(
        ReadOnlySpan<char> label,
        Span<char> destination,
        out int written,
        out int errorIndex,
        out string reason)
    {
        if (destination.Length < MaxALabelLength)
        {
            throw new ArgumentException("The destination has no room for an A-label.", nameof(destination));
        }

        written = 0;
        Span<int> codePoints = stackalloc int[MaxCodePoints];
        var refusal = Read(label, codePoints, out var count, out errorIndex);
        if (refusal is null)
        {
            codePoints = codePoints[..count];
            refusal = CheckRules(codePoints, out var position);
            errorIndex = Utf16Index(codePoints, position);
        }

        refusal ??= CheckNormalization(label, out errorIndex);
        if (refusal is null && !Punycode.TryEncode(codePoints, destination[PrefixLength..MaxALabelLength], out written))
        {
            errorIndex = 0;
            refusal = TooLong;
        }

        if (refusal is not null)
        {
            reason = refusal;
            return false;
        }

        Prefix.CopyTo(destination);
        written += PrefixLength;
        errorIndex = -1;
        reason = "";
        return true;
    }

    /// <summary>
    /// Whether a label has the form of an A-label: letters, digits and hyphens, at most 63, that start with "xn--" in
    /// any case and whose rest, lower-cased, is what Punycode makes of a text with a code point outside ASCII. Whether
    /// IDNA 2008 permits that text is not asked.
    /// </summary>
    internal static bool IsALabel(ReadOnlySpan<char> label)
    {
        Span<int> codePoints = stackalloc int[MaxCodePoints];
        return TryDecode(label, codePoints, out _);
    }

    /// <summary>
    /// Reads the code points of a label, ASCII letters in lower case, and judges each of them by itself.
    /// </summary>
    /// <returns>Why the label is refused; null when it is not.</returns>
    private static string? Read(ReadOnlySpan<char> label, Span<int> codePoints, out int count, out int errorIndex)
    {
        count = 0;
        var isAscii = true;
        for (errorIndex = 0; errorIndex < label.Length;)
        {
            if (Rune.DecodeFromUtf16(label[errorIndex..], out var rune, out var consumed) != OperationStatus.Done)
            {
                return "the label holds an unpaired surrogate";
            }

            var codePoint = rune.IsAscii ? ToLower((char)rune.Value) : rune.Value;
            if (!IdnaProperties.IsPermitted(codePoint))
            {
                return Name(codePoint) + (rune.IsAscii
                    ? " is not a letter, digit or hyphen"
                    : " is not permitted in a domain name");
            }

            if (count < codePoints.Length)
            {
                codePoints[count] = codePoint;
            }

            isAscii &= rune.IsAscii;
            count++;
            errorIndex += consumed;
        }

        errorIndex = 0;
        return isAscii ? "the label has no character outside ASCII" : count > codePoints.Length ? TooLong : null;
    }

    /// <summary>Judges the hyphens, the first character and the contexts (RFC 5891, section 4.2.3).</summary>
    /// <returns>Why the label is refused; null when it is not.</returns>
    private static string? CheckRules(ReadOnlySpan<int> codePoints, out int position)
    {
        position = 0;
        if (codePoints[0] == '-')
        {
            return "the label starts with a hyphen";
        }

        if (codePoints[^1] == '-')
        {
            position = codePoints.Length - 1;
            return "the label ends with a hyphen";
        }

        if (codePoints.Length > 3 && codePoints[2] == '-' && codePoints[3] == '-')
        {
            position = 2;
            return "the label has hyphens in the third and fourth place";
        }

        if (IdnaProperties.IsMark(codePoints[0]))
        {
            return "the label starts with a combining mark";
        }

        for (; position < codePoints.Length; position++)
        {
            if (ContextRules.Violation(codePoints, position) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    /// <summary>
    /// Judges the normalisation, as given and in lower case: some letters compose with a mark in one case only.
    /// </summary>
    /// <returns>Why the label is refused; null when it is not.</returns>
    private static string? CheckNormalization(ReadOnlySpan<char> label, out int errorIndex)
    {
        Span<char> lower = stackalloc char[MaxCodePoints * 2];
        lower = lower[..label.Length];
        for (var index = 0; index < label.Length; index++)
        {
            lower[index] = ToLower(label[index]);
        }

        errorIndex = NormalizationFormC.FirstDifference(lower);
        if (errorIndex < 0)
        {
            errorIndex = NormalizationFormC.FirstDifference(label);
        }

        return errorIndex < 0 ? null : "the label is not in Normalization Form C";
    }

    private static bool TryDecode(ReadOnlySpan<char> label, Span<int> codePoints, out int count)
    {
        count = 0;
        if (label.Length > MaxALabelLength || !label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = label[PrefixLength..];
        Span<char> lower = stackalloc char[MaxCodePoints];
        lower = lower[..rest.Length];
        for (var index = 0; index < rest.Length; index++)
        {
            if (!char.IsAsciiLetterOrDigit(rest[index]) && rest[index] != '-')
            {
                return false;
            }

            lower[index] = ToLower(rest[index]);
        }

        return Punycode.TryDecode(lower, codePoints, out count)
            && codePoints[..count].IndexOfAnyExceptInRange(0, 0x7F) >= 0;
    }

    private static int Utf16Index(ReadOnlySpan<int> codePoints, int position)
    {
        var index = 0;
        foreach (var codePoint in codePoints[..position])
        {
            index += new Rune(codePoint).Utf16SequenceLength;
        }

        return index;
    }

    private static char ToLower(char character) =>
        char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;

    private static string Name(int codePoint) =>
        "U+" + codePoint.ToString("X4", CultureInfo.InvariantCulture);
}
