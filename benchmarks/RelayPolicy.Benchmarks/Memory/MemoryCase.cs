using System.Runtime.CompilerServices;

namespace RelayPolicy.Benchmarks;

/// <summary>A structure whose memory is measured.</summary>
/// <param name="Set">What it holds, such as <c>IPv4 901899</c>.</param>
/// <param name="Structure">The structure or peer.</param>
/// <param name="Entries">How many entries it holds.</param>
/// <param name="Build">Makes it. Everything that stays alive because of the result counts, strings and addresses too; what the
/// function only looks at does not.</param>
internal sealed record MemoryCase(string Set, string Structure, int Entries, Func<object> Build)
{
    private const int Repetitions = 5;

    /// <summary>The bytes that the structure keeps alive: the median of several builds, each between two full collections.</summary>
    public long Measure()
    {
        MeasureOnce(); // whatever is set up once and for all
        var bytes = new long[Repetitions];
        for (int i = 0; i < Repetitions; i++) bytes[i] = MeasureOnce();
        Array.Sort(bytes);
        long median = bytes[Repetitions / 2];
        return median > 0 ? median : throw new InvalidOperationException($"{Structure} of {Set} seems to take {median} bytes, so the measurement is wrong.");
    }

    // A method of its own: code that is not optimised yet keeps what its variables hold alive until it returns, and the structure
    // before would count as memory that was there already.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long MeasureOnce()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        object structure = Build();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(structure);
        return after - before;
    }
}
