using System.Numerics;

namespace RelayPolicy;

/// <summary>Collects runs in ascending order; before the first one, no network holds the addresses.</summary>
internal sealed class RunListBuilder<TAddress>
    where TAddress : unmanaged, IBinaryInteger<TAddress>, IMinMaxValue<TAddress>
{
    private readonly List<TAddress> _first;
    private readonly List<int> _ids;

    public RunListBuilder(int capacity = 4)
    {
        _first = new List<TAddress>(capacity + 1) { TAddress.Zero };
        _ids = new List<int>(capacity + 1) { 0 };
    }

    /// <summary>From this address on the id holds. A run that begins at the same address as the one before takes its place.</summary>
    public void Append(TAddress first, int id)
    {
        if (_first[^1] == first) RemoveLast();
        if (_ids.Count > 0 && _ids[^1] == id) return;
        _first.Add(first);
        _ids.Add(id);
    }

    public RunList<TAddress> ToRunList() => new([.. _first], [.. _ids]);

    private void RemoveLast()
    {
        _first.RemoveAt(_first.Count - 1);
        _ids.RemoveAt(_ids.Count - 1);
    }
}
