namespace RelayPolicy.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class Allocations
{
    private const int MaxAttempts = 100;

    /// <summary>
    /// The bytes that a number of calls allocate on this thread: of several attempts the one that allocated least. The runtime itself
    /// allocates now and then until its code is optimised, which happens in the background; what the calls allocate is there every time.
    /// </summary>
    /// <param name="action">What is called.</param>
    /// <param name="calls">How many calls an attempt makes.</param>
    /// <param name="enough">An attempt that allocates no more than this ends the counting.</param>
    public static long Of(Action action, int calls = 1000, long enough = 0)
    {
        long least = long.MaxValue;
        for (int attempt = 0; least > enough && attempt < MaxAttempts; attempt++)
        {
            if (attempt > 0) Thread.Sleep(10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
