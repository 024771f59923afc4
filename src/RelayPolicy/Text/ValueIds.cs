namespace RelayPolicy;

/// <summary>Gives equal values one id, counted from 1: 0 stands for no value.</summary>
internal sealed class ValueIds<T>
{
    // Keys are tuples, because a value may be null and a key may not.
    private readonly Dictionary<ValueTuple<T>, int> _ids = [];
    private readonly List<T> _values = [];

    public int IdOf(T value)
    {
        if (_ids.TryGetValue(new(value), out int id)) return id;
        _values.Add(value);
        _ids.Add(new(value), _values.Count);
        return _values.Count;
    }

    /// <summary>The values; that of an id stands at the id less one.</summary>
    public T[] ToArray() => [.. _values];
}
