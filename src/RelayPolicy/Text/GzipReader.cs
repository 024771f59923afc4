using System.IO.Compression;

namespace RelayPolicy;

/// <summary>
/// Unpacks gzip (RFC 1952), of one member or several. <see cref="GZipStream"/> takes a stream that was cut off for one that has ended, so
/// half a list would be loaded without a word. Therefore a member of our own is put behind the end: it comes out again, whole and
/// last, only if the decompressor was between two members there.
/// </summary>
internal sealed class GzipReader : IDisposable
{
    private const int BufferSize = 1 << 14;
    private const int MostOverhead = 1 << 20;

    private static readonly byte[] Seal = [.. "\n\u0004RelayPolicy: here ends the packed list"u8];
    private static readonly byte[] SealMember = Pack(Seal);

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <param name="begin">What was read from the stream already.</param>
    /// <param name="stream">The rest of it. It stays open.</param>
    /// <param name="maxUnpacked">How many bytes the stream may hold. Packed it may have little more, as one that holds nothing can be endless.</param>
    public GzipReader(ReadOnlyMemory<byte> begin, Stream stream, long maxUnpacked) => _gzip = new GZipStream(
        new JoinedStream(begin, stream, SealMember, maxUnpacked > long.MaxValue - MostOverhead ? long.MaxValue : maxUnpacked + MostOverhead), CompressionMode.Decompress);

    /// <summary>Whether a stream that begins so is packed.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> begin) => begin is [0x1f, 0x8b, ..];

    /// <summary>Reads some bytes; 0 at the end of a whole stream.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, cut off, or followed by something that is not gzip.</exception>
    public int Read(Span<byte> buffer)
    {
        // As many bytes as the seal has are held back, because they may be it.
        while (_end - _start <= Seal.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = _gzip.Read(_buffer.AsSpan(_end));
            if (read == 0) return _buffer.AsSpan(0, _end).SequenceEqual(Seal) ? 0 : throw new InvalidDataException("The gzip stream does not end where a member ends.");
            _end += read;
        }

        int count = Math.Min(buffer.Length, _end - _start - Seal.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public void Dispose() => _gzip.Dispose();

    // INVARIANT: packed, not stored: the rest of a stored block that was cut off would take a stored seal for its own text.
    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
