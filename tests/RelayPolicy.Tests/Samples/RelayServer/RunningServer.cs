#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests.Samples;

/// <summary>samples/RelayServer as a process of its own, with settings in a folder of its own, on free ports.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string HostName = "relay.example.com";
    public const string User = "alice";
    public const string Password = "wonderland";

    /// <summary>Local mail for all; users and 127.0.0.2 relay.</summary>
    public const string Policy =
        """
        {
          "LocalDomains": ["example.com"],
          "Limits": { "MaxSessionSize": "Unlimited", "MaxRecipients": 1000 },
          "Rules": [
            { "Name": "users", "Stage": "Recipient", "Action": "Accept", "When": { "Identity.IsAuthenticated": true } },
            { "Name": "office", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": ["127.0.0.2", "192.0.2.0/24"] } },
            { "Name": "local", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } }
          ]
        }
        """;

    private static readonly string Verifier = ScramVerifier.Create(Password).ToString();

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Dictionary<string, IPEndPoint> _places = [];
    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningServer(ServerFolder folder, Process process) => (Folder, _process) = (folder, process);

    public ServerFolder Folder { get; }

    public IReadOnlyCollection<string> Output => _output;

    /// <summary>What it has logged, on standard error.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int ProcessId => _process.Id;

    /// <summary>Where the plain listener listens.</summary>
    public IPEndPoint Smtp => _places["smtp"];

    /// <summary>Where users authenticate.</summary>
    public IPEndPoint Submission => _places["submission"];

    /// <summary>Starts a server in the folder, and waits until it listens.</summary>
    public static Task<RunningServer> StartAsync(ServerFolder folder, params string[] args) =>
        StartAsync(folder, SampleProgram.RelayServer.Start([], ["--config", folder.PathOf("relayserver.json"), .. args]));

    /// <summary>Starts a server with variables of its environment.</summary>
    public static Task<RunningServer> StartAsync(ServerFolder folder, Dictionary<string, string> environment) =>
        StartAsync(folder, SampleProgram.RelayServer.Start(environment, "--config", folder.PathOf("relayserver.json")));

    /// <summary>Starts a server that may have so many handles.</summary>
    public static Task<RunningServer> StartWithHandlesAsync(ServerFolder folder, int handles) =>
        StartAsync(folder, SampleProgram.RelayServer.StartWithHandles(handles, "--config", folder.PathOf("relayserver.json")));

    private static async Task<RunningServer> StartAsync(ServerFolder folder, Process process)
    {
        process.StandardInput.Close();
        var server = new RunningServer(folder, process);
        process.ErrorDataReceived += (_, line) => Keep(server._log, line.Data);
        process.OutputDataReceived += (_, line) => server.Heard(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            await server._listens.Task.WaitAsync(TestContext.Current.CancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings of most tests.</summary>
    public static JsonObject Settings() => new()
    {
        ["RelayPolicy"] = new JsonObject { ["PolicyFile"] = "policy.json", ["WatchInterval"] = "00:00:00.100" },
        ["Server"] = new JsonObject
        {
            ["HostName"] = HostName,
            ["SmtpUtf8"] = true,
            ["Certificate"] = new JsonObject { ["File"] = "" },
            ["Listeners"] = new JsonArray(
                new JsonObject { ["Name"] = "smtp", ["Address"] = "127.0.0.1:0" },
                new JsonObject { ["Name"] = "submission", ["Address"] = "127.0.0.1:0", ["StartTls"] = true, ["Auth"] = true }),
            ["Users"] = new JsonObject { [User] = new JsonObject { ["Verifier"] = Verifier } },
        },
    };

    /// <summary>Ends it as the power does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as systemd does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has logged this.</summary>
    /// <exception cref="TimeoutException">It has not in two minutes, which is no measure but keeps a broken server from holding the tests.</exception>
    public async Task LoggedAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!_log.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Not logged: {text}. It has logged: {string.Join(" | ", _log)}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }

    private void Heard(string? line)
    {
        if (line is null) _listens.TrySetException(new InvalidOperationException($"The server has ended: {string.Join(" | ", _log)}"));
        Keep(_output, line);
        if (line?.Split(' ') is ["listening:", var name, var place]) _places[name] = IPEndPoint.Parse(place);
        if (_places.Count == Folder.Listeners) _listens.TrySetResult();
    }
}
#endif
