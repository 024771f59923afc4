using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RelayPolicy;

/// <summary>
/// Reads names eight octets at a time, ASCII letters in lower case, without a copy: hashing, comparing and finding dots all work
/// on these words. A name is UTF-16 (<c>char</c>) or UTF-8 (<c>byte</c>); whatever is not ASCII becomes octets from 0x80 on, which
/// no stored name has.
/// </summary>
internal static class NameWords
{
    public const int Size = sizeof(ulong);

    private const ulong Every = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x80 * Every;
    private const ulong LowBits = 0x7f * Every;

    /// <summary>
    /// The last eight octets of <c>name[start..end]</c>, or all of them when there are fewer (then the rest of the word is zero).
    /// The first octet is the lowest.
    /// </summary>
    /// <param name="name">The whole name. Octets outside the part are read as well where that saves a loop.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where the part ends, after <paramref name="start"/>; a multiple of eight before the end of the name.</param>
    public static ulong Before<T>(ReadOnlySpan<T> name, int start, int end)
        where T : unmanaged, IBinaryInteger<T>
    {
        int count = end - start;
        if (count >= Size) return ToLower(Load(name, end - Size));
        int unused = 8 * (Size - count);
        if (end >= Size) return ToLower(Load(name, end - Size) >> unused);
        if (name.Length >= Size) return ToLower(Load(name, start) << unused >> unused);
        ulong word = 0;
        for (int i = end - 1; i >= start; i--) word = (word << 8) | byte.CreateSaturating(name[i]);
        return ToLower(word);
    }

    /// <summary>The place of the last dot of <c>name[..end]</c>, or -1.</summary>
    /// <param name="name">The whole name.</param>
    /// <param name="end">At most the length of the name.</param>
    public static int LastDot<T>(ReadOnlySpan<T> name, int end)
        where T : unmanaged, IBinaryInteger<T> => name[..end].LastIndexOf(T.CreateTruncating('.'));

    /// <summary>The place of the first dot, or -1.</summary>
    public static int FirstDot<T>(ReadOnlySpan<T> name)
        where T : unmanaged, IBinaryInteger<T> => name.IndexOf(T.CreateTruncating('.'));

    private static ulong Load<T>(ReadOnlySpan<T> name, int index)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(byte)) return BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.Cast<T, byte>(name)[index..]);
        Vector128<ushort> units = Vector128.Create(MemoryMarshal.Cast<T, ushort>(name)[index..]);
        Vector128<ushort> octets = Vector128.Min(units, Vector128.Create((ushort)0xff));
        ulong word = Vector128.Narrow(octets, octets).AsUInt64().ToScalar();
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    // Each octet by itself: adding to seven bits never carries into the next octet.
    private static ulong ToLower(ulong word)
    {
        ulong sevenBits = word & LowBits;
        ulong fromA = sevenBits + ((0x80 - 'A') * Every);
        ulong afterZ = sevenBits + ((0x80 - 'Z' - 1) * Every);
        return word | ((fromA & ~afterZ & ~word & HighBits) >> 2);
    }
}
