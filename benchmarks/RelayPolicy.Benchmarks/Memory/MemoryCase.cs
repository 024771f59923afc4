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
        Build(); // whatever is set up once and for all
        var bytes = new long[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            object structure = Build();
            bytes[i] = GC.GetTotalMemory(forceFullCollection: true) - before;
            GC.KeepAlive(structure);
        }

        Array.Sort(bytes);
        return bytes[Repetitions / 2];
    }
}
