using System.Text;
using System.Text.Unicode;

namespace RelayPolicy;

/// <summary>The way from the bytes of a command to text: strict, so that no byte is replaced on the way.</summary>
internal static class Utf8Text
{
    /// <summary>Decodes UTF-8. Fails at the first byte that is not ASCII, unless SMTPUTF8 was asked for, and at the first one that is not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, AddressOptions options, out string text, out AddressError error)
    {
        text = "";
        error = default;
        int nonAscii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
        if (nonAscii >= 0 && !options.HasFlag(AddressOptions.SmtpUtf8))
        {
            error = new AddressError(AddressErrorKind.NonAsciiWithoutSmtpUtf8, nonAscii, "a non-ASCII address needs SMTPUTF8");
            return false;
        }

        char[] buffer = new char[bytes.Length];
        System.Buffers.OperationStatus status = Utf8.ToUtf16(bytes, buffer, out int read, out int written, replaceInvalidSequences: false);
        if (status != System.Buffers.OperationStatus.Done)
        {
            error = new AddressError(AddressErrorKind.Syntax, read, "the text is not valid UTF-8");
            return false;
        }

        text = new string(buffer, 0, written);
        return true;
    }
}
