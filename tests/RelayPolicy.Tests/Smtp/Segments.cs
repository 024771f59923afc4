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

    public static ReadOnlySequence<byte> Of(byte[] octets, int piece)
    {
        if (octets.Length == 0) return default;
        Segments? first = null;
        Segments? last = null;
        for (int i = 0; i < octets.Length; i += piece)
        {
            var next = new Segments(octets.AsMemory(i, Math.Min(piece, octets.Length - i)), i);
            if (last is not null) last.Next = next;
            first ??= next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }
}
