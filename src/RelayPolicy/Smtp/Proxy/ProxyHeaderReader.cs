using System.Buffers;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp.Proxy;

/// <summary>
/// Takes the header of the PROXY protocol, version 1 or 2, from the beginning of a connection, and not an octet more. The two are told apart
/// by their first octets; whatever begins otherwise is malformed at once.
/// </summary>
internal sealed class ProxyHeaderReader
{
    private byte[] _kept = new byte[128];
    private int _length;

    public ProxyHeaderStatus Read(ref ReadOnlySequence<byte> input, out ProxyHeader header)
    {
        header = default;
        while (!input.IsEmpty)
        {
            Octets.SkipEmptyPieces(ref input);
            if (_length == _kept.Length) Array.Resize(ref _kept, 2 * _kept.Length);
            _kept[_length++] = input.FirstSpan[0];
            input = input.Slice(1);
            ProxyHeaderStatus status = Look(_kept.AsSpan(0, _length), out header);
            if (status != ProxyHeaderStatus.Incomplete) return status;
        }

        return ProxyHeaderStatus.Incomplete;
    }

    private static ProxyHeaderStatus Look(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        if (BeginsLike(octets, ProxyHeaderV1.Signature)) return ProxyHeaderV1.Read(octets, out header);
        if (BeginsLike(octets, ProxyHeaderV2.Signature)) return ProxyHeaderV2.Read(octets, out header);
        return ProxyHeaderStatus.Malformed;
    }

    private static bool BeginsLike(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature)
    {
        int length = Math.Min(octets.Length, signature.Length);
        return octets[..length].SequenceEqual(signature[..length]);
    }
}
