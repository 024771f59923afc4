using System.Text;

namespace RelayPolicy;

/// <summary>
/// Punycode (RFC 3492): code points written as ASCII, without the "xn--" prefix and without any rule about which code
/// points a label may hold.
/// </summary>
/// <remarks>
/// Encoding is a bijection onto what <see cref="TryDecode"/> accepts: the decoder's insertions are ordered as the
/// encoder's are, every number has exactly one spelling, and only lower-case digits are taken. So
/// <c>encode(decode(x))</c> is <c>x</c> without the decoder having to encode again.
/// </remarks>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int FirstExtended = 0x80;
    private const char Delimiter = '-';

    /// <summary>
    /// Encodes code points (RFC 3492, section 6.3). ASCII is copied as it is, its case too; digits are lower-case.
    /// </summary>
    /// <param name="codePoints">What to encode; may be empty.</param>
    /// <param name="destination">Where the ASCII goes; its content is undefined when the answer is false.</param>
    /// <param name="written">How many characters were written; 0 when the answer is false.</param>
    /// <returns>
    /// False when a code point is a surrogate or lies outside Unicode, when <paramref name="destination"/> is too
    /// short, or when a delta overflows.
    /// </returns>
    internal static bool TryEncode(ReadOnlySpan<int> codePoints, Span<char> destination, out int written)
    {
        written = 0;
        var length = 0;
        foreach (var codePoint in codePoints)
        {
            if (!Rune.IsValid(codePoint))
            {
                return false;
            }

            if (codePoint < FirstExtended && !TryAppend((char)codePoint, destination, ref length))
            {
                return false;
            }
        }

        var basic = length;
        if (basic > 0 && !TryAppend(Delimiter, destination, ref length))
        {
            return false;
        }

        var handled = basic;
        var current = FirstExtended;
        var bias = InitialBias;
        var delta = 0;
        while (handled < codePoints.Length)
        {
            var next = SmallestFrom(current, codePoints);
            if (next - current > (int.MaxValue - delta) / (handled + 1))
            {
                return false;
            }

            delta += (next - current) * (handled + 1);
            current = next;
            foreach (var codePoint in codePoints)
            {
                if (codePoint < current)
                {
                    if (delta == int.MaxValue)
                    {
                        return false;
                    }

                    delta++;
                }
                else if (codePoint == current)
                {
                    if (!TryAppendNumber(delta, bias, destination, ref length))
                    {
                        return false;
                    }

                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            current++;
        }

        written = length;
        return true;
    }

    /// <summary>
    /// Decodes what <see cref="TryEncode"/> writes, and nothing else (RFC 3492, section 6.2). Takes time in the square
    /// of the length.
    /// </summary>
    /// <param name="input">The encoded text; may be empty.</param>
    /// <param name="codePoints">Where the code points go; its content is undefined when the answer is false.</param>
    /// <param name="written">How many code points were written; 0 when the answer is false.</param>
    /// <returns>
    /// False for a character outside ASCII, a digit that is none (an upper-case one included), a number that is cut
    /// off or overflows, a code point above U+10FFFF, a surrogate, or when <paramref name="codePoints"/> is too short.
    /// The part after the delimiter cannot yield ASCII: its code points start at U+0080 and only rise.
    /// </returns>
    internal static bool TryDecode(ReadOnlySpan<char> input, Span<int> codePoints, out int written)
    {
        written = 0;
        var delimiter = input.LastIndexOf(Delimiter);
        var length = Math.Max(delimiter, 0);
        if (length > codePoints.Length)
        {
            return false;
        }

        for (var index = 0; index < length; index++)
        {
            if (!char.IsAscii(input[index]))
            {
                return false;
            }

            codePoints[index] = input[index];
        }

        var position = delimiter > 0 ? delimiter + 1 : 0;
        uint current = FirstExtended;
        var bias = InitialBias;
        var place = 0;
        var isFirst = true;
        while (position < input.Length)
        {
            var before = place;
            if (!TryReadNumber(input, bias, ref position, ref place))
            {
                return false;
            }

            var count = length + 1;
            bias = Adapt(place - before, count, isFirst);
            isFirst = false;
            current += (uint)(place / count);
            place %= count;
            if (!Rune.IsValid(current) || length == codePoints.Length)
            {
                return false;
            }

            codePoints[place..length].CopyTo(codePoints[(place + 1)..]);
            codePoints[place] = (int)current;
            place++;
            length++;
        }

        written = length;
        return true;
    }

    private static int SmallestFrom(int lowest, ReadOnlySpan<int> codePoints)
    {
        var smallest = int.MaxValue;
        foreach (var codePoint in codePoints)
        {
            if (codePoint >= lowest && codePoint < smallest)
            {
                smallest = codePoint;
            }
        }

        return smallest;
    }

    /// <summary>Appends a generalized variable-length integer (RFC 3492, section 3.3).</summary>
    private static bool TryAppendNumber(int number, int bias, Span<char> destination, ref int length)
    {
        for (var weight = Base; ; weight += Base)
        {
            var threshold = Threshold(weight, bias);
            if (number < threshold)
            {
                return TryAppend(DigitFor(number), destination, ref length);
            }

            var digit = threshold + ((number - threshold) % (Base - threshold));
            if (!TryAppend(DigitFor(digit), destination, ref length))
            {
                return false;
            }

            number = (number - threshold) / (Base - threshold);
        }
    }

    /// <summary>Adds a generalized variable-length integer to <paramref name="sum"/> (RFC 3492, section 3.3).</summary>
    /// <returns>False when a digit is none, the number is cut off, or the sum exceeds an int.</returns>
    private static bool TryReadNumber(ReadOnlySpan<char> input, int bias, ref int position, ref int sum)
    {
        // Every digit but the last is at least 1, so the total is at least the factor: neither can outgrow a long.
        long total = sum;
        long factor = 1;
        for (var weight = Base; position < input.Length; weight += Base)
        {
            var digit = ValueOf(input[position]);
            position++;
            total += digit * factor;
            if (digit < 0 || total > int.MaxValue)
            {
                return false;
            }

            var threshold = Threshold(weight, bias);
            if (digit < threshold)
            {
                sum = (int)total;
                return true;
            }

            factor *= Base - threshold;
        }

        return false;
    }

    private static bool TryAppend(char character, Span<char> destination, ref int length)
    {
        if (length == destination.Length)
        {
            return false;
        }

        destination[length] = character;
        length++;
        return true;
    }

    private static int Threshold(int weight, int bias) =>
        Math.Clamp(weight - bias, MinThreshold, MaxThreshold);

    /// <summary>The bias for the next number (RFC 3492, section 6.1).</summary>
    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        var bias = 0;
        while (delta > (Base - MinThreshold) * MaxThreshold / 2)
        {
            delta /= Base - MinThreshold;
            bias += Base;
        }

        return bias + ((Base - MinThreshold + 1) * delta / (delta + Skew));
    }

    private static char DigitFor(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int ValueOf(char digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a',
        >= '0' and <= '9' => digit - '0' + 26,
        _ => -1,
    };
}
