using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RelayPolicy.Samples.Decide;

/// <summary>Writes verdicts as JSON, one a line.</summary>
internal sealed class VerdictWriter : IDisposable
{
    private const int FlushAt = 64 * 1024;

    // The output is read by programs and not put into a web page: a reply may show <bob@example.com> as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private readonly Utf8JsonWriter _json;

    public VerdictWriter(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    public void Write(in RelayVerdict verdict)
    {
        _json.WriteStartObject();
        _json.WriteString("action", verdict.Action.ToString());
        _json.WriteString("stage", verdict.Stage.ToString());
        _json.WriteString("rule", verdict.Rule?.Name);
        _json.WriteString("reason", verdict.Reason.ToString());
        _json.WriteNumber("code", verdict.Reply.Code);
        _json.WriteString("enhanced", verdict.Reply.Enhanced.ToString());
        _json.WriteString("text", verdict.Reply.Text);
        if (verdict.AuditRule is { } audit) _json.WriteString("audit", audit.Name);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt) Flush();
    }

    public void Dispose()
    {
        Flush();
        _json.Dispose();
    }

    /// <summary>Writes out what is still in the buffer.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0) return;
        _stream.Write(_buffer.WrittenSpan);
        _stream.Flush();
        _buffer.ResetWrittenCount();
    }
}
