using System.Buffers;

namespace RelayPolicy.Tests;

/// <summary>A sequence in several pieces, as it comes out of a pipe.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    /// <param name="octets">The octets.</param>
    /// <param name="piece">How many of them are in a piece.</param>
    /// <param name="hasEmptyPieces">Whether an empty piece stands before each.</param>
    public static ReadOnlySequence<byte> Of(byte[] octets, int piece, bool hasEmptyPieces = false)
    {
        if (octets.Length == 0) return default;
        Segments? first = null;
        Segments? last = null;
        for (int i = 0; i < octets.Length; i += piece)
        {
            if (hasEmptyPieces) Append(new Segments(ReadOnlyMemory<byte>.Empty, i));
            Append(new Segments(octets.AsMemory(i, Math.Min(piece, octets.Length - i)), i));
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);

        void Append(Segments next)
        {
            if (last is not null) last.Next = next;
            first ??= next;
            last = next;
        }
    }
}
