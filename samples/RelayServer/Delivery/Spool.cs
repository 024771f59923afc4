using System.Text.Encodings.Web;
using System.Text.Json;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// Mail to be relayed where there is no smart host: <c>ID.eml</c>, and its envelope in <c>ID.json</c>. The envelope comes first, so whoever
/// sees an .eml finds it. It is no field of the message, where a sender could write recipients of his own.
/// </summary>
internal sealed class Spool(DataFolder folder)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files in the order in which they are to be published.</summary>
    public async Task<StagedFile[]> StageAsync(IncomingMessage message)
    {
        var envelope = new Dictionary<string, object>
        {
            ["sender"] = message.Transaction.ReversePath.ToString(),
            ["recipients"] = message.Relayed.Select(recipient => recipient.ToString()),
            ["smtpUtf8"] = message.Transaction.Mail.SmtpUtf8,
        };
        StagedFile first = await StageAsync($"{message.Id}.json", stream => JsonSerializer.SerializeAsync(stream, envelope, Readable));
        try
        {
            return [first, await StageAsync($"{message.Id}.eml", message.WriteAsync)];
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private Task<StagedFile> StageAsync(string name, Func<Stream, Task> write) => StagedFile.WriteAsync(Path.Combine(folder.Spool, "tmp", name), Path.Combine(folder.Spool, "new", name), write);
}
