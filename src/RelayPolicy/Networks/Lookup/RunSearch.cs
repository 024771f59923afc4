namespace RelayPolicy;

/// <summary>
/// Finds the run in which a key of at most 64 bits lies, and with it the value id. The keys of all runs ascend, and the first
/// is 0.
/// </summary>
internal abstract class RunSearch
{
    /// <summary>Bytes of the tables.</summary>
    public abstract long Bytes { get; }

    /// <summary>The id of the last run that begins at the key or before it.</summary>
    public abstract int Find(ulong key);

    /// <summary>The first key and the id of each run, in order. Neighbours may have the same id.</summary>
    public abstract IEnumerable<(ulong First, int Id)> Runs();
}
