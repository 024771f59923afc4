#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RelayPolicy.Tests.Samples;

/// <summary>
/// The server is killed at random moments under load, and started again: whatever had its 250 is where it belongs. A message is there twice
/// only if a client had to send it again because the reply was lost, which SMTP cannot avoid (RFC 1047).
/// </summary>
public sealed partial class RelayServerKillTests
{
    private const int Clients = 4;

    /// <summary>How often it is killed, with a smart host and without: 3, or more in a long run.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("RELAYPOLICY_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly ConcurrentDictionary<string, int> _lost = new();
    private readonly ConcurrentDictionary<string, bool> _taken = new();
    private int _last;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_had_its_250_is_where_it_belongs(bool hasSmartHost)
    {
        await using var smartHost = new FaultySmartHost();
        using var folder = new ServerFolder(settings =>
        {
            if (hasSmartHost) settings["SmartHost"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = smartHost.Port, ["Security"] = "None" };
        });
        RunningServer server = await RunningServer.StartAsync(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(i => SendAllAsync(() => server, isLarge: i == 0, stop.Token))];
        for (int i = 0; i < Kills; i++)
        {
            int before = _taken.Count;
            while (_taken.Count == before) await Task.Delay(5, stop.Token);
            await Task.Delay(Random.Shared.Next(300), stop.Token);
            await server.KillAsync();
            RunningServer next = await RunningServer.StartAsync(folder);
            RunningServer old = server;
            server = next;
            await old.DisposeAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await server.KillAsync();
        await server.DisposeAsync();
        await using (await RunningServer.StartAsync(folder)) Assert.Empty(folder.Leftovers);
        string[] relayed = hasSmartHost ? [.. smartHost.Messages] : folder.Spool;
        int duplicates = Check(folder.Maildir, id => id.Kind is "local" or "both") + Check(relayed, id => id.Kind is "far" or "both");
        if (!hasSmartHost) Assert.Equal(folder.Spool.Length, folder.Envelopes.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {_taken.Count} messages taken, {_lost.Values.Sum()} replies lost, {duplicates} duplicates");
        Assert.True(_taken.Count > Kills);
    }

    // Each place holds every message that was taken and belongs there, whole, and no more often than replies were lost.
    private int Check(string[] messages, Func<(string Kind, string Id), bool> belongs)
    {
        Dictionary<string, int> found = messages.Select(message => Id().Match(message)).Select(match =>
        {
            Assert.True(match.Success, "A message is not whole.");
            return match.Groups[1].Value;
        }).CountBy(id => id).ToDictionary();
        foreach (string id in _taken.Keys.Where(id => belongs((id.Split('-')[0], id)))) Assert.True(found.ContainsKey(id), $"{id} had its 250 and is lost.");
        foreach ((string id, int count) in found)
        {
            Assert.True(belongs((id.Split('-')[0], id)), $"{id} does not belong here.");
            Assert.True(count <= _lost.GetValueOrDefault(id) + 1, $"{id} is there {count} times.");
        }

        return found.Values.Sum(count => count - 1);
    }

    private async Task SendAllAsync(Func<RunningServer> server, bool isLarge, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            int number = Interlocked.Increment(ref _last);
            string kind = (number % 3) switch { 0 => "local", 1 => "far", _ => "both" };
            string id = $"{kind}-{number}";
            string[] recipients = kind switch { "local" => ["r@example.com"], "far" => ["r@far.example"], _ => ["r@example.com", "r@far.example"] };
            string padding = isLarge ? string.Concat(Enumerable.Repeat("0123456789\r\n", 10_000)) : "";
            while (!_taken.ContainsKey(id) && !stop.IsCancellationRequested)
            {
                bool? taken = await SendAsync(server(), $"X-Id: {id}\r\n\r\n{padding}end of {id}", recipients);
                if (taken == true) _taken[id] = true;
                else if (taken == false) _lost.AddOrUpdate(id, 1, (_, count) => count + 1);
            }
        }
    }

    // Whether it was taken; null if it was not sent to its end.
    private static async Task<bool?> SendAsync(RunningServer server, string content, string[] recipients)
    {
        bool? taken = null;
        try
        {
            using RawClient client = await RawClient.OpenAsync(server.Smtp, from: "127.0.0.2");
            await client.WriteAsync($"EHLO client.example\r\nMAIL FROM:<a@client.example>\r\n{string.Concat(recipients.Select(recipient => $"RCPT TO:<{recipient}>\r\n"))}DATA\r\n");
            for (int i = 0; i < recipients.Length + 3; i++)
            {
                if (!(await client.ReplyAsync()).StartsWith('2')) return null;
            }

            if (!(await client.ReplyAsync()).StartsWith("354 ", StringComparison.Ordinal)) return null;
            await client.WriteAsync(content + "\r\n");
            taken = false;
            await client.WriteAsync(".\r\n");
            return (await client.ReplyAsync()).StartsWith("250 ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return taken;
        }
    }

    [GeneratedRegex(@"X-Id: (\S+)\r\n\r\n(?:0123456789\r\n)*end of \1\r\n$")]
    private static partial Regex Id();
}
#endif
