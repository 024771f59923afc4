namespace RelayPolicy;

/// <summary>A column of value ids, in one, two or four bytes each as the largest of them needs.</summary>
internal sealed class IdColumn
{
    private readonly byte[]? _narrow;
    private readonly ushort[]? _middle;
    private readonly int[]? _wide;

    public IdColumn(ReadOnlySpan<int> ids)
    {
        int largest = 0;
        foreach (int id in ids) largest = Math.Max(largest, id);
        if (largest <= byte.MaxValue) _narrow = Copy<byte>(ids);
        else if (largest <= ushort.MaxValue) _middle = Copy<ushort>(ids);
        else _wide = ids.ToArray();
    }

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => (_narrow?.Length ?? 0) + (sizeof(ushort) * (long)(_middle?.Length ?? 0)) + (sizeof(int) * (long)(_wide?.Length ?? 0));

    public int this[int position] => _narrow is not null ? _narrow[position] : _middle is not null ? _middle[position] : _wide![position];

    private static TId[] Copy<TId>(ReadOnlySpan<int> ids)
        where TId : System.Numerics.INumberBase<TId>
    {
        var copy = new TId[ids.Length];
        for (int i = 0; i < copy.Length; i++) copy[i] = TId.CreateTruncating(ids[i]);
        return copy;
    }
}
