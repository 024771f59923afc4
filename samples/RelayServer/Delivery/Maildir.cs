using System.Globalization;
using System.Text;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// Local mail: one Maildir for all recipients, who stand in <c>Delivered-To</c> fields at the top. One file a message, so that it is there
/// for all of them or for none. The octets are those that came, with CR LF.
/// </summary>
internal sealed class Maildir(DataFolder folder)
{
    public async Task<StagedFile> StageAsync(IncomingMessage message)
    {
        string name = $"{message.Id}.{Environment.MachineName.Replace("/", "\\057", StringComparison.Ordinal).Replace(":", "\\072", StringComparison.Ordinal)}";
        return await StagedFile.WriteAsync(Path.Combine(folder.Maildir, "tmp", name), Path.Combine(folder.Maildir, "new", name), async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Fields(message)));
            await message.WriteAsync(stream);
        });
    }

    // RFC 5321 §4.4: whoever makes the final delivery puts the reverse-path before the message. A path holds neither CR nor LF.
    private static string Fields(IncomingMessage message)
    {
        var fields = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Return-Path: {message.Transaction.ReversePath}\r\n");
        foreach (SmtpPath recipient in message.Local) fields.Append(CultureInfo.InvariantCulture, $"Delivered-To: {recipient}\r\n");
        return fields.ToString();
    }
}
