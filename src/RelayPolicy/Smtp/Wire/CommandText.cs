using System.Buffers;
using System.Text.Unicode;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// The way from the octets of a command to text. An octet that is no UTF-8 becomes half of a surrogate pair, which no grammar takes: so it
/// is refused where it stands, and never replaced.
/// </summary>
internal static class CommandText
{
    private const char InvalidOctet = '\uDC00';

    /// <summary>Decodes into a buffer with a place for each octet.</summary>
    public static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> octets, Span<char> buffer)
    {
        int length = 0;
        while (true)
        {
            OperationStatus status = Utf8.ToUtf16(octets, buffer[length..], out int read, out int written, replaceInvalidSequences: false);
            length += written;
            if (status == OperationStatus.Done) return buffer[..length];
            buffer[length++] = (char)(InvalidOctet + octets[read]);
            octets = octets[(read + 1)..];
        }
    }
}
