using System.Buffers;
using System.Text;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Tests;

/// <summary>The scanner of content against one that looks at an octet at a time.</summary>
public sealed class ContentScannerTests
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.OneOfConst("\r\n", "\r\n", ".", "..", "\r\n.", "x", "\0", "\r\n.\r\n")),
        (1, Gen.OneOfConst("\r", "\n", "\r\n.\r", "\n.\r\n")),
        (3, Gen.Int[1, 150].Select(length => new string('a', length))));

    [Fact]
    public void It_finds_what_an_obvious_scanner_finds() => Gen.Select(Piece.Array[0, 14].Select(string.Concat), Gen.Int[1, 200], Gen.Bool, Gen.Bool).Sample(
        (text, piece, isData, normalizes) =>
        {
            byte[] octets = Encoding.Latin1.GetBytes(text);
            Assert.Equal(Obvious(octets, isData, normalizes), Scan(octets, piece, isData, normalizes));
        },
        iter: 20_000);

    private static (string Content, ContentEnd End, int Used) Scan(byte[] octets, int piece, bool isData, bool normalizes)
    {
        ContentScanner scanner = isData ? ContentScanner.ForData(normalizes) : ContentScanner.ForChunks(normalizes);
        var content = new StringBuilder();
        ReadOnlySequence<byte> input = Segments.Of(octets, piece);
        while (true)
        {
            ContentEnd end = scanner.Take(ref input, out ReadOnlySequence<byte> run);
            content.Append(Encoding.Latin1.GetString(run.ToArray()));
            if (end == ContentEnd.LineFeed) content.Append("\r\n");
            if (end is ContentEnd.Input or ContentEnd.Content or ContentEnd.BareLineEnd) return (content.ToString(), end, octets.Length - (int)input.Length);
        }
    }

    private static (string Content, ContentEnd End, int Used) Obvious(byte[] octets, bool isData, bool normalizes)
    {
        var content = new StringBuilder();
        bool lineStart = true, dot = false, cr = false;
        for (int i = 0; i < octets.Length; i++)
        {
            char c = (char)octets[i];
            if (cr && c != '\n') return (content.ToString(), ContentEnd.BareLineEnd, i);
            if (cr && dot) return (content.ToString(), ContentEnd.Content, i + 1);
            if (c == '\n' && !cr && !normalizes) return (content.ToString(), ContentEnd.BareLineEnd, i);
            if (isData && lineStart && c == '.')
            {
                (lineStart, dot) = (false, true);
                continue;
            }

            bool maybeEnd = dot && c == '\r';
            if (c == '\n' && !cr) content.Append("\r\n");
            else if (!maybeEnd) content.Append(c);
            lineStart = c == '\n' && cr;
            dot = maybeEnd;
            cr = c == '\r';
        }

        return (content.ToString(), ContentEnd.Input, octets.Length);
    }
}
