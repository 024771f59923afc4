using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RelayPolicy;

/// <summary>
/// Reads names sixteen octets at a time into a register, ASCII letters in lower case: hashing, comparing and finding dots all work
/// on these blocks, and nothing is copied. A name is UTF-16 (<c>char</c>) or UTF-8 (<c>byte</c>); whatever is not ASCII becomes
/// octets from 0x80 on, which no stored name has.
/// </summary>
internal static class NameOctets
{
    /// <summary>Octets of a block.</summary>
    public const int Size = 16;

    private const int Half = Size / 2;

    private static Vector128<byte> Places => Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>The block that begins at an index; the name has so many octets from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> From<T>(ReadOnlySpan<T> name, int index)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) return ToLower(Vector128.Create(MemoryMarshal.Cast<T, byte>(name.Slice(index, Size))));
        ReadOnlySpan<ushort> units = MemoryMarshal.Cast<T, ushort>(name.Slice(index, Size));
        return ToLower(Vector128.Narrow(Saturate(Vector128.Create(units)), Saturate(Vector128.Create(units[Half..]))));
    }

    /// <summary>The block at the end of a name; a shorter name ends it and zeros come before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Last<T>(ReadOnlySpan<T> name)
        where T : unmanaged
    {
        if (name.Length >= Size) return From(name, name.Length - Size);
        if (name.Length < Half) return ToLower(Block(0, Few(name)));

        // Both halves overlap where the name is shorter than both. Shifted in two steps, because a shift by 64 would be one by 0.
        ulong front = HalfFrom(name, 0) << (8 * (Size - 1 - name.Length)) << 8;
        return ToLower(Block(front, HalfFrom(name, name.Length - Half)));
    }

    /// <summary>The last octets of a block, with zeros instead of the others.</summary>
    /// <param name="block">The block.</param>
    /// <param name="count">How many, 0 to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Keep(Vector128<byte> block, int count) =>
        block & Vector128.GreaterThanOrEqual(Places, Vector128.Create((byte)(Size - count)));

    /// <summary>One bit for each octet of a block that is a dot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Dots(Vector128<byte> block) => Vector128.Equals(block, Vector128.Create((byte)'.')).ExtractMostSignificantBits();

    /// <summary>The place of the last dot, or -1.</summary>
    public static int LastDot<T>(ReadOnlySpan<T> name)
        where T : unmanaged => typeof(T) == typeof(byte)
            ? MemoryMarshal.Cast<T, byte>(name).LastIndexOf((byte)'.')
            : MemoryMarshal.Cast<T, char>(name).LastIndexOf('.');

    /// <summary>The place of the first dot, or -1.</summary>
    public static int FirstDot<T>(ReadOnlySpan<T> name)
        where T : unmanaged => typeof(T) == typeof(byte)
            ? MemoryMarshal.Cast<T, byte>(name).IndexOf((byte)'.')
            : MemoryMarshal.Cast<T, char>(name).IndexOf('.');

    /// <summary>The unit at an index.</summary>
    public static char At<T>(ReadOnlySpan<T> name, int index)
        where T : unmanaged => typeof(T) == typeof(byte) ? (char)MemoryMarshal.Cast<T, byte>(name)[index] : MemoryMarshal.Cast<T, char>(name)[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HalfFrom<T>(ReadOnlySpan<T> name, int index)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) return BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.Cast<T, byte>(name.Slice(index, Half)));
        Vector128<ushort> units = Saturate(Vector128.Create(MemoryMarshal.Cast<T, ushort>(name.Slice(index, Half))));
        return FirstIsLowest(Vector128.Narrow(units, units).AsUInt64().ToScalar());
    }

    // Halves are numbers whose lowest octet is the first one, on every machine.
    private static Vector128<byte> Block(ulong front, ulong back) => Vector128.Create(FirstIsLowest(front), FirstIsLowest(back)).AsByte();

    private static ulong FirstIsLowest(ulong half) => BitConverter.IsLittleEndian ? half : BinaryPrimitives.ReverseEndianness(half);

    private static ulong Few<T>(ReadOnlySpan<T> name)
        where T : unmanaged
    {
        ulong word = 0;
        for (int i = name.Length - 1; i >= 0; i--) word = (word << 8) | Math.Min(At(name, i), (char)byte.MaxValue);
        return name.IsEmpty ? 0 : word << (8 * (Half - name.Length)); // a shift by 64 would be one by 0
    }

    private static Vector128<ushort> Saturate(Vector128<ushort> units) => Vector128.Min(units, Vector128.Create((ushort)byte.MaxValue));

    private static Vector128<byte> ToLower(Vector128<byte> block)
    {
        Vector128<byte> fromA = block - Vector128.Create((byte)'A');
        return block | (Vector128.LessThan(fromA, Vector128.Create((byte)26)) & Vector128.Create((byte)0x20));
    }
}
