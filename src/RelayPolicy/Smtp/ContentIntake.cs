using System.Buffers;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <summary>Reads the content of one message, by DATA or in chunks, keeps its limit, and holds nothing of it.</summary>
internal sealed class ContentIntake
{
    private static readonly ReadOnlySequence<byte> LineEnd = new("\r\n"u8.ToArray());

    private readonly long _maxSize;
    private readonly bool _isChunked;
    private ContentScanner _scanner;
    private bool _owesLineEnd;
    private long _rest;
    private bool _isLast;
    private IntakeResult? _pending;

    private ContentIntake(ContentScanner scanner, bool isChunked, SmtpSessionOptions options)
    {
        _scanner = scanner;
        _isChunked = isChunked;
        _maxSize = options.Limits.MaxMessageSize ?? long.MaxValue;
    }

    /// <summary>The octets of content so far, as the host gets them.</summary>
    public long Size { get; private set; }

    /// <summary>Whether the host has been given any.</summary>
    public bool HasGivenContent { get; private set; }

    /// <summary>Whether the message is over its limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The octets of the chunk that is being read.</summary>
    public long ChunkOctets { get; private set; }

    public static ContentIntake ForData(SmtpSessionOptions options) => new(ContentScanner.ForData(options.NormalizesBareLineFeeds), isChunked: false, options);

    public static ContentIntake ForChunks(SmtpSessionOptions options) => new(ContentScanner.ForChunks(options.NormalizesBareLineFeeds), isChunked: true, options);

    /// <summary>Begins a chunk.</summary>
    public void BeginChunk(long size, bool isLast)
    {
        ChunkOctets = _rest = size;
        _isLast = isLast;
    }

    /// <summary>Reads on, up to the next thing that is to be done.</summary>
    /// <param name="input">The input, which is moved behind what was read.</param>
    /// <param name="content">The content for the host, if that is the result.</param>
    public IntakeResult Read(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> content)
    {
        content = default;
        while (_pending is null)
        {
            bool needsInput = !TakeRun(ref input, out content);
            Size += content.Length;
            if (Size > _maxSize && !IsTooLarge)
            {
                IsTooLarge = true;
                if (HasGivenContent) return IntakeResult.TooLarge;
            }

            if (!IsTooLarge && !content.IsEmpty)
            {
                HasGivenContent = true;
                return IntakeResult.Content;
            }

            if (needsInput) return IntakeResult.NeedsInput;
        }

        IntakeResult result = _pending.Value;
        _pending = null;
        return result;
    }

    // False when the input is used up and nothing has ended.
    private bool TakeRun(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> run)
    {
        run = LineEnd;
        if (_owesLineEnd)
        {
            _owesLineEnd = false;
            return true;
        }

        ContentEnd end = _isChunked ? TakeOfChunk(ref input, out run) : _scanner.Take(ref input, out run);
        _owesLineEnd = end == ContentEnd.LineFeed;
        _pending = end switch
        {
            ContentEnd.Content => IntakeResult.MessageEnd,
            ContentEnd.BareLineEnd => IntakeResult.BareLineEnd,
            ContentEnd.Input when _isChunked && _rest == 0 => EndOfChunk(),
            _ => null,
        };
        return end != ContentEnd.Input || _pending is not null;
    }

    private ContentEnd TakeOfChunk(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> run)
    {
        ReadOnlySequence<byte> chunk = input.Length > _rest ? input.Slice(0, _rest) : input;
        long before = chunk.Length;
        ContentEnd end = _scanner.Take(ref chunk, out run);
        long taken = before - chunk.Length;
        _rest -= taken;
        input = input.Slice(taken);
        return end;
    }

    private IntakeResult EndOfChunk()
    {
        if (!_isLast) return IntakeResult.ChunkEnd;
        return _scanner.EndsInCr ? IntakeResult.BareLineEnd : IntakeResult.MessageEnd;
    }
}
