using System.Buffers;
using System.Globalization;
using System.Text;

namespace RelayPolicy.Smtp.Wire;

/// <summary>Encodes replies straight into the output (RFC 5321 §4.2). Every text is printable ASCII within its limit by then.</summary>
internal static class ReplyWriter
{
    private const int MaxLine = 512;

    /// <summary>Writes one line: code, enhanced status code (RFC 2034) and text.</summary>
    public static void Write(IBufferWriter<byte> output, in SmtpReply reply)
    {
        Span<byte> line = output.GetSpan(MaxLine);
        int length = 0;
        EnhancedStatusCode enhanced = reply.Enhanced;
        Append(reply.Code, (byte)' ', line, ref length);
        Append(enhanced.Class, (byte)'.', line, ref length);
        Append(enhanced.Subject, (byte)'.', line, ref length);
        Append(enhanced.Detail, (byte)' ', line, ref length);
        Append(reply.Text, line, ref length);
        End(output, line, length);
    }

    /// <summary>Writes one line with a code of three digits and a text, without an enhanced status code.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="code">The code and the space or hyphen behind it.</param>
    /// <param name="text">The text in ASCII.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> code, string text)
    {
        Span<byte> line = output.GetSpan(Math.Max(MaxLine, code.Length + text.Length + 2));
        code.CopyTo(line);
        int length = code.Length;
        Append(text, line, ref length);
        End(output, line, length);
    }

    private static void Append(int number, byte behind, Span<byte> line, ref int length)
    {
        number.TryFormat(line[length..], out int digits, default, CultureInfo.InvariantCulture);
        length += digits;
        line[length++] = behind;
    }

    private static void Append(string text, Span<byte> line, ref int length)
    {
        Ascii.FromUtf16(text, line[length..], out int written);
        length += written;
    }

    private static void End(IBufferWriter<byte> output, Span<byte> line, int length)
    {
        line[length++] = (byte)'\r';
        line[length++] = (byte)'\n';
        output.Advance(length);
    }
}
