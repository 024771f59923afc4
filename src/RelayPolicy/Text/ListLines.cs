using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RelayPolicy;

/// <summary>
/// The lines of a list file: UTF-8 with or without a byte order mark, ended by LF or CR LF, plain or packed with gzip. Its memory is
/// bounded by <see cref="ListOptions.MaxLineLength"/>, whatever the stream holds. Lines that are no text are reported and passed over.
/// </summary>
internal sealed class ListLines(Stream stream, ListOptions options, ListErrors errors) : IDisposable
{
    private const int ChunkSize = 1 << 14;
    private const int MaxBytesPerCharacter = 3; // of UTF-8 for one UTF-16 code unit (RFC 3629 §3: 4 for two of them)
    private const int LongestMark = 4;
    private const int ShownBytes = 256;

    // What changes the direction of text (UAX #9 §2) makes a line look like another one.
    private const string BidiControls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    // TAB is white space; LINE and PARAGRAPH SEPARATOR would look like the end of a line to whoever reads the list.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(c => char.IsControl(c) && c != '\t'), '\u2028', '\u2029', .. BidiControls]);

    private readonly int _maxBytes = options.MaxLineLength * MaxBytesPerCharacter;
    private readonly char[] _text = new char[options.MaxLineLength];
    private int _length;

    // What is read and not yet taken is _bytes[_start.._end].
    private readonly byte[] _bytes = new byte[(options.MaxLineLength * MaxBytesPerCharacter) + ChunkSize];
    private int _start;
    private int _end;
    private long _read;
    private bool _opened;
    private bool _ended;
    private GzipReader? _gzip;

    /// <summary>The number of the line last read, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line last read, without its end. Valid until the next one is read.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>Reads the next line that is text; false at the end of the list, or when reading stopped because of errors.</summary>
    public bool TryRead()
    {
        if (!_opened) Open();
        while (!errors.Stopped && TryTake(out ReadOnlySpan<byte> line, out bool isWhole))
        {
            Number++;
            if (TryDecode(line, isWhole)) return true;
        }

        return false;
    }

    /// <summary>Ends the unpacking. The stream stays open.</summary>
    public void Dispose() => _gzip?.Dispose();

    private void Open()
    {
        FillTo(LongestMark);
        if (GzipReader.IsGzip(_bytes.AsSpan(0, _end)))
        {
            _gzip = new GzipReader(_bytes.AsSpan(0, _end).ToArray(), stream, options.MaxBytes);
            (_end, _ended, _read) = (0, false, 0);
            FillTo(LongestMark);
        }

        // Only what the list holds is counted, so not before it is known whether it is packed.
        _opened = true;
        StopIfTooLong();
        if (errors.Stopped) return;

        ReadOnlySpan<byte> begin = _bytes.AsSpan(0, _end);
        if (begin is [0xef, 0xbb, 0xbf, ..]) _start = 3;
        else if (begin is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, not 0, ..] or [not 0, 0, ..] or [0, 0, 0xfe, 0xff, ..] or [0, 0, 0, not 0, ..])
        {
            errors.AddLast(ListErrors.WholeList, "the list seems to be written in UTF-16 or UTF-32", "save it as UTF-8");
        }
    }

    // The next line without its LF, or the beginning of one that is longer than any line may be.
    private bool TryTake(out ReadOnlySpan<byte> line, out bool isWhole)
    {
        isWhole = true;
        int seen = 0;
        while (true)
        {
            int newline = _bytes.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                isWhole = seen + newline <= _maxBytes + 1;
                line = Take(seen + newline);
                _start++;
                return true;
            }

            seen = _end - _start;
            if (seen > _maxBytes + 1) break;
            if (_ended)
            {
                line = Take(seen);
                if (seen > 0 && options.RequireFinalNewline) ReportCutOff();
                return seen > 0;
            }

            Fill();
            seen = Math.Min(seen, _end - _start);
        }

        isWhole = false;
        line = _bytes.AsSpan(_start, Math.Min(_maxBytes, ShownBytes)).ToArray();
        SkipLine();
        return true;
    }

    private void ReportCutOff() =>
        errors.Add(Number + 1, "", "the last line has no end, so the list may be cut off", "get the list again, or end its last line with LF");

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _bytes.AsSpan(_start, length);
        _start += length;
        return taken;
    }

    private void SkipLine()
    {
        int newline;
        while ((newline = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0 && !_ended)
        {
            _start = _end;
            Fill();
        }

        _start = newline < 0 ? _end : _start + newline + 1;
    }

    private bool TryDecode(ReadOnlySpan<byte> line, bool isWhole)
    {
        if (isWhole && line is [.., (byte)'\r']) line = line[..^1];
        int read = 0;
        OperationStatus status = isWhole
            ? Utf8.ToUtf16(line, _text, out read, out _length, replaceInvalidSequences: false)
            : OperationStatus.DestinationTooSmall;
        int forbidden = status == OperationStatus.Done ? Text.IndexOfAny(Forbidden) : -1;
        if (status == OperationStatus.Done && forbidden < 0) return true;
        (string problem, string mend) = status switch
        {
            OperationStatus.DestinationTooSmall => ($"the line is longer than {options.MaxLineLength} characters", "break it up, or raise MaxLineLength"),
            not OperationStatus.Done => ($"the line is not UTF-8 (byte {read + 1} of it)", "save the list as UTF-8"),
            _ when Text[forbidden] == '\r' => ("the line holds a CR that is not at its end", "end lines with LF or CR LF"),
            _ => ($"the line holds a control character, U+{(int)Text[forbidden]:X4}", "remove it"),
        };
        int shown = Math.Min(line.Length, Math.Min(_maxBytes, ShownBytes));
        errors.Add(Number, Encoding.UTF8.GetString(line[..shown]), problem, mend);
        return false;
    }

    private void FillTo(int count)
    {
        while (_end - _start < count && !_ended) Fill();
    }

    private void Fill()
    {
        if (_bytes.Length - _end < ChunkSize / 2)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        int read = 0;
        try
        {
            read = _gzip is null ? stream.Read(_bytes.AsSpan(_end)) : _gzip.Read(_bytes.AsSpan(_end));
        }
        catch (InvalidDataException) when (_gzip is not null)
        {
            // What was unpacked so far is no list, and what is left is no line.
            _start = _end;
            errors.AddLast(ListErrors.WholeList, "the gzip stream is damaged, cut off, or too long for what it holds", "download or pack the list again");
        }

        _ended = read == 0;
        _end += read;
        _read += read;
        if (_opened) StopIfTooLong();
    }

    private void StopIfTooLong()
    {
        if (_read <= options.MaxBytes || errors.Stopped) return;
        (_start, _ended) = (_end, true);
        errors.AddLast(ListErrors.WholeList, $"the list is longer than {options.MaxBytes} bytes, and reading stopped here", "raise MaxBytes if the list is meant to be that long");
    }
}
