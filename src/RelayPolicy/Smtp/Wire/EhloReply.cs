using System.Buffers;
using System.Globalization;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// The reply to EHLO (RFC 5321 §4.1.1.1): a line for each extension that is offered now.
/// <code>
/// ehlo-ok-rsp = ( "250-" Domain [ SP ehlo-greet ] CRLF *( "250-" ehlo-line CRLF ) "250" SP ehlo-line CRLF )
/// </code>
/// </summary>
internal static class EhloReply
{
    public static void Write(IBufferWriter<byte> output, SmtpSessionOptions options, SmtpDialogue dialogue)
    {
        SmtpExtensions offered = dialogue.Offered;
        Line(options.HostName);
        Line("PIPELINING");
        if (offered.HasFlag(SmtpExtensions.Size)) Line(string.Create(CultureInfo.InvariantCulture, $"SIZE {options.Limits.MaxMessageSize ?? 0}"));
        if (offered.HasFlag(SmtpExtensions.EightBitMime)) Line("8BITMIME");
        if (offered.HasFlag(SmtpExtensions.SmtpUtf8)) Line("SMTPUTF8");
        if (offered.HasFlag(SmtpExtensions.Dsn)) Line("DSN");
        if (offered.HasFlag(SmtpExtensions.Chunking)) Line("CHUNKING");
        if (offered.HasFlag(SmtpExtensions.StartTls)) Line("STARTTLS");
        if (offered.HasFlag(SmtpExtensions.Auth)) Line($"AUTH {options.Mechanisms.Print()}");
        if (dialogue.MayXclient) Line(options.AllowsXclientLogin ? "XCLIENT NAME ADDR PORT PROTO HELO LOGIN" : "XCLIENT NAME ADDR PORT PROTO HELO");
        ReplyWriter.Write(output, "250 "u8, "ENHANCEDSTATUSCODES");

        void Line(string text) => ReplyWriter.Write(output, "250-"u8, text);
    }
}
