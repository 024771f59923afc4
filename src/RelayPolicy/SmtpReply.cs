using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// One line of an SMTP reply: code, enhanced status code and text (RFC 5321 §4.2, RFC 2034). Always valid and safe to send;
/// <c>default(SmtpReply)</c> is <c>550 5.7.1 Relaying denied</c>.
/// </summary>
public readonly struct SmtpReply : IEquatable<SmtpReply>
{
    /// <summary>The longest text in octets: with code, enhanced code and CR LF the line stays within 512 (RFC 5321 §4.5.3.1.5).</summary>
    public const int MaxTextLength = 480;

    private readonly short _code;
    private readonly EnhancedStatusCode _enhanced;
    private readonly string? _text;

    /// <summary>A reply.</summary>
    /// <param name="code">The three-digit code: 2xx, 4xx or 5xx, the second digit from 0 to 5 (RFC 5321 §4.2).</param>
    /// <param name="enhanced">The enhanced status code; its class equals the first digit of <paramref name="code"/>.</param>
    /// <param name="text">Printable ASCII, 1 to <see cref="MaxTextLength"/> characters. In a rule it may hold
    /// <c>{recipient}</c>, <c>{sender}</c> and <c>{client}</c>.</param>
    /// <exception cref="ArgumentException">One of them is not as described.</exception>
    public SmtpReply(int code, EnhancedStatusCode enhanced, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Check(code, enhanced, text) is { } problem) throw new ArgumentException(problem);
        _code = (short)code;
        _enhanced = enhanced;
        _text = text;
    }

    // INVARIANT: a zero code is default(SmtpReply); every other value went through the constructor.
    private bool IsDefault => _code == 0;

    /// <summary>The reply code.</summary>
    public int Code => IsDefault ? 550 : _code;

    /// <summary>The enhanced status code.</summary>
    public EnhancedStatusCode Enhanced => IsDefault ? new EnhancedStatusCode(5, 7, 1) : _enhanced;

    /// <summary>The text behind the codes.</summary>
    public string Text => _text ?? "Relaying denied";

    /// <summary>Reads a reply such as <c>550 5.7.1 Relaying denied</c>.</summary>
    /// <param name="text">Code, enhanced status code and text, separated by single spaces.</param>
    /// <exception cref="FormatException">The text is no reply; it says why.</exception>
    public static SmtpReply Parse(string text) =>
        TryParse(text, out SmtpReply reply, out string problem) ? reply : throw new FormatException($"\"{Printable.Escape(text)}\" is no reply: {problem}.");

    /// <summary>Reads a reply as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="text">The reply, or null, which is an error.</param>
    /// <param name="reply">The reply read; <c>default</c> on failure, which refuses.</param>
    /// <param name="problem">Why it failed, as a clause; empty on success.</param>
    public static bool TryParse(string? text, out SmtpReply reply, out string problem)
    {
        reply = default;
        string[] parts = (text ?? "").Split(' ', 3);
        string[] numbers = parts.Length == 3 ? parts[1].Split('.') : [];
        if (numbers.Length != 3 || !TryNumber(parts[0], out int code) || !TryNumber(numbers[0], out int status)
            || !TryNumber(numbers[1], out int subject) || !TryNumber(numbers[2], out int detail))
        {
            problem = "a reply is written like 550 5.7.1 Relaying denied";
            return false;
        }

        var enhanced = new EnhancedStatusCode(status, subject, detail);
        problem = Check(code, enhanced, parts[2]) ?? "";
        if (problem.Length > 0) return false;
        reply = new SmtpReply(code, enhanced, parts[2]);
        return true;
    }

    /// <summary>Whether code, enhanced status code and text are the same.</summary>
    public bool Equals(SmtpReply other) => Code == other.Code && Enhanced == other.Enhanced && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SmtpReply other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Enhanced, Text);

    /// <summary>The reply as one line without CR LF.</summary>
    public override string ToString() => $"{Code} {Enhanced} {Text}";

    /// <summary>Whether both are the same reply.</summary>
    public static bool operator ==(SmtpReply left, SmtpReply right) => left.Equals(right);

    /// <summary>Whether they are different replies.</summary>
    public static bool operator !=(SmtpReply left, SmtpReply right) => !left.Equals(right);

    /// <summary>The same codes with a text from outside: everything but printable ASCII becomes '?', and the rest is cut to fit.</summary>
    internal SmtpReply WithText(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (safe.Length == MaxTextLength) break;
            safe.Append(IsPrintable(c) ? c : '?');
        }

        return new SmtpReply(Code, Enhanced, safe.ToString());
    }

    private static string? Check(int code, EnhancedStatusCode enhanced, string text)
    {
        if (code / 100 is not (2 or 4 or 5) || code / 10 % 10 > 5) return "the code is 2xx, 4xx or 5xx, with a second digit from 0 to 5";
        if (!enhanced.IsValid) return "the enhanced status code is class 2, 4 or 5 and two numbers from 0 to 999";
        if (enhanced.Class != code / 100) return "the class of the enhanced status code differs from the first digit of the code";
        if (text.Length is 0 or > MaxTextLength) return $"the text has 1 to {MaxTextLength} characters";
        return text.All(IsPrintable) ? null : "the text is printable ASCII";
    }

    private static bool IsPrintable(char c) => c is >= ' ' and <= '~';

    // Digits only, without leading zeros (RFC 3463 §2), so that a reply is printed as it was read. The platform alone would
    // take NUL behind the digits.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && text.All(char.IsAsciiDigit)
        && (text.Length == 1 || text[0] != '0');
}
