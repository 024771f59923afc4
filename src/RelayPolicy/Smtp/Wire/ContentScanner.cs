using System.Buffers;
using System.Numerics;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// Finds the end of the content of DATA, and what must not stand in it. Only CR LF . CR LF ends it; a bare CR or LF is found wherever it
/// stands, because another server may take it for the end of a line, and what follows for commands.
/// </summary>
internal struct ContentScanner
{
    private readonly ulong _dots;
    private readonly bool _normalizes;
    private Place _place;

    private ContentScanner(bool hasDots, bool normalizes)
    {
        _dots = hasDots ? ulong.MaxValue : 0;
        _normalizes = normalizes;
    }

    private enum Place : byte
    {
        LineStart = 0,
        Text,
        Cr,
        Dot,
        DotCr,
    }

    /// <summary>Whether the last octet was a CR whose LF has not come yet.</summary>
    public readonly bool EndsInCr => _place == Place.Cr;

    /// <summary>For the content of DATA, in which a dot is put before each line that begins with one (RFC 5321 §4.5.2).</summary>
    public static ContentScanner ForData(bool normalizes) => new(hasDots: true, normalizes);

    /// <summary>For the content of BDAT, which has no such dots, and whose end its size tells (RFC 3030 §2).</summary>
    public static ContentScanner ForChunks(bool normalizes) => new(hasDots: false, normalizes);

    /// <summary>Takes a run of content, as long as possible.</summary>
    /// <param name="input">The input, which is moved behind what was taken.</param>
    /// <param name="run">The content of it.</param>
    /// <returns>Why the run ended. After <see cref="ContentEnd.Dot"/> and <see cref="ContentEnd.LineFeed"/> more may follow.</returns>
    public ContentEnd Take(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> run)
    {
        run = default;
        while (_place >= Place.Dot && !input.IsEmpty)
        {
            Octets.SkipEmptyPieces(ref input);
            byte octet = input.FirstSpan[0];
            bool mayEnd = _place == Place.DotCr;
            if (mayEnd && octet != '\n') return ContentEnd.BareLineEnd;
            if (!mayEnd && octet != '\r')
            {
                _place = Place.Text; // the octet is content
                break;
            }

            _place = Place.DotCr;
            input = input.Slice(1);
            if (mayEnd) return ContentEnd.Content;
        }

        return TakeRun(ref input, ref run);
    }

    private ContentEnd TakeRun(ref ReadOnlySequence<byte> input, ref ReadOnlySequence<byte> run)
    {
        ReadOnlySequence<byte> rest = input;
        while (!rest.IsEmpty)
        {
            Octets.SkipEmptyPieces(ref rest);
            int length = Scan(rest.FirstSpan, out ContentEnd end);
            rest = rest.Slice(length);
            if (end == ContentEnd.Input) continue;
            run = input.Slice(input.Start, rest.Start);
            input = end == ContentEnd.BareLineEnd ? rest : rest.Slice(1);
            return end;
        }

        run = input;
        input = rest;
        return ContentEnd.Input;
    }

    // Returns the place of the first octet that is no ordinary content, or the length. An octet is out of place if it is a LF behind
    // anything but CR, or anything but LF behind a CR.
    private int Scan(ReadOnlySpan<byte> span, out ContentEnd end)
    {
        ulong afterCr = _place == Place.Cr ? 1u : 0;
        ulong afterLf = _place == Place.LineStart ? 1u : 0;
        int start = 0;
        for (; start + OctetMasks.Block <= span.Length; start += OctetMasks.Block)
        {
            OctetMasks.Find(span.Slice(start, OctetMasks.Block), out ulong cr, out ulong lf, out ulong dot);
            ulong misplaced = lf ^ ((cr << 1) | afterCr);
            ulong dots = dot & ((lf << 1) | afterLf) & _dots;
            if ((misplaced | dots) != 0)
            {
                int first = BitOperations.TrailingZeroCount(misplaced | dots);
                return Stop(span, start + first, isDot: ((dots >> first) & 1) != 0, out end);
            }

            afterCr = cr >> (OctetMasks.Block - 1);
            afterLf = lf >> (OctetMasks.Block - 1);
        }

        return ScanRest(span, start, afterCr != 0, afterLf != 0, out end);
    }

    private int ScanRest(ReadOnlySpan<byte> span, int start, bool afterCr, bool afterLf, out ContentEnd end)
    {
        for (int i = start; i < span.Length; i++)
        {
            byte octet = span[i];
            bool isLf = octet == '\n';
            if (isLf != afterCr) return Stop(span, i, isDot: false, out end);
            if (octet == '.' && afterLf && _dots != 0) return Stop(span, i, isDot: true, out end);
            afterCr = octet == '\r';
            afterLf = isLf;
        }

        end = ContentEnd.Input;
        _place = afterCr ? Place.Cr : afterLf ? Place.LineStart : Place.Text;
        return span.Length;
    }

    private int Stop(ReadOnlySpan<byte> span, int at, bool isDot, out ContentEnd end)
    {
        bool isLineFeed = span[at] == '\n';
        end = isDot ? ContentEnd.Dot : isLineFeed && _normalizes ? ContentEnd.LineFeed : ContentEnd.BareLineEnd;

        // Behind a bare LF stands no beginning of a line: whoever sent it put no dot there.
        _place = isDot ? Place.Dot : Place.Text;
        return at;
    }
}
