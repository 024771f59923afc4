namespace RelayPolicy;

/// <summary>
/// Reads a domain name.
/// <code>
/// Domain     = sub-domain *("." sub-domain)     ; RFC 5321 §4.1.2
/// sub-domain =/ U-label                         ; RFC 6531 §3.3
/// </code>
/// The other <c>sub-domain</c> is that of <see cref="LdhLabel"/>. Beyond the grammar: 63 octets a label and 255 a name (RFC 5321
/// §4.5.3.1.2), measured on the A-labels; and the last label is not a number, because resolvers read such a name as an IPv4
/// address (RFC 3696 §2 knows no numeric top-level domain).
/// </summary>
internal static class DomainParser
{
    private const int MaxName = 255;

    public static bool TryParse(ReadOnlySpan<char> text, AddressOptions options, out DomainName name, out AddressError error) =>
        TryParse(text, options, strings: null, out name, out error);

    /// <param name="text">The name.</param>
    /// <param name="options">Whether U-labels and underscores are taken.</param>
    /// <param name="strings">Where the string of the name comes from; null for a new one.</param>
    /// <param name="name">The name read; <c>default</c> on failure.</param>
    /// <param name="error">Why and where it failed; meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, AddressOptions options, PathStrings? strings, out DomainName name, out AddressError error)
    {
        name = default;
        error = default;
        if (text.IsEmpty) return Fail(0, "the domain is missing", out error);
        Span<char> result = stackalloc char[MaxName + 1 + LdhLabel.MaxLength]; // a label may take it over the limit, and no further
        int length = 0;
        int start = 0;
        while (true)
        {
            int dot = text[start..].IndexOf('.');
            ReadOnlySpan<char> label = dot < 0 ? text[start..] : text.Slice(start, dot);
            if (!TryPrintLabel(label, start, options, result[length..], out int printed, out error)) return false;
            length += printed;
            if (length > MaxName) return Fail(start, $"the domain is longer than {MaxName} octets", out error);
            if (dot < 0 && IsNumber(label)) return Fail(start, "the domain ends in a number, as an IP address does", out error);
            if (dot < 0) break;
            result[length++] = '.';
            start += dot + 1;
            if (start == text.Length) return Fail(start - 1, "the domain has a trailing dot", out error);
        }

        name = new DomainName(strings?.Domain(result[..length]) ?? result[..length].ToString());
        return true;
    }

    private static bool TryPrintLabel(ReadOnlySpan<char> label, int start, AddressOptions options, Span<char> result, out int printed, out AddressError error)
    {
        error = default;
        printed = label.Length;
        if (label.IsEmpty) return Fail(start, "the domain has an empty label", out error);
        int nonAscii = label.IndexOfAnyExceptInRange('\0', '\x7f');
        if (nonAscii >= 0) return TryPrintULabel(label, start, nonAscii, options, result, out printed, out error);

        string? fault = LdhLabel.FindFault(label, (options & AddressOptions.Underscores) != 0, out int position);
        if (fault is not null) return Fail(start + position, fault, out error);
        for (int i = 0; i < label.Length; i++) result[i] = AsciiComparer.ToLower(label[i]);
        return true;
    }

    private static bool TryPrintULabel(
        ReadOnlySpan<char> label, int start, int nonAscii, AddressOptions options, Span<char> result, out int printed, out AddressError error)
    {
        error = default;
        printed = 0;
        if ((options & AddressOptions.SmtpUtf8) == 0)
        {
            error = new AddressError(AddressErrorKind.NonAsciiWithoutSmtpUtf8, start + nonAscii, "a non-ASCII domain needs SMTPUTF8");
            return false;
        }

        return UnicodeLabel.TryToALabel(label, result[..LdhLabel.MaxLength], out printed, out int index, out string reason)
            || Fail(start + index, reason, out error);
    }

    // A decimal or 0x-hexadecimal number, the last part of what inet_aton() takes for an address.
    private static bool IsNumber(ReadOnlySpan<char> label) =>
        label.IndexOfAnyExceptInRange('0', '9') < 0
        || (label is ['0', 'x' or 'X', ..] && IsHex(label[2..]));

    private static bool IsHex(ReadOnlySpan<char> digits)
    {
        foreach (char c in digits)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        return true;
    }

    private static bool Fail(int position, string reason, out AddressError error)
    {
        error = new AddressError(AddressErrorKind.Syntax, position, reason);
        return false;
    }
}
