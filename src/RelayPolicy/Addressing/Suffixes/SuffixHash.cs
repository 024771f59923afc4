using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace RelayPolicy;

/// <summary>
/// A keyed hash of the end of a name, the same for UTF-16 and UTF-8 and for both cases of ASCII letters. The key is secret and
/// drawn once per process, so that nobody can prepare names that meet. It decides only where to look: what is found is compared.
/// </summary>
/// <param name="seed">Half of the key.</param>
/// <param name="multiplier">The other half; odd, or 0 for a hash of which all values are the same, which is for tests.</param>
internal readonly struct SuffixHash(ulong seed, ulong multiplier)
{
    /// <summary>The hash of this process.</summary>
    public static readonly SuffixHash OfProcess = Draw();

    /// <summary>The hash of <c>name[start..]</c>, 64 bits.</summary>
    /// <param name="name">The whole name.</param>
    /// <param name="start">Where the suffix begins.</param>
    /// <param name="last"><see cref="NameOctets.Last"/> of the name.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of<T>(ReadOnlySpan<T> name, int start, Vector128<byte> last)
        where T : unmanaged
    {
        int length = name.Length - start;
        ulong hash = Add(seed + (uint)length, NameOctets.Keep(last, Math.Min(length, NameOctets.Size)));

        // The front block overlaps the one behind it, so that it is whole.
        if (length > 2 * NameOctets.Size) hash = AddMiddle(hash, name[start..]);
        return length > NameOctets.Size ? Add(hash, NameOctets.From(name, start)) : hash;
    }

    private ulong AddMiddle<T>(ulong hash, ReadOnlySpan<T> name)
        where T : unmanaged
    {
        for (int end = name.Length - NameOctets.Size; end > NameOctets.Size; end -= NameOctets.Size) hash = Add(hash, NameOctets.From(name, end - NameOctets.Size));
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Add(ulong hash, Vector128<byte> block) =>
        Multiply(Multiply(hash ^ block.AsUInt64().ToScalar()) ^ block.AsUInt64().GetElement(1));

    // Both halves of the product are needed: the upper bits of a word do not reach the lower half, nor the lower bits the upper one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Multiply(ulong word)
    {
        ulong high = Math.BigMul(word, multiplier, out ulong low);
        return high ^ low;
    }

    private static SuffixHash Draw()
    {
        Span<ulong> key = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new SuffixHash(key[0], key[1] | 1);
    }
}
