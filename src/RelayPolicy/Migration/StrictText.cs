using System.Text;

namespace RelayPolicy.Migration;

/// <summary>Text of unknown encoding, read strictly: what is no text throws and is never replaced by something else.</summary>
internal static class StrictText
{
    /// <summary>The most bytes that are read.</summary>
    public const long MaxLength = 1L << 30;

    private const int Peeked = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>Whether an exception says that the text is no text, or longer than <see cref="MaxLength"/>.</summary>
    public static bool IsFault(Exception exception) => exception is DecoderFallbackException or InvalidDataException;

    /// <summary>Opens text that begins with an ASCII character: UTF-8 or UTF-16, with or without a byte order mark.</summary>
    public static StreamReader Open(Stream stream)
    {
        var head = new byte[Peeked];
        int length = stream.ReadAtLeast(head, Peeked, throwOnEndOfStream: false);
        (Encoding encoding, int mark) = Detect(head.AsSpan(0, length));
        var whole = new JoinedStream(head.AsMemory(mark, length - mark), stream, ReadOnlyMemory<byte>.Empty, MaxLength);
        return new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: false);
    }

    private static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0xef, 0xbb, 0xbf, ..] => (Utf8, 3),
        [0xff, 0xfe, ..] => (LittleEndian, 2),
        [0xfe, 0xff, ..] => (BigEndian, 2),
        [not 0, 0, ..] => (LittleEndian, 0),
        [0, not 0, ..] => (BigEndian, 0),
        _ => (Utf8, 0),
    };
}
