namespace RelayPolicy;

/// <summary>Gives equal values one id, counted from 1: 0 stands for no value.</summary>
internal sealed class ValueIds<T>
{
    private readonly Dictionary<Key, int> _ids = [];
    private readonly List<T> _values = [];

    // A dictionary takes no null as its key.
    private readonly record struct Key(T Value);

    public int IdOf(T value)
    {
        if (_ids.TryGetValue(new Key(value), out int id)) return id;
        _values.Add(value);
        _ids.Add(new Key(value), _values.Count);
        return _values.Count;
    }

    /// <summary>The values; that of an id stands at the id less one.</summary>
    public T[] ToArray() => [.. _values];
}
