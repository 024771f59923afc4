using System.Threading.Channels;

namespace RelayPolicy.Tests;

/// <summary>One end of a connection in memory.</summary>
internal sealed class DuplexPipe : Stream
{
    private readonly ChannelReader<byte[]> _from;
    private readonly ChannelWriter<byte[]> _to;
    private ReadOnlyMemory<byte> _rest;

    private DuplexPipe(ChannelReader<byte[]> from, ChannelWriter<byte[]> to) => (_from, _to) = (from, to);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (DuplexPipe Client, DuplexPipe Server) Create()
    {
        (Channel<byte[]> up, Channel<byte[]> down) = (Channel.CreateUnbounded<byte[]>(), Channel.CreateUnbounded<byte[]>());
        return (new DuplexPipe(down.Reader, up.Writer), new DuplexPipe(up.Reader, down.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && (!await _from.WaitToReadAsync(cancellationToken) || !_from.TryRead(out byte[]? next) || (_rest = next).IsEmpty)) return 0;
        int length = Math.Min(buffer.Length, _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? default : _to.WriteAsync(buffer.ToArray(), cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _to.TryComplete();
        base.Dispose(disposing);
    }
}
