using System.Text;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// A command line, split into keyword and argument. Keywords in any case, spaces between keyword and argument and white space at the end are
/// taken (RFC 5321 §4.1.1).
/// </summary>
internal readonly ref struct CommandLine
{
    private CommandLine(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> argument)
    {
        Keyword = keyword;
        Argument = argument;
        Command = Find(keyword);
    }

    public SmtpCommand Command { get; }

    public ReadOnlySpan<byte> Keyword { get; }

    /// <summary>What follows the keyword, without the spaces between.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>Whether the keyword is of another protocol: what a browser or a proxy sends first.</summary>
    public bool IsForeign
    {
        get
        {
            ReadOnlySpan<byte> keyword = Keyword;
            return Is(keyword, "GET"u8) || Is(keyword, "POST"u8) || Is(keyword, "HEAD"u8) || Is(keyword, "PUT"u8) || Is(keyword, "DELETE"u8)
                || Is(keyword, "OPTIONS"u8) || Is(keyword, "CONNECT"u8) || Is(keyword, "TRACE"u8) || Is(keyword, "PATCH"u8) || Is(keyword, "PROXY"u8);
        }
    }

    /// <summary>Whether it is a command of RFC 5321 or older that nobody needs any more.</summary>
    public bool IsObsolete =>
        Is(Keyword, "TURN"u8) || Is(Keyword, "ETRN"u8) || Is(Keyword, "SEND"u8) || Is(Keyword, "SOML"u8) || Is(Keyword, "SAML"u8);

    public static CommandLine Parse(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd(" \t"u8);
        int space = text.IndexOf((byte)' ');
        return space < 0 ? new CommandLine(text, []) : new CommandLine(text[..space], text[space..].TrimStart((byte)' '));
    }

    /// <summary>Takes a word with its colon, <c>FROM:</c> or <c>TO:</c>, from the beginning of the argument.</summary>
    public bool TryTake(ReadOnlySpan<byte> word, out ReadOnlySpan<byte> rest)
    {
        bool taken = Argument.Length >= word.Length && Is(Argument[..word.Length], word);
        rest = taken ? Argument[word.Length..] : default;
        return taken;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    private static SmtpCommand Find(ReadOnlySpan<byte> keyword) => keyword.Length switch
    {
        4 when Is(keyword, "RCPT"u8) => SmtpCommand.Rcpt,
        4 when Is(keyword, "MAIL"u8) => SmtpCommand.Mail,
        4 when Is(keyword, "DATA"u8) => SmtpCommand.Data,
        4 when Is(keyword, "BDAT"u8) => SmtpCommand.Bdat,
        4 when Is(keyword, "EHLO"u8) => SmtpCommand.Ehlo,
        4 when Is(keyword, "HELO"u8) => SmtpCommand.Helo,
        4 when Is(keyword, "RSET"u8) => SmtpCommand.Rset,
        4 when Is(keyword, "QUIT"u8) => SmtpCommand.Quit,
        4 when Is(keyword, "NOOP"u8) => SmtpCommand.Noop,
        4 when Is(keyword, "AUTH"u8) => SmtpCommand.Auth,
        4 when Is(keyword, "VRFY"u8) => SmtpCommand.Vrfy,
        4 when Is(keyword, "EXPN"u8) => SmtpCommand.Expn,
        4 when Is(keyword, "HELP"u8) => SmtpCommand.Help,
        7 when Is(keyword, "XCLIENT"u8) => SmtpCommand.Xclient,
        8 when Is(keyword, "STARTTLS"u8) => SmtpCommand.StartTls,
        _ => SmtpCommand.Unknown,
    };
}
