using System.Buffers;
using System.Globalization;

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
/// xchar         = any ASCII CHAR between "!" and "~" except "+" and "="
/// hexchar       = ASCII "+" followed by two upper case hexadecimal digits
/// </code>
/// </summary>
internal static class EsmtpParameters
{
    public const string SmtpUtf8 = "SMTPUTF8";

    private const int MaxSizeDigits = 20;
    private const int MaxOriginalRecipient = 500;
    private const int MaxEnvelopeId = 100;

    /// <summary>A parameter that is known, and whether a value of it is well-formed; the value is null when there is no "=".</summary>
    public sealed record Parameter(string Keyword, Func<string?, bool> IsValue);

    public static IReadOnlyList<Parameter> OfMail { get; } =
    [
        new("SIZE", value => value is { Length: > 0 and <= MaxSizeDigits } && value.All(char.IsAsciiDigit)),
        new("BODY", value => Is(value, "7BIT", "8BITMIME")),
        new(SmtpUtf8, value => value is null),
        new("RET", value => Is(value, "FULL", "HDRS")),
        new("ENVID", value => IsXtext(value, MaxEnvelopeId)),
        new("AUTH", value => IsXtext(value, MaxOriginalRecipient)),
    ];

    public static IReadOnlyList<Parameter> OfRcpt { get; } =
    [
        new("NOTIFY", IsNotify),
        new("ORCPT", IsOriginalRecipient),
    ];

    /// <summary>Whether the keyword stands among the parameters, without a value.</summary>
    public static bool Contains(ReadOnlySpan<char> parameters, string keyword)
    {
        foreach (string parameter in parameters.ToString().Split(' '))
        {
            if (AsciiComparer.Equals(parameter, keyword)) return true;
        }

        return false;
    }

    /// <summary>Checks that every parameter is known, well-formed and given once.</summary>
    /// <param name="parameters">The parameters, each with one space or more before it.</param>
    /// <param name="known">The parameters of the command.</param>
    /// <param name="reply">The refusal on failure: 555 5.5.4 for an unknown parameter (RFC 5321 §4.1.1.11), 501 5.5.4 for a malformed or repeated one.</param>
    public static bool TryCheck(ReadOnlySpan<char> parameters, IReadOnlyList<Parameter> known, out SmtpReply reply)
    {
        reply = default;
        var seen = new HashSet<Parameter>();
        foreach (string text in parameters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string keyword = equals < 0 ? text : text[..equals];
            string? value = equals < 0 ? null : text[(equals + 1)..];
            Parameter? parameter = known.FirstOrDefault(candidate => AsciiComparer.IgnoreCase.Equals(candidate.Keyword, keyword));
            if (parameter is null) reply = new SmtpReply(555, new(5, 5, 4), "Unsupported parameter");
            else if (!seen.Add(parameter)) reply = new SmtpReply(501, new(5, 5, 4), $"Parameter {parameter.Keyword} is given twice");
            else if (!parameter.IsValue(value)) reply = new SmtpReply(501, new(5, 5, 4), $"Parameter {parameter.Keyword} is malformed");
            else continue;
            return false;
        }

        return true;
    }

    private static bool Is(string? value, params ReadOnlySpan<string> keywords)
    {
        foreach (string keyword in keywords)
        {
            if (AsciiComparer.IgnoreCase.Equals(value, keyword)) return true;
        }

        return false;
    }

    private static bool IsNotify(string? value)
    {
        if (Is(value, "NEVER")) return true;
        string[] conditions = (value ?? "").Split(',');
        return conditions.All(condition => Is(condition, "SUCCESS", "FAILURE", "DELAY"))
            && conditions.Distinct(AsciiComparer.IgnoreCase).Count() == conditions.Length;
    }

    private static bool IsOriginalRecipient(string? value)
    {
        int semicolon = value?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        if (semicolon <= 0 || value!.Length > MaxOriginalRecipient) return false;
        return value.AsSpan(0, semicolon).IndexOfAnyExcept(AddressTypeCharacters) < 0 && IsXtext(value[(semicolon + 1)..], MaxOriginalRecipient);
    }

    private static readonly SearchValues<char> AddressTypeCharacters =
        SearchValues.Create("-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    // What it stands for must be printable ASCII too: nobody downstream may decode a line end out of it.
    private static bool IsXtext(string? value, int maxLength)
    {
        if (value is null or [] || value.Length > maxLength) return false;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is <= ' ' or > '~' or '=') return false;
            if (value[i] != '+') continue;
            bool isHex = i + 2 < value.Length && char.IsAsciiHexDigitUpper(value[i + 1]) && char.IsAsciiHexDigitUpper(value[i + 2]);
            if (!isHex || byte.Parse(value.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is < 0x20 or > 0x7e) return false;
            i += 2;
        }

        return true;
    }
}
