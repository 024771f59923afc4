using System.Numerics;
using System.Runtime.InteropServices;
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
    public ulong Of<T>(ReadOnlySpan<T> name, int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong hash = seed + (uint)(name.Length - start);
        for (int end = name.Length; end > start; end -= NameWords.Size) hash = Multiply(hash ^ NameWords.Before(name, start, end));
        return Multiply(hash);
    }

    // Both halves of the product are needed: the upper bits of a word do not reach the lower half, nor the lower bits the upper one.
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
