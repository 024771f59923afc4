using System.Net;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// Reads one path from the beginning of a text.
/// <code>
/// Reverse-path   = Path / "&lt;&gt;"                                     ; RFC 5321 §4.1.2
/// Forward-path   = Path / "&lt;Postmaster&gt;"                           ; with RCPT, §4.1.1.3
/// Path           = "&lt;" [ A-d-l ":" ] Mailbox "&gt;"
/// A-d-l          = At-domain *( "," At-domain )
/// At-domain      = "@" Domain
/// Mailbox        = Local-part "@" ( Domain / address-literal )
/// </code>
/// Two deliberate deviations, both refusals: an empty quoted local-part (<c>""@example.com</c>), which some servers take
/// for the null path, and what <see cref="DomainParser"/> and <see cref="AddressLiteral"/> refuse beyond the grammar.
/// </summary>
internal ref struct PathParser
{
    private const int MaxPathOctets = 256;   // RFC 5321 §4.5.3.1.3, with "<" and ">"

    private readonly ReadOnlySpan<char> _text;
    private readonly AddressOptions _options;
    private readonly PathStrings? _strings;
    private int _position;
    private AddressError? _error;

    /// <param name="text">The text that begins with the path.</param>
    /// <param name="options">What is allowed beyond RFC 5321.</param>
    /// <param name="strings">Where the strings of the path come from; null for new ones.</param>
    public PathParser(ReadOnlySpan<char> text, AddressOptions options, PathStrings? strings = null)
    {
        _text = text;
        _options = options;
        _strings = strings;
    }

    /// <summary>Characters read; what follows the path begins here.</summary>
    public readonly int Position => _position;

    public readonly AddressError Error => _error ?? default;

    private readonly char Current => _position < _text.Length ? _text[_position] : '\0';

    public bool TryReadReversePath(out SmtpPath path)
    {
        if (_text is ['<', '>', ..])
        {
            _position = 2;
            path = SmtpPath.Null;
            return true;
        }

        return TryReadPath(bare: null, out path);
    }

    public bool TryReadForwardPath(out SmtpPath path) => TryReadPath(SmtpPath.PostmasterName, out path);

    /// <summary>Reads a mailbox that must be the whole text, without angle brackets.</summary>
    public bool TryReadMailboxOnly(out SmtpPath path) => TryReadMailbox(hasSourceRoute: false, bare: null, end: null, out path) && CheckLength(path);

    /// <summary>Whether the whole text was read; if not, that is the error.</summary>
    public bool AtEnd() => _position == _text.Length || Fail(_position, "there is text behind the path");

    private bool TryReadPath(string? bare, out SmtpPath path)
    {
        path = default;
        if (!Take('<')) return Fail(_position, "a path begins with '<'");
        bool hasSourceRoute = Current == '@';
        if (hasSourceRoute && !SkipSourceRoute()) return false;
        if (!TryReadMailbox(hasSourceRoute, hasSourceRoute ? null : bare, end: '>', out path)) return false;
        if (!Take('>')) return Fail(_position, "a path ends with '>'");
        return CheckLength(path);
    }

    private bool SkipSourceRoute()
    {
        do
        {
            if (!Take('@')) return Fail(_position, "a source route is a list of @domain, separated by commas");
            int end = _text[_position..].IndexOfAny(',', ':', '>');
            if (end < 0) return Fail(_text.Length, "a source route ends with ':'");
            if (!DomainParser.TryParse(_text.Slice(_position, end), _options, out _, out AddressError error)) return Fail(error);
            _position += end;
        }
        while (Take(','));
        return Take(':') || Fail(_position, "a source route ends with ':'");
    }

    private bool TryReadMailbox(bool hasSourceRoute, string? bare, char? end, out SmtpPath path)
    {
        path = default;
        int start = _position;
        if (!(Current == '"' ? TryReadQuotedString(out string localPart) : TryReadDotString(out localPart))) return false;
        bool wasQuoted = _text[start] == '"';
        if (LocalPart.PrintedOctets(localPart) > LocalPart.MaxOctets)
        {
            return Fail(start, $"the local-part is longer than {LocalPart.MaxOctets} octets");
        }

        if (bare is not null && !wasQuoted && Current == '>' && AsciiComparer.Equals(localPart, bare))
        {
            path = SmtpPath.Postmaster(localPart);
            return true;
        }

        if (!Take('@')) return Fail(_position, _position == _text.Length || Current == end ? "the domain is missing" : "the local-part holds a character that it may not hold there");
        if (Current == '[')
        {
            if (!TryReadLiteral(out IPAddress? literal)) return false;
            path = SmtpPath.Mailbox(localPart, literal!, hasSourceRoute);
            return true;
        }

        int length = end is { } stop ? _text[_position..].IndexOf(stop) : _text.Length - _position;
        if (length < 0) length = _text.Length - _position;
        if (!DomainParser.TryParse(_text.Slice(_position, length), _options, _strings, out DomainName domain, out AddressError error)) return Fail(error);
        _position += length;
        path = SmtpPath.Mailbox(localPart, domain, hasSourceRoute);
        return true;
    }

    private bool TryReadDotString(out string localPart)
    {
        localPart = "";
        int start = _position;
        bool afterAtom = false;
        for (; _position < _text.Length; _position++)
        {
            char c = Current;
            if (c == '.')
            {
                if (!afterAtom) return Fail(_position, "the local-part has a dot at its beginning or two in a row");
                afterAtom = false;
            }
            else if (c >= 0x80)
            {
                if (!TakeNonAscii()) return false;
                afterAtom = true;
            }
            else if (LocalPart.IsAtext(c))
            {
                afterAtom = true;
            }
            else
            {
                break;
            }
        }

        if (_position == start) return Fail(_position, IsControl(Current) && _position < _text.Length ? ControlCharacter : "the local-part is missing");
        if (!afterAtom) return Fail(_position - 1, "the local-part has a dot at its end");
        if (_position < _text.Length && IsControl(Current)) return Fail(_position, ControlCharacter);
        localPart = StringOf(_text[start.._position]);
        return true;
    }

    private bool TryReadQuotedString(out string localPart)
    {
        localPart = "";
        int start = _position++;
        Span<char> value = _text.Length <= MaxPathOctets ? stackalloc char[MaxPathOctets] : new char[_text.Length];
        int length = 0;
        for (; _position < _text.Length && Current != '"'; _position++)
        {
            bool quotedPair = Current == '\\';
            if (quotedPair && ++_position == _text.Length) break;
            if (IsControl(Current)) return Fail(_position, ControlCharacter);
            if (Current < 0x80)
            {
                value[length++] = Current;
                continue;
            }

            if (quotedPair) return Fail(_position, "a backslash quotes a non-ASCII character");
            int first = _position;
            if (!TakeNonAscii()) return false;
            ReadOnlySpan<char> character = _text[first..(_position + 1)];
            character.CopyTo(value[length..]);
            length += character.Length;
        }

        if (!Take('"')) return Fail(_text.Length, "the quoted local-part does not end");
        localPart = StringOf(value[..length]);
        return localPart.Length > 0 || Fail(start, "the local-part is empty");
    }

    // Leaves the position on the last UTF-16 unit of the character.
    private bool TakeNonAscii()
    {
        if (!_options.HasFlag(AddressOptions.SmtpUtf8))
        {
            return Fail(new AddressError(AddressErrorKind.NonAsciiWithoutSmtpUtf8, 0, "a non-ASCII local-part needs SMTPUTF8"));
        }

        if (Rune.DecodeFromUtf16(_text[_position..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
        {
            return Fail(_position, "the text is not well-formed Unicode");
        }

        if (!LocalPart.IsPermitted(rune)) return Fail(_position, ControlCharacter);
        _position += length - 1;
        return true;
    }

    private bool TryReadLiteral(out IPAddress? literal)
    {
        literal = null;
        int close = _text[_position..].IndexOf(']');
        if (close < 0) return Fail(_text.Length, "an address literal ends with ']'");
        if (!AddressLiteral.TryParse(_text.Slice(_position + 1, close - 1), out literal, out string reason)) return Fail(_position, reason);
        _position += close + 1;
        return true;
    }

    private readonly string StringOf(ReadOnlySpan<char> localPart) => _strings?.LocalPart(localPart) ?? localPart.ToString();

    private bool CheckLength(SmtpPath path) =>
        LocalPart.PrintedOctets(path.LocalPart) + "@".Length + path.DomainText.Length + "<>".Length <= MaxPathOctets || Fail(0, $"the path is longer than {MaxPathOctets} octets");

    private const string ControlCharacter = "there is a control character";

    private static bool IsControl(char c) => c is < ' ' or '\x7f';

    private bool Take(char c)
    {
        if (_position == _text.Length || _text[_position] != c) return false;
        _position++;
        return true;
    }

    private bool Fail(int position, string reason)
    {
        _error = new AddressError(AddressErrorKind.Syntax, position, reason);
        return false;
    }

    // An error of a part of the text that begins at the current position.
    private bool Fail(AddressError error)
    {
        _error = error with { Position = _position + error.Position };
        return false;
    }
}
