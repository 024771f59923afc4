using System.Text;
using System.Text.Unicode;

namespace RelayPolicy.Smtp.Sasl;

/// <summary>What PLAIN and LOGIN have in common: the client tells a user name and a password.</summary>
internal abstract class PasswordExchange : ISaslExchange
{
    private SaslCredentials? _credentials;

    public abstract string Mechanism { get; }

    public abstract bool ClientIsFirst { get; }

    public abstract SaslTurn Begin();

    public abstract SaslTurn Respond(ReadOnlySpan<byte> response);

    public SaslTurn Answer(in SaslAnswer answer)
    {
        (string user, string password) = (_credentials!.User, _credentials.Password!);
        if (answer.Kind == SaslAnswerKind.Unavailable) return SaslTurn.Fail(SessionReplies.AuthenticationUnavailable);
        bool isRight = answer.Kind switch
        {
            SaslAnswerKind.PasswordIsRight => true,
            SaslAnswerKind.Verifier => (answer.StoredVerifier ?? ScramVerifier.ForNobody(user)).IsPassword(password),
            _ => false,
        };
        return isRight ? SaslTurn.Success(new AuthIdentity(user, Mechanism, answer.Groups)) : SaslTurn.Fail(SessionReplies.CredentialsInvalid);
    }

    protected SaslTurn Check(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
        if (!TryReadUser(user, out string name) || password.IsEmpty || !Utf8.IsValid(password)) return SaslTurn.Fail(SessionReplies.BadResponse);
        _credentials = new SaslCredentials(Mechanism, name, Encoding.UTF8.GetString(password));
        return SaslTurn.AskHost(_credentials);
    }

    /// <summary>Reads a user name: UTF-8, not blank, nothing in it that cannot be seen.</summary>
    public static bool TryReadUser(ReadOnlySpan<byte> octets, out string user)
    {
        user = Utf8.IsValid(octets) ? Encoding.UTF8.GetString(octets) : "";
        return NameText.FindFault(user) is null;
    }
}
