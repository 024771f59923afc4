using System.Diagnostics;

namespace RelayPolicy.Benchmarks;

/// <summary>Does the same thing over and over, on a thread of its own.</summary>
internal abstract class LoadWorker
{
    /// <summary>Does it once.</summary>
    /// <returns>How many times it counts.</returns>
    public abstract int Step();

    /// <summary>Works for some time.</summary>
    /// <param name="watch">The watch of all who work at once.</param>
    /// <param name="time">When to end.</param>
    /// <returns>How much was done.</returns>
    public long Run(Stopwatch watch, TimeSpan time)
    {
        long count = 0;
        while (watch.Elapsed < time) count += Step();
        return count;
    }
}

/// <summary>Workers that work at once.</summary>
internal sealed class Workers(int count, Func<LoadWorker> create) : IDisposable
{
    public IReadOnlyList<LoadWorker> All { get; } = [.. Enumerable.Range(0, count).Select(_ => create())];

    /// <summary>Lets them work for some time.</summary>
    /// <returns>What they have done in a second, all together.</returns>
    /// <exception cref="AggregateException">One of them could not go on.</exception>
    public double PerSecond(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        Task<long>[] runs = [.. All.Select(worker => Task.Factory.StartNew(() => worker.Run(watch, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(runs);
        return runs.Sum(run => run.Result) / watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (IDisposable worker in All.OfType<IDisposable>()) worker.Dispose();
    }
}
