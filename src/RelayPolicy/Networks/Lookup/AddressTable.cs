using System.Net;

namespace RelayPolicy;

/// <summary>
/// Finds the value id of a client address, 0 if no network holds it. The form in which tables are asked: immutable, without
/// allocation, safe for any number of readers. IPv4 and IPv6 are two tables, never one.
/// </summary>
internal sealed class AddressTable(RunList<uint> ipv4, RunList<UInt128> ipv6)
{
    private readonly IPv4Search _ipv4 = new(ipv4);
    private readonly IPv6Search _ipv6 = new(ipv6);

    /// <summary>Bytes of the tables.</summary>
    public long Bytes => _ipv4.Bytes + _ipv6.Bytes;

    public RunList<uint> IPv4Runs() => _ipv4.ToRunList();

    public RunList<UInt128> IPv6Runs() => _ipv6.ToRunList();

    public int Find(IPAddress? address) => AddressKey.TryCreate(address, out AddressKey key) ? Find(key) : 0;

    /// <param name="address">Four bytes for IPv4 or sixteen for IPv6, in network order.</param>
    public int Find(ReadOnlySpan<byte> address) => AddressKey.TryCreate(address, out AddressKey key) ? Find(key) : 0;

    public int Find(AddressKey key) => key.IsIPv4 ? _ipv4.Find((uint)key.Bits) : _ipv6.Find(key.Bits);
}
