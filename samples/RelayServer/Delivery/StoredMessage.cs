using MimeKit;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// A message for MailKit's client that goes out octet by octet as it came in, behind the trace field: a relay changes nothing, or signatures
/// break (RFC 5321 §6.4, RFC 6376). It is not parsed: to MailKit its whole header is the raw value of the trace field.
/// </summary>
internal sealed class StoredMessage : MimeMessage
{
    private static readonly byte[] EmptyLine = "\r\n\r\n"u8.ToArray();

    private StoredMessage(byte[] header, StoredBody body, bool hasEightBits)
    {
        HasEightBits = hasEightBits;
        var field = new Header(HeaderId.Received, "trace");
        field.SetRawValue(header);
        Headers.Clear();
        Headers.Add(field);
        Body = body;
    }

    /// <summary>How MailKit is to write it: without the fields that MailKit itself would add.</summary>
    /// <param name="isInternational">Whether addresses go out under SMTPUTF8.</param>
    public static FormatOptions Format(bool isInternational)
    {
        FormatOptions format = FormatOptions.Default.Clone();
        format.International = isInternational;
        format.HiddenHeaders.Add(HeaderId.ContentTransferEncoding);
        format.HiddenHeaders.Add(HeaderId.MimeVersion);
        return format;
    }

    /// <summary>Whether there are octets above 127 in it.</summary>
    public bool HasEightBits { get; }

    /// <summary>The message as it is stored. Its header was read before, and is no larger than that allowed.</summary>
    public static async Task<StoredMessage> CreateAsync(IncomingMessage message)
    {
        bool hasEightBits = await HasEightBitsAsync(message.Content.Read());
        byte[] start = new byte[Messages.HeaderReader.DefaultMaxOctets + EmptyLine.Length];
        int length = await message.Content.Read().ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false);
        (int header, int body) = Split(start.AsSpan(0, length));
        byte[] trace = message.Received[(HeaderId.Received.ToHeaderName().Length + 1)..];
        return new StoredMessage([.. trace, .. start[..header]], new StoredBody(message.Content, body, hasEightBits), hasEightBits);
    }

    // The header with its last CR LF, and where the body begins.
    private static (int HeaderLength, int BodyStart) Split(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(EmptyLine.AsSpan(2))) return (0, 2);
        int end = content.IndexOf(EmptyLine);
        return end < 0 ? (content.Length, content.Length) : (end + 2, end + 4);
    }

    private static async Task<bool> HasEightBitsAsync(Stream content)
    {
        byte[] buffer = new byte[16 * 1024];
        while (await content.ReadAsync(buffer) is > 0 and int length)
        {
            if (buffer.AsSpan(0, length).ContainsAnyInRange((byte)0x80, (byte)0xff)) return true;
        }

        return false;
    }

    private sealed class StoredBody : MimePart
    {
        private readonly MessageContent _content;
        private readonly int _start;

        public StoredBody(MessageContent content, int start, bool hasEightBits)
        {
            (_content, _start) = (content, start);
            Headers.Clear(); // its fields are in the header of the message
            ContentTransferEncoding = hasEightBits ? ContentEncoding.EightBit : ContentEncoding.SevenBit; // for BODY=; as a field it is hidden
        }

        public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) => Read().CopyTo(stream);

        public override Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) => Read().CopyToAsync(stream, cancellationToken);

        private Stream Read()
        {
            Stream content = _content.Read();
            content.Position = _start;
            return content;
        }
    }
}
