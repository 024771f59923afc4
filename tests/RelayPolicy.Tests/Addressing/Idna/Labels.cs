using System.Text;
using Xunit;

namespace RelayPolicy.Tests;

/// <summary>Short ways to call the module on strings, and the code points to try it with.</summary>
internal static class Labels
{
    /// <summary>The A-label of a label that must be accepted.</summary>
    internal static string Accept(string label)
    {
        Span<char> destination = stackalloc char[UnicodeLabel.MaxALabelLength];
        var accepted = UnicodeLabel.TryToALabel(label, destination, out var written, out var errorIndex, out var reason);
        Assert.True(accepted, reason);
        Assert.Equal((-1, ""), (errorIndex, reason));
        return destination[..written].ToString();
    }

    /// <summary>The A-label of a label, or null when it is refused.</summary>
    internal static string? TryAccept(string label)
    {
        Span<char> destination = stackalloc char[UnicodeLabel.MaxALabelLength];
        return UnicodeLabel.TryToALabel(label, destination, out var written, out _, out _)
            ? destination[..written].ToString()
            : null;
    }

    /// <summary>Why, and where, a label that must be refused is refused.</summary>
    internal static (int Index, string Reason) Refuse(string label)
    {
        Span<char> destination = stackalloc char[UnicodeLabel.MaxALabelLength];
        var accepted = UnicodeLabel.TryToALabel(label, destination, out var written, out var errorIndex, out var reason);
        Assert.False(accepted);
        Assert.Equal(0, written);
        return (errorIndex, reason);
    }

    /// <summary>The Punycode of some code points, or null.</summary>
    internal static string? Encode(params int[] codePoints)
    {
        var destination = new char[(codePoints.Length * 8) + 8];
        return Punycode.TryEncode(codePoints, destination, out var written)
            ? new string(destination, 0, written)
            : null;
    }

    /// <summary>The code points of some Punycode, or null.</summary>
    internal static int[]? Decode(string input)
    {
        var codePoints = new int[input.Length];
        return Punycode.TryDecode(input, codePoints, out var written) ? codePoints[..written] : null;
    }

    /// <summary>The code points of a well-formed text.</summary>
    internal static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>The text of some code points.</summary>
    internal static string Text(IEnumerable<int> codePoints) =>
        string.Concat(codePoints.Select(char.ConvertFromUtf32));

    /// <summary>A label with its ASCII letters in lower case.</summary>
    internal static string Lower(string label) =>
        string.Concat(label.Select(character => char.IsAscii(character) ? char.ToLowerInvariant(character) : character));

    /// <summary>Every code point of a table of ranges.</summary>
    internal static int[] Expand(ReadOnlySpan<int> ranges)
    {
        var codePoints = new List<int>();
        for (var index = 0; index < ranges.Length; index += 2)
        {
            codePoints.AddRange(Enumerable.Range(ranges[index], ranges[index + 1] - ranges[index] + 1));
        }

        return [.. codePoints];
    }

    /// <summary>
    /// Skips the test when the runtime's own normalisation, the independent source, is switched off.
    /// </summary>
    internal static void SkipWithoutNormalization() =>
        Assert.SkipWhen(
            "u\u0308".IsNormalized(NormalizationForm.FormC),
            "The runtime does not normalise when globalisation is invariant, so there is nothing to compare with.");
}
