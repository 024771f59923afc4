namespace RelayPolicy;

/// <summary>
/// The labels of a domain name that are ASCII.
/// <code>
/// sub-domain = Let-dig [Ldh-str]                ; RFC 5321 §4.1.2
/// Let-dig    = ALPHA / DIGIT
/// Ldh-str    = *( ALPHA / DIGIT / "-" ) Let-dig
/// </code>
/// At most 63 octets (RFC 1035 §2.3.4); one that begins with <c>xn--</c> is an A-label and decodes (RFC 5891 §5.4).
/// </summary>
internal static class LdhLabel
{
    public const int MaxLength = 63;

    /// <summary>What is wrong with a label, as a clause, or null.</summary>
    /// <param name="label">One label in ASCII, not empty.</param>
    /// <param name="underscores">Whether it may hold underscores.</param>
    /// <param name="position">Where in the label it is wrong.</param>
    public static string? FindFault(ReadOnlySpan<char> label, bool underscores, out int position)
    {
        for (position = 0; position < label.Length; position++)
        {
            char c = label[position];
            bool allowed = char.IsAsciiLetterOrDigit(c) || c == '-' || (c == '_' && underscores);
            if (!allowed) return "a domain holds only letters, digits, hyphens and dots";
        }

        position = 0;
        if (label[0] == '-') return "a label begins with a hyphen";
        position = label.Length - 1;
        if (label[^1] == '-') return "a label ends with a hyphen";
        position = MaxLength;
        if (label.Length > MaxLength) return "a label is longer than 63 octets";
        position = 0;
        bool saysALabel = AsciiComparer.Equals(label[..Math.Min(4, label.Length)], "xn--");
        return saysALabel && !UnicodeLabel.IsALabel(label) ? "an xn-- label does not decode" : null;
    }

    /// <summary>Whether the text is one label or some with dots between, none of them at fault. Underscores are allowed.</summary>
    public static bool AreLabels<T>(ReadOnlySpan<T> text)
        where T : unmanaged
    {
        Span<char> label = stackalloc char[MaxLength];
        while (true)
        {
            int dot = NameOctets.FirstDot(text);
            ReadOnlySpan<T> first = dot < 0 ? text : text[..dot];
            if (first.Length is 0 or > MaxLength) return false;
            for (int i = 0; i < first.Length; i++) label[i] = NameOctets.At(first, i);
            if (FindFault(label[..first.Length], underscores: true, out _) is not null) return false;
            if (dot < 0) return true;
            text = text[(dot + 1)..];
        }
    }
}
