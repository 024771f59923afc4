using System.Buffers;
using MimeKit;

namespace RelayPolicy.Messages;

/// <summary>
/// Takes the header off a message while its content streams by, up to a limit; nothing of the body is kept. Feed it every part of the
/// content; when the content is over, ask for the header.
/// </summary>
public sealed class HeaderReader
{
    /// <summary>The longest header in octets unless another limit is given: 128 KiB.</summary>
    public const int DefaultMaxOctets = 128 * 1024;

    private readonly int _maxOctets;
    private readonly ArrayBufferWriter<byte> _octets = new();
    private State _state;

    /// <summary>A reader for one message.</summary>
    /// <param name="maxOctets">The longest header in octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public HeaderReader(int maxOctets = DefaultMaxOctets)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxOctets);
        _maxOctets = maxOctets;
    }

    // The empty line is CR LF CR LF, or CR LF at the very beginning. Session content holds no bare CR or LF; from elsewhere, a bare LF ends a line too.
    private enum State
    {
        LineStart = 0,
        Text,
        LineStartCr,
        Complete,
        TooLarge,
    }

    /// <summary>Whether the empty line behind the header has come.</summary>
    public bool IsComplete => _state == State.Complete;

    /// <summary>Whether the header is longer than the limit.</summary>
    public bool IsTooLarge => _state == State.TooLarge;

    /// <summary>Takes the next part of the content.</summary>
    public void Write(in ReadOnlySequence<byte> content)
    {
        foreach (ReadOnlyMemory<byte> piece in content) Write(piece.Span);
    }

    /// <summary>Takes the next part of the content.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        int length = 0;
        while (length < content.Length && _state < State.Complete)
        {
            byte octet = content[length++];
            _state = octet switch
            {
                (byte)'\n' when _state is State.LineStart or State.LineStartCr => State.Complete,
                (byte)'\n' => State.LineStart,
                (byte)'\r' when _state == State.LineStart => State.LineStartCr,
                _ => State.Text,
            };
        }

        if (_octets.WrittenCount + length > _maxOctets) _state = State.TooLarge;
        else _octets.Write(content[..length]);
    }

    /// <summary>Parses the header with MimeKit. A message without an empty line is all header.</summary>
    /// <exception cref="InvalidOperationException">The header is too large.</exception>
    /// <exception cref="FormatException">It is no header.</exception>
    public HeaderList Parse()
    {
        if (IsTooLarge) throw new InvalidOperationException($"The header is larger than {_maxOctets} octets.");
        using var octets = new MemoryStream(_octets.WrittenSpan.ToArray());
        return HeaderList.Load(octets);
    }
}
