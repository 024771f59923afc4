namespace RelayPolicy.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class Allocations
{
    /// <summary>The bytes that a thousand calls allocate on this thread, after the first ones.</summary>
    public static long Of(Action action)
    {
        for (int i = 0; i < 100; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
