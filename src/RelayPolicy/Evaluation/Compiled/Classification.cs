using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelayPolicy;

/// <summary>The classes and facts of a request as far as they are known. <c>default</c> knows nothing.</summary>
internal struct Classification
{
    // So that neither a class nor what stands in place of one is stored as zero, which is "not asked".
    private const int Offset = 3;

    private Slots _classes;
    private ushort _askedFacts;
    private ushort _trueFacts;
    private ushort _unknownFacts;

    public readonly bool TryGetClass(int dimension, out int number)
    {
        number = _classes[dimension] - Offset;
        return number != -Offset;
    }

    public void SetClass(int dimension, int number) => _classes[dimension] = number + Offset;

    public readonly bool TryGetFact(Fact fact, out Kleene value)
    {
        int bit = 1 << (int)fact;
        value = (_unknownFacts & bit) != 0 ? Kleene.Unknown : Kleene.Of((_trueFacts & bit) != 0);
        return (_askedFacts & bit) != 0;
    }

    public void SetFact(Fact fact, Kleene value)
    {
        int bit = 1 << (int)fact;
        _askedFacts |= (ushort)bit;
        if (value.IsTrue) _trueFacts |= (ushort)bit;
        if (value.IsUnknown) _unknownFacts |= (ushort)bit;
    }

    /// <summary>Forgets a part.</summary>
    public void Forget(Mask mask)
    {
        for (int bits = mask.Dimensions; bits != 0; bits &= bits - 1) _classes[BitOperations.TrailingZeroCount(bits)] = 0;

        _askedFacts &= (ushort)~mask.Facts;
        _trueFacts &= (ushort)~mask.Facts;
        _unknownFacts &= (ushort)~mask.Facts;
    }

    /// <summary>A part of the dimensions and facts, number n as bit n.</summary>
    public readonly record struct Mask(int Dimensions, int Facts)
    {
        /// <summary>Those that rest on any of these.</summary>
        public static Mask Of(RelayFacts reads, ReadOnlySpan<Dimension> dimensions)
        {
            int bits = 0;
            for (int i = 0; i < dimensions.Length; i++)
            {
                if ((dimensions[i].Reads & reads) != 0) bits |= 1 << i;
            }

            return new Mask(bits, RelayPolicy.Facts.Reading(reads));
        }
    }

    [InlineArray(CompiledPolicy.MaxDimensions)]
    private struct Slots
    {
        private int _first;
    }
}
