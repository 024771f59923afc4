using System.Buffers;
using System.Security.Cryptography;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// Takes lines out of the input, whatever the pieces in which it comes. A line that lies in one piece is not copied; of any other, no more
/// than its limit is kept.
/// </summary>
internal sealed class LineReader
{
    private const int SmallLine = 512;

    private byte[] _kept = [];
    private int _length;
    private bool _isTooLong;
    private bool _endsInCr;

    /// <summary>Whether nothing of the next line has come yet.</summary>
    public bool IsAtStart => _length == 0 && !_isTooLong && !_endsInCr;

    /// <summary>Takes a line.</summary>
    /// <param name="input">The input, which is moved behind what was taken.</param>
    /// <param name="limit">The longest line with its CR LF.</param>
    /// <param name="line">The line without CR LF, valid until the next call.</param>
    public LineStatus Read(ref ReadOnlySequence<byte> input, int limit, out ReadOnlySpan<byte> line)
    {
        line = default;
        ReadOnlySpan<byte> first = input.FirstSpan;
        if (IsAtStart)
        {
            int end = first.IndexOfAny((byte)'\r', (byte)'\n');
            if (end >= 0 && end + 1 < first.Length && first[end] == '\r' && first[end + 1] == '\n' && end + 2 <= limit)
            {
                line = first[..end];
                input = input.Slice(end + 2);
                return LineStatus.Complete;
            }
        }

        return Assemble(ref input, limit, out line);
    }

    /// <summary>Forgets what is kept, which may hold a password.</summary>
    public void Wipe()
    {
        CryptographicOperations.ZeroMemory(_kept);
        if (_kept.Length > SmallLine) _kept = [];
        _length = 0;
    }

    private LineStatus Assemble(ref ReadOnlySequence<byte> input, int limit, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (!input.IsEmpty)
        {
            Octets.SkipEmptyPieces(ref input);
            ReadOnlySpan<byte> piece = input.FirstSpan;
            if (_endsInCr) return End(ref input, isLineFeed: piece[0] == '\n', out line);
            int end = piece.IndexOfAny((byte)'\r', (byte)'\n');
            Keep(end < 0 ? piece : piece[..end], limit);
            input = input.Slice(end < 0 ? piece.Length : end + 1);
            if (end < 0) continue;
            if (piece[end] == '\n') return LineStatus.BareLineEnd;
            _endsInCr = true;
        }

        return LineStatus.Incomplete;
    }

    private LineStatus End(ref ReadOnlySequence<byte> input, bool isLineFeed, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (!isLineFeed) return LineStatus.BareLineEnd;
        input = input.Slice(1);
        LineStatus status = _isTooLong ? LineStatus.TooLong : LineStatus.Complete;
        if (!_isTooLong) line = _kept.AsSpan(0, _length);
        _length = 0;
        _endsInCr = _isTooLong = false;
        return status;
    }

    private void Keep(ReadOnlySpan<byte> piece, int limit)
    {
        int needed = _length + piece.Length;
        if (_isTooLong || needed + 2 > limit)
        {
            _isTooLong = true;
            return;
        }

        if (needed > _kept.Length) Array.Resize(ref _kept, Math.Min(limit, Math.Max(SmallLine, 2 * needed)));
        piece.CopyTo(_kept.AsSpan(_length));
        _length = needed;
    }
}
