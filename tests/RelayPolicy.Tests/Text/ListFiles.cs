using System.IO.Compression;
using System.Text;

namespace RelayPolicy.Tests;

/// <summary>List files as streams of several kinds.</summary>
internal static class ListFiles
{
    public static MemoryStream Plain(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Pack(string text, CompressionLevel level = CompressionLevel.Optimal)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    public static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    public static IReadOnlyList<LineError> NetworkErrors(string text, ListOptions? options = null) => NetworkErrors(Plain(text), options);

    public static IReadOnlyList<LineError> NetworkErrors(Stream stream, ListOptions? options = null)
    {
        Assert.Equal(NetworkList.TryRead(stream, out NetworkSet? set, out IReadOnlyList<LineError> errors, options), errors.Count == 0);
        Assert.Equal(errors.Count == 0, set is not null);
        return errors;
    }

    public static IReadOnlyList<LineError> NetworkTableErrors(string text, ListOptions? options = null)
    {
        Assert.Equal(NetworkList.TryReadTable(Plain(text), value => value, out PrefixTable<string>? table, out IReadOnlyList<LineError> errors, options), errors.Count == 0);
        Assert.Equal(errors.Count == 0, table is not null);
        return errors;
    }

    public static IReadOnlyList<LineError> DomainErrors(string text, ListOptions? options = null)
    {
        Assert.Equal(DomainList.TryRead(Plain(text), out DomainSet? set, out IReadOnlyList<LineError> errors, options), errors.Count == 0);
        Assert.Equal(errors.Count == 0, set is not null);
        return errors;
    }

    public static IReadOnlyList<LineError> DomainTableErrors(string text, ListOptions? options = null)
    {
        Assert.Equal(DomainList.TryReadTable(Plain(text), value => value, out DomainTable<string>? table, out IReadOnlyList<LineError> errors, options), errors.Count == 0);
        Assert.Equal(errors.Count == 0, table is not null);
        return errors;
    }
}

/// <summary>A stream that only reads, and gives at most so many bytes at a time, as sockets may do.</summary>
internal class TricklingStream(ReadOnlyMemory<byte> bytes, int step = 1) : Stream
{
    private ReadOnlyMemory<byte> _rest = bytes;

    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(Math.Min(step, count), _rest.Length);
        _rest[..taken].CopyTo(buffer.AsMemory(offset));
        _rest = _rest[taken..];
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}

/// <summary>A stream of one byte, so many times over, which never exists as a whole.</summary>
internal sealed class RepeatingStream(byte value, long length) : TricklingStream(ReadOnlyMemory<byte>.Empty)
{
    private long _rest = length;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int taken = (int)Math.Min(buffer.Length, _rest);
        buffer[..taken].Fill(value);
        _rest -= taken;
        return taken;
    }
}
