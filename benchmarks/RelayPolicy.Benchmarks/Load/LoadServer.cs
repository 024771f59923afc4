using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;

namespace RelayPolicy.Benchmarks;

/// <summary>samples/RelayServer in a process and with a folder of its own. Both are gone when this is disposed of.</summary>
internal sealed class LoadServer : IDisposable
{
    private const string Announcement = "listening: ";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    // What ends this process without Dispose. The server must not stay behind.
    private static readonly PosixSignal[] Endings = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly Process _process;
    private readonly PosixSignalRegistration[] _signals;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly TaskCompletionSource<IPEndPoint> _endPoint = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoadServer()
    {
        DeleteFolder();
        Directory.CreateDirectory(Places.LoadFolder);
        string settings = Path.Combine(Places.LoadFolder, "relayserver.json");
        File.WriteAllText(settings, LoadSettings.Server);
        File.WriteAllText(Path.Combine(Places.LoadFolder, "policy.json"), LoadSettings.Policy);
        string program = Path.GetFullPath(typeof(LoadServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RelayServer").Value!);
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(host, [program, "--config", settings]) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.Exited += (_, _) => _endPoint.TrySetException(new LoadException("The server has ended before it listened."));
        _process.Start();
        _signals = [.. Endings.Select(signal => PosixSignalRegistration.Create(signal, _ => End()))];
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _endPoint.Task.Result;

    /// <summary>What it has written to its log, which holds warnings and errors only.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Whether it still runs. Its connections are gone a moment before it is.</summary>
    public bool IsRunning => !_process.WaitForExit(TimeSpan.FromMilliseconds(200));

    /// <summary>The bytes of its memory that are in RAM now.</summary>
    public long WorkingSet => Look(process => process.WorkingSet64);

    /// <summary>The time that processors have spent on it.</summary>
    public TimeSpan ProcessorTime => Look(process => process.TotalProcessorTime);

    /// <summary>Where it brings local mail.</summary>
    public static string Maildir => Path.Combine(Places.LoadFolder, "data", "maildir");

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <exception cref="LoadException">It does not start; what it said is in the message.</exception>
    public static LoadServer Start()
    {
        var server = new LoadServer();
        try
        {
            if (!server._endPoint.Task.Wait(StartTimeout)) throw new LoadException("The server does not listen.");
            return server;
        }
        catch (Exception exception) when (exception is AggregateException or LoadException)
        {
            server.Dispose();
            throw new LoadException($"{exception.GetBaseException().Message} It says: {string.Join(Environment.NewLine, server.Complaints)}");
        }
    }

    /// <summary>How many files it and this process may open, sockets included; a large number where that is not known.</summary>
    public int MaxOpenFiles => Math.Min(OpenFiles(_process.Id), OpenFiles(Environment.ProcessId));

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        End();
        _process.Dispose();
    }

    private T Look<T>(Func<Process, T> figure)
    {
        lock (_process)
        {
            try
            {
                _process.Refresh();
                return figure(_process);
            }
            catch (InvalidOperationException)
            {
                throw new LoadException("The memory of a process that has ended cannot be looked at.");
            }
        }
    }

    private void End()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit(); // until its output has been read, too
        DeleteFolder();
    }

    private void Read(string? line)
    {
        if (line is null || !line.StartsWith(Announcement, StringComparison.Ordinal)) return;
        _endPoint.TrySetResult(IPEndPoint.Parse(line[(line.LastIndexOf(' ') + 1)..]));
    }

    private void Complain(string? line)
    {
        if (!string.IsNullOrEmpty(line)) _complaints.Enqueue(line);
    }

    private static int OpenFiles(int process)
    {
        const string Limit = "Max open files";
        if (!OperatingSystem.IsLinux()) return int.MaxValue;
        string line = File.ReadLines($"/proc/{process}/limits").First(line => line.StartsWith(Limit, StringComparison.Ordinal));
        string soft = line[Limit.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? most : int.MaxValue;
    }

    private static void DeleteFolder()
    {
        if (Directory.Exists(Places.LoadFolder)) Directory.Delete(Places.LoadFolder, recursive: true);
    }
}

/// <summary>Something could not be measured.</summary>
internal sealed class LoadException(string message) : Exception(message);
