namespace RelayPolicy.Smtp;

/// <summary>What stands behind <c>MAIL FROM:</c> or <c>RCPT TO:</c>, split into path and parameters.</summary>
internal readonly ref struct PathArgument
{
    private PathArgument(ReadOnlySpan<char> path, ReadOnlySpan<char> parameters, int start)
    {
        Path = path;
        Parameters = parameters;
        Start = start;
    }

    /// <summary>The path, as it was sent.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>What follows the path, with the space before it; empty if nothing does.</summary>
    public ReadOnlySpan<char> Parameters { get; }

    /// <summary>Where the path begins in the argument.</summary>
    public int Start { get; }

    /// <summary>
    /// Splits at the first space behind the path: the first one that is neither in a quoted string nor before the closing bracket.
    /// A text without such a space is all path, so that whatever is wrong with it is found by the grammar of paths.
    /// </summary>
    public static PathArgument Split(ReadOnlySpan<char> argument)
    {
        ReadOnlySpan<char> text = argument.TrimEnd(" \t");
        int start = text.Length - text.TrimStart(' ').Length;
        text = text[start..];
        bool quoted = false, closed = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == '>') closed = true;
            else if (closed && c == ' ') return new PathArgument(text[..i], text[i..], start);
        }

        return new PathArgument(text, [], start);
    }

    /// <summary>The reply to a path that cannot be read.</summary>
    public static SmtpReply Refuse(string role, EnhancedStatusCode syntax, AddressError error, int start)
    {
        AddressError placed = error with { Position = error.Position + start };
        return error.Kind == AddressErrorKind.NonAsciiWithoutSmtpUtf8
            ? new SmtpReply(553, new(5, 6, 7), $"Bad {role} address: {placed}")
            : new SmtpReply(501, syntax, $"Bad {role} address syntax: {placed}");
    }
}
