using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>What is measured of the server, each part on a server of its own.</summary>
/// <param name="time">How long a rate is measured.</param>
/// <param name="idle">How many connections do nothing.</param>
internal sealed class LoadCases(TimeSpan time, int idle)
{
    private const int Many = 10;
    private const int WarmUpConnections = 100;

    // What a process opens beside sockets to the other one.
    private const int OtherFiles = 500;

    /// <summary>What a result is made of.</summary>
    public static readonly LoadCases Full = new(TimeSpan.FromSeconds(10), idle: 10_000);

    /// <summary>What shows in a few seconds that everything works.</summary>
    public static readonly LoadCases Smoke = new(TimeSpan.FromSeconds(0.5), idle: 200);

    // A third for what is not in the result: for the warm-up, for each baseline, and until the memory is looked at.
    private readonly TimeSpan _short = time / 3;

    /// <summary>The parts.</summary>
    public IEnumerable<Func<LoadServer, IEnumerable<LoadRow>>> Parts => [RefusedRecipients, Messages, IdleMemory];

    /// <summary>The memory of connections that do nothing.</summary>
    private IEnumerable<LoadRow> IdleMemory(LoadServer server)
    {
        Thread.Sleep(_short);
        long start = server.WorkingSet;
        yield return LoadRow.OfMemory("memory, before the first connection", 0, start);
        using (var first = new IdleConnections(server.EndPoint, WarmUpConnections)) first.Check();
        Thread.Sleep(_short);
        long before = server.WorkingSet;
        yield return LoadRow.OfMemory($"memory, when {WarmUpConnections} have come and gone", 0, before, start, "before the first connection");
        int count = Math.Min(idle, server.MaxOpenFiles - OtherFiles);
        if (count < WarmUpConnections) throw new LoadException($"A process may open {server.MaxOpenFiles} files here, which is too few.");
        string fewer = count < idle ? string.Create(CultureInfo.InvariantCulture, $"; **fewer than {idle:#,##0}**, as a process may open {server.MaxOpenFiles} files here") : "";
        foreach (string what in (string[])["memory, idle after EHLO", "memory, the same once more, on new connections"])
        {
            using var connections = new IdleConnections(server.EndPoint, count);
            Thread.Sleep(_short);
            long bytes = server.WorkingSet;
            connections.Check();
            yield return LoadRow.OfMemory(what, count, bytes, before, string.Create(CultureInfo.InvariantCulture, $"when {WarmUpConnections} have come and gone: {(bytes - before) / count:#,##0} bytes more for each connection{fewer}"));
        }
    }

    /// <summary>Recipients that are refused, and the memory meanwhile.</summary>
    private IEnumerable<LoadRow> RefusedRecipients(LoadServer server)
    {
        const string Alone = "the session alone, on one thread of this process";
        using var evaluation = new Workers(1, () => new EvaluationFlood());
        using var alone = new Workers(1, () => new SessionFlood());
        evaluation.PerSecond(_short);
        alone.PerSecond(_short);
        double evaluations = evaluation.PerSecond(_short);
        double sessionBefore = alone.PerSecond(_short);
        using (var warmUp = new Workers(Many, () => new RefusedFlood(server.EndPoint))) warmUp.PerSecond(_short);
        double one, connected, many;
        TimeSpan work;
        using (var flood = new Workers(1, () => new RefusedFlood(server.EndPoint)))
        {
            one = flood.PerSecond(time);
            connected = flood.All.Cast<RefusedFlood>().Sum(worker => worker.PerSecondOnceConnected);
        }

        long before = server.WorkingSet;
        (long Before, long After) peaks;
        using (var memory = new MemoryWatch(server))
        using (var flood = new Workers(Many, () => new RefusedFlood(server.EndPoint)))
        {
            TimeSpan earlier = server.ProcessorTime;
            many = flood.PerSecond(2 * time);
            work = server.ProcessorTime - earlier;
            peaks = memory.PeaksAround(time);
        }

        double session = (sessionBefore + alone.PerSecond(_short)) / 2;
        yield return LoadRow.OfRate("refused RCPTs, with a new connection after every 100", 1, one, session, Alone);
        yield return LoadRow.OfRate("refused RCPTs, with a new connection after every 100", Many, many, session, Alone);
        yield return LoadRow.OfRate("refused RCPTs, the time to connect left out", 1, connected, session, Alone);
        yield return LoadRow.OfTime("processor time of the server for each of them", Many, work.TotalMicroseconds / (many * 2 * time.TotalSeconds), 1e6 / session, Alone);
        yield return LoadRow.OfRate("the session alone", 0, session, evaluations, "RelayRuleSet.Evaluate alone");
        yield return LoadRow.OfMemory($"most memory in the first {time.TotalSeconds:0.#} s of that flood", Many, peaks.Before, before, "before it");
        yield return LoadRow.OfMemory($"most memory in the next {time.TotalSeconds:0.#} s", Many, peaks.After, peaks.Before, $"the first {time.TotalSeconds:0.#} s");
    }

    /// <summary>Messages into the Maildir.</summary>
    private IEnumerable<LoadRow> Messages(LoadServer server)
    {
        int taken = 0;
        Send(Many, _short);
        int length = (int)new FileInfo(Directory.EnumerateFiles(Path.Combine(LoadServer.Maildir, "new")).First()).Length;
        foreach (int connections in (int[])[1, Many])
        {
            double before = Plain(connections);
            double rate = Send(connections, time);
            double baseline = (before + Plain(connections)) / 2;
            yield return LoadRow.OfRate(
                string.Create(CultureInfo.InvariantCulture, $"messages of {MessageSender.Size:#,##0} octets, safe on the disk"), connections, rate, baseline,
                string.Create(CultureInfo.InvariantCulture, $"write, flush, rename and flush the folder for {length:#,##0} octets, on {connections} thread{(connections == 1 ? "" : "s")}"));
        }

        int found = Directory.EnumerateFiles(Path.Combine(LoadServer.Maildir, "new")).Count(file => !Path.GetFileName(file).StartsWith(PlainFiles.Prefix, StringComparison.Ordinal));
        if (found != taken) throw new LoadException($"The server has taken {taken} messages, and {found} are in its Maildir.");

        double Send(int connections, TimeSpan duration)
        {
            using var senders = new Workers(connections, () => new MessageSender(server.EndPoint));
            double rate = senders.PerSecond(duration);
            taken += senders.All.Cast<MessageSender>().Sum(sender => sender.Taken);
            return rate;
        }

        double Plain(int threads)
        {
            using var writers = new Workers(threads, () => new PlainFiles(LoadServer.Maildir, length));
            return writers.PerSecond(_short);
        }
    }
}
