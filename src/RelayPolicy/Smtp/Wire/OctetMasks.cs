using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RelayPolicy.Smtp.Wire;

/// <summary>Where in a block of 64 octets certain ones stand: bit 0 is the first octet.</summary>
internal static class OctetMasks
{
    public const int Block = 64;

    /// <summary>The places of CR, LF and dot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Find(ReadOnlySpan<byte> block, out ulong cr, out ulong lf, out ulong dot)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var octets = Vector512.Create(block);
            cr = Vector512.Equals(octets, Vector512.Create((byte)'\r')).ExtractMostSignificantBits();
            lf = Vector512.Equals(octets, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
            dot = Vector512.Equals(octets, Vector512.Create((byte)'.')).ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var low = Vector256.Create(block);
            var high = Vector256.Create(block[Vector256<byte>.Count..]);
            cr = Find(low, high, (byte)'\r');
            lf = Find(low, high, (byte)'\n');
            dot = Find(low, high, (byte)'.');
        }
        else
        {
            cr = Find(block, (byte)'\r');
            lf = Find(block, (byte)'\n');
            dot = Find(block, (byte)'.');
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(Vector256<byte> low, Vector256<byte> high, byte octet) =>
        Vector256.Equals(low, Vector256.Create(octet)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(high, Vector256.Create(octet)).ExtractMostSignificantBits() << Vector256<byte>.Count);

    private static ulong Find(ReadOnlySpan<byte> block, byte octet)
    {
        ulong mask = 0;
        for (int i = 0; i < Block; i += Vector128<byte>.Count)
        {
            mask |= (ulong)Vector128.Equals(Vector128.Create(block[i..]), Vector128.Create(octet)).ExtractMostSignificantBits() << i;
        }

        return mask;
    }
}
