using System.Buffers;

namespace RelayPolicy.Smtp.Wire;

/// <summary>What a <see cref="ReadOnlySequence{T}"/> does not do itself.</summary>
internal static class Octets
{
    /// <summary>Moves the sequence behind empty pieces at its front, so that its first span has octets if it has any.</summary>
    public static void SkipEmptyPieces(ref ReadOnlySequence<byte> sequence)
    {
        while (sequence.FirstSpan.IsEmpty && !sequence.IsEmpty)
        {
            SequencePosition next = sequence.Start;
            sequence.TryGet(ref next, out _);
            sequence = sequence.Slice(next);
        }
    }
}
