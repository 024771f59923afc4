#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace RelayPolicy.Tests.Samples;

/// <summary>What the smart host does wrong.</summary>
public enum SmartHostFault
{
    None = 0,
    DropsAtGreeting,
    DropsAtEhlo,
    DropsAtMail,
    DropsAtRcpt,
    DropsAtData,
    DropsInContent,
    DropsBeforeTheReply,
    RefusesOneRecipient,
    DefersOneRecipient,
    RefusesTheMessage,
    ClosesWith421,
    NeverAnswers,
    DropsAfterTheReply,
    AnswersNonsense,
    NeverEndsItsReply,
}

/// <summary>A server that takes what is relayed, and fails where a test wants it.</summary>
internal sealed class FaultySmartHost : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly LoopbackServer _server;

    public FaultySmartHost() => _server = new LoopbackServer(ServeAsync);

    public SmartHostFault Fault { get; set; }

    /// <summary>What it offers.</summary>
    public string[] Keywords { get; set; } = ["smart.example", "PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 10000000"];

    public int Port => _server.Port;

    /// <summary>The messages for which it has said 250, or was about to.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    public IReadOnlyCollection<string> Commands => _commands;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        if (Fault == SmartHostFault.DropsAtGreeting) return;
        if (Fault == SmartHostFault.NeverAnswers) await Task.Delay(Timeout.Infinite, stop);
        await SayAsync(Fault == SmartHostFault.AnswersNonsense ? "SSH-2.0-nonsense" : "220 smart.example");
        int recipients = 0;
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            _commands.Enqueue(line);
            string verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (Fault == SmartHostFault.ClosesWith421 && verb == "MAIL")
            {
                await SayAsync("421 4.3.2 closing");
                return;
            }

            while (Fault == SmartHostFault.NeverEndsItsReply && verb == "MAIL") await SayAsync("250-" + new string('a', 500));
            if (verb == Fault switch { SmartHostFault.DropsAtEhlo => "EHLO", SmartHostFault.DropsAtMail => "MAIL", SmartHostFault.DropsAtRcpt => "RCPT", SmartHostFault.DropsAtData => "DATA", _ => "" }) return;
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(string.Concat(Keywords.Select(keyword => $"250-{keyword}\r\n")) + "250 HELP");
                    break;
                case "MAIL":
                    recipients = 0;
                    await SayAsync("250 2.1.0 ok");
                    break;
                case "RCPT" when recipients++ == 1 && Fault == SmartHostFault.RefusesOneRecipient:
                    await SayAsync("550 5.1.1 no such mailbox");
                    break;
                case "RCPT" when recipients == 2 && Fault == SmartHostFault.DefersOneRecipient:
                    await SayAsync("450 4.2.1 mailbox busy");
                    break;
                case "RCPT":
                    await SayAsync("250 2.1.5 ok");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    if (await ContentAsync(reader, stop) is not { } content) return;
                    if (Fault == SmartHostFault.RefusesTheMessage)
                    {
                        await SayAsync("554 5.7.1 \u001b[31mspam\u001b[0m");
                        break;
                    }

                    _messages.Enqueue(content);
                    if (Fault == SmartHostFault.DropsBeforeTheReply) return;
                    await SayAsync("250 2.0.0 taken");
                    if (Fault == SmartHostFault.DropsAfterTheReply) return;
                    break;
                case "QUIT":
                    await SayAsync("221 2.0.0 bye");
                    return;
                default:
                    await SayAsync("250 2.0.0 ok");
                    break;
            }
        }

        async Task SayAsync(string reply) => await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), stop);
    }

    // Null if the client went away within it.
    private async Task<string?> ContentAsync(StreamReader reader, CancellationToken stop)
    {
        var content = new StringBuilder();
        while (await reader.ReadLineAsync(stop) is { } line && Fault != SmartHostFault.DropsInContent)
        {
            if (line == ".") return content.ToString();
            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }
}
#endif
