using System.Globalization;
using System.Text;

namespace RelayPolicy.Tests;

/// <summary>ASCII text made on the fly: a beginning, then a piece again and again with its number for <c>{0}</c>, then an end, if it ever comes.</summary>
internal sealed class EndlessStream(string begin, string piece, long length = long.MaxValue, string end = "") : Stream
{
    private const int Batch = 256;

    private readonly CompositeFormat _piece = CompositeFormat.Parse(piece);
    private byte[] _bytes = Encoding.ASCII.GetBytes(begin);
    private int _start;
    private long _made;
    private int _number;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_start == _bytes.Length && !_ended) Make();
        int read = Math.Min(count, _bytes.Length - _start);
        _bytes.AsSpan(_start, read).CopyTo(buffer.AsSpan(offset));
        _start += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Make()
    {
        _ended = _made >= length;
        var text = new StringBuilder(_ended ? end : "");
        for (int i = 0; i < Batch && !_ended; i++) text.AppendFormat(CultureInfo.InvariantCulture, _piece, _number++);
        _bytes = Encoding.ASCII.GetBytes(text.ToString());
        _made += _bytes.Length;
        _start = 0;
    }
}
