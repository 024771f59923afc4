using System.Diagnostics;

namespace RelayPolicy.Benchmarks;

/// <summary>Looks at the memory of a server ten times a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<(TimeSpan At, long Bytes)> _samples = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    public MemoryWatch(LoadServer server)
    {
        var watch = Stopwatch.StartNew();
        _watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        void Watch()
        {
            do _samples.Add((watch.Elapsed, server.WorkingSet));
            while (!_end.Token.WaitHandle.WaitOne(Interval));
        }
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>The most before an instant, and the most from it on.</returns>
    public (long Before, long After) PeaksAround(TimeSpan instant)
    {
        _end.Cancel();
        _watching.Wait();
        return (_samples.Where(sample => sample.At < instant).Max(sample => sample.Bytes), _samples.Where(sample => sample.At >= instant).Max(sample => sample.Bytes));
    }

    public void Dispose()
    {
        _end.Cancel();
        _watching.Wait();
        _end.Dispose();
    }
}
