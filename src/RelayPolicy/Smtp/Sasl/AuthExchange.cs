using System.Buffers;
using System.Buffers.Text;

namespace RelayPolicy.Smtp.Sasl;

/// <summary>
/// An AUTH command and the lines that follow it.
/// <code>
/// auth-command     = "AUTH" SP sasl-mech [SP initial-response]            ; RFC 4954 §8
/// initial-response = base64 / "="
/// cancel-response  = "*"
/// </code>
/// Every line in it is data, never a command.
/// </summary>
internal sealed class AuthExchange
{
    private static readonly SearchValues<byte> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private readonly ISaslExchange _exchange;

    private AuthExchange(ISaslExchange exchange) => _exchange = exchange;

    /// <summary>Begins an exchange.</summary>
    /// <param name="argument">What stands behind AUTH.</param>
    /// <param name="options">The mechanisms that are offered.</param>
    /// <param name="turn">What comes next; a failure if there is no exchange.</param>
    public static AuthExchange? Begin(ReadOnlySpan<byte> argument, SmtpSessionOptions options, out SaslTurn turn)
    {
        turn = SaslTurn.Fail(SessionReplies.AuthSyntax);
        int space = argument.IndexOf((byte)' ');
        ReadOnlySpan<byte> name = space < 0 ? argument : argument[..space];
        ReadOnlySpan<byte> initial = space < 0 ? [] : argument[space..].TrimStart((byte)' ');
        if (name.IsEmpty || initial.Contains((byte)' ')) return null;
        AuthExchange? exchange = Create(name, options);
        turn = exchange is null ? SaslTurn.Fail(SessionReplies.UnknownMechanism) : exchange.Begin(initial);
        return exchange;
    }

    /// <summary>Takes a line of the client.</summary>
    public SaslTurn Respond(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("*"u8)) return SaslTurn.Fail(SessionReplies.Cancelled);
        if (line.IndexOfAnyExcept(Base64Characters) >= 0) return SaslTurn.Fail(SessionReplies.BadBase64);
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Length)];
        return Base64.DecodeFromUtf8(line, decoded, out _, out int length) == OperationStatus.Done
            ? _exchange.Respond(decoded.AsSpan(0, length))
            : SaslTurn.Fail(SessionReplies.BadBase64);
    }

    /// <summary>Takes the host's answer.</summary>
    public SaslTurn Answer(in SaslAnswer answer) => _exchange.Answer(answer);

    private static AuthExchange? Create(ReadOnlySpan<byte> name, SmtpSessionOptions options)
    {
        Span<char> text = stackalloc char[SaslMechanismNames.ScramSha256.Length];
        if (name.Length > text.Length) return null;
        for (int i = 0; i < name.Length; i++) text[i] = (char)name[i];
        return options.Mechanisms.Find(text[..name.Length]) switch
        {
            SaslMechanisms.Plain => new AuthExchange(new PlainExchange()),
            SaslMechanisms.Login => new AuthExchange(new LoginExchange()),
            SaslMechanisms.ScramSha256 => new AuthExchange(new ScramExchange(options.MakeNonce)),
            _ => null,
        };
    }

    private SaslTurn Begin(ReadOnlySpan<byte> initial)
    {
        if (initial.IsEmpty) return _exchange.ClientIsFirst ? SaslTurn.Challenge([]) : _exchange.Begin();
        return initial.SequenceEqual("="u8) ? _exchange.Respond([]) : Respond(initial);
    }
}
