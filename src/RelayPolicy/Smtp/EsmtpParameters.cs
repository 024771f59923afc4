using System.Buffers;

namespace RelayPolicy.Smtp;

/// <summary>
/// The parameters of <c>MAIL</c> and <c>RCPT</c>.
/// <code>
/// esmtp-param   = esmtp-keyword ["=" esmtp-value]              ; RFC 5321 §4.1.2
/// esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
/// esmtp-value   = 1*(%d33-60 / %d62-126)
/// size-value    = 1*20DIGIT                                    ; RFC 1870 §4
/// notify-esmtp-value    = "NEVER" / 1#("SUCCESS" / "FAILURE" / "DELAY")   ; RFC 3461 §4.1
/// original-recipient    = addr-type ";" xtext                  ; RFC 3461 §4.2
/// </code>
/// </summary>
internal static class EsmtpParameters
{
    public const string SmtpUtf8 = "SMTPUTF8";

    private const int MaxSizeDigits = 20;
    private const int MaxOriginalRecipient = 500;
    private const int MaxEnvelopeId = 100;

    /// <summary>The places of the parameters of MAIL in <see cref="OfMail"/>.</summary>
    public enum Mail
    {
        Size,
        Body,
        SmtpUtf8,
        Return,
        EnvelopeId,
        Auth,
    }

    /// <summary>The places of the parameters of RCPT in <see cref="OfRcpt"/>.</summary>
    public enum Rcpt
    {
        Notify,
        OriginalRecipient,
    }

    /// <summary>Whether the text behind "=" is well-formed.</summary>
    public delegate bool ValueCheck(ReadOnlySpan<char> value);

    /// <summary>A parameter that is known, and how its value is checked; null for one without a value.</summary>
    public sealed record Parameter(string Keyword, SmtpExtensions Extension, ValueCheck? IsValue);

    public static Parameter[] OfMail { get; } =
    [
        new("SIZE", SmtpExtensions.Size, value => value.Length is > 0 and <= MaxSizeDigits && value.IndexOfAnyExceptInRange('0', '9') < 0),
        new("BODY", SmtpExtensions.EightBitMime, value => Is(value, "7BIT", "8BITMIME")),
        new(SmtpUtf8, SmtpExtensions.SmtpUtf8, IsValue: null),
        new("RET", SmtpExtensions.Dsn, value => Is(value, "FULL", "HDRS")),
        new("ENVID", SmtpExtensions.Dsn, value => Xtext.IsValid(value, MaxEnvelopeId)),
        new("AUTH", SmtpExtensions.Auth, value => Xtext.IsValid(value, MaxOriginalRecipient)),
    ];

    public static Parameter[] OfRcpt { get; } =
    [
        new("NOTIFY", SmtpExtensions.Dsn, value => TryReadNotify(value, out _)),
        new("ORCPT", SmtpExtensions.Dsn, IsOriginalRecipient),
    ];

    /// <summary>Whether the keyword stands among the parameters, without a value.</summary>
    public static bool Contains(ReadOnlySpan<char> parameters, string keyword)
    {
        while (TryTake(ref parameters, out ReadOnlySpan<char> parameter))
        {
            if (AsciiComparer.Equals(parameter, keyword)) return true;
        }

        return false;
    }

    /// <summary>Checks that every parameter is known, well-formed and given once.</summary>
    /// <param name="parameters">The parameters, each with one space or more before it.</param>
    /// <param name="known">The parameters of the command.</param>
    /// <param name="values">For each of these, what was given, with a "=" before the value; empty if it was not given.</param>
    /// <param name="reply">The refusal on failure: 555 5.5.4 for an unknown parameter (RFC 5321 §4.1.1.11), 501 5.5.4 for a malformed or repeated one.</param>
    public static bool TryRead(ReadOnlySpan<char> parameters, Parameter[] known, scoped Span<Range> values, out SmtpReply reply)
    {
        reply = default;
        ReadOnlySpan<char> rest = parameters;
        while (TryTake(ref rest, out ReadOnlySpan<char> text))
        {
            int end = parameters.Length - rest.Length;
            int equals = text.IndexOf('=');
            ReadOnlySpan<char> keyword = equals < 0 ? text : text[..equals];
            int place = Find(known, keyword);
            if (place < 0) reply = new SmtpReply(555, new(5, 5, 4), "Unsupported parameter");
            else if (!values[place].Equals(default)) reply = new SmtpReply(501, new(5, 5, 4), $"Parameter {known[place].Keyword} is given twice");
            else if (!IsWellFormed(known[place], text, equals)) reply = new SmtpReply(501, new(5, 5, 4), $"Parameter {known[place].Keyword} is malformed");
            if (reply != default) return false;
            values[place] = (end - text.Length + keyword.Length)..end;
        }

        return true;
    }

    /// <summary>The value of a parameter that was read; empty if there is none.</summary>
    public static ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> parameters, Range given) => parameters[given] is ['=', .. var value] ? value : [];

    /// <summary>The extensions whose parameters were given.</summary>
    public static SmtpExtensions Uses(Parameter[] known, ReadOnlySpan<Range> values)
    {
        SmtpExtensions uses = SmtpExtensions.None;
        for (int i = 0; i < known.Length; i++)
        {
            if (!values[i].Equals(default)) uses |= known[i].Extension;
        }

        return uses;
    }

    /// <summary>Reads the value of NOTIFY, in which nothing stands twice.</summary>
    public static bool TryReadNotify(ReadOnlySpan<char> value, out DsnNotify notify)
    {
        notify = DsnNotify.NotGiven;
        if (AsciiComparer.Equals(value, "NEVER"))
        {
            notify = DsnNotify.Never;
            return true;
        }

        while (true)
        {
            int comma = value.IndexOf(',');
            ReadOnlySpan<char> condition = comma < 0 ? value : value[..comma];
            DsnNotify flag = AsciiComparer.Equals(condition, "SUCCESS") ? DsnNotify.Success
                : AsciiComparer.Equals(condition, "FAILURE") ? DsnNotify.Failure
                : AsciiComparer.Equals(condition, "DELAY") ? DsnNotify.Delay
                : DsnNotify.NotGiven;
            if (flag == DsnNotify.NotGiven || (notify & flag) != 0) return false;
            notify |= flag;
            if (comma < 0) return true;
            value = value[(comma + 1)..];
        }
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> parameter)
    {
        rest = rest.TrimStart(' ');
        int space = rest.IndexOf(' ');
        parameter = space < 0 ? rest : rest[..space];
        rest = rest[parameter.Length..];
        return !parameter.IsEmpty;
    }

    private static int Find(Parameter[] known, ReadOnlySpan<char> keyword)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (AsciiComparer.Equals(keyword, known[i].Keyword)) return i;
        }

        return -1;
    }

    private static bool IsWellFormed(Parameter parameter, ReadOnlySpan<char> text, int equals) =>
        parameter.IsValue is null ? equals < 0 : equals >= 0 && parameter.IsValue(text[(equals + 1)..]);

    private static bool Is(ReadOnlySpan<char> value, string first, string second) => AsciiComparer.Equals(value, first) || AsciiComparer.Equals(value, second);

    private static bool IsOriginalRecipient(ReadOnlySpan<char> value)
    {
        int semicolon = value.IndexOf(';');
        if (semicolon <= 0 || value.Length > MaxOriginalRecipient) return false;
        return value[..semicolon].IndexOfAnyExcept(AddressTypeCharacters) < 0 && Xtext.IsValid(value[(semicolon + 1)..], MaxOriginalRecipient);
    }

    private static readonly SearchValues<char> AddressTypeCharacters =
        SearchValues.Create("-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
