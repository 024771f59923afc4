namespace RelayPolicy;

/// <summary>
/// A block of addresses of one family, both ends included. Blocks are in order by their first address, and of those that
/// begin together the widest comes first, so that a network comes before the networks inside it.
/// </summary>
/// <typeparam name="TAddress">The address as a number: <see cref="uint"/> for IPv4, <see cref="UInt128"/> for IPv6.</typeparam>
internal readonly record struct AddressBlock<TAddress>(TAddress First, TAddress Last) : IComparable<AddressBlock<TAddress>>
    where TAddress : unmanaged, IComparable<TAddress>
{
    public int CompareTo(AddressBlock<TAddress> other)
    {
        int order = First.CompareTo(other.First);
        return order != 0 ? order : other.Last.CompareTo(Last);
    }
}
