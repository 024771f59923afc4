namespace RelayPolicy.Smtp.Sasl;

/// <summary>LOGIN: the server asks "Username:" and "Password:". An initial response is the user name.</summary>
internal sealed class LoginExchange : PasswordExchange
{
    private byte[]? _user;

    public override string Mechanism => SaslMechanismNames.Login;

    public override bool ClientIsFirst => false;

    public override SaslTurn Begin() => SaslTurn.Challenge("Username:"u8.ToArray());

    public override SaslTurn Respond(ReadOnlySpan<byte> response)
    {
        if (_user is not null) return Check(_user, response);
        if (!TryReadUser(response, out _)) return SaslTurn.Fail(SessionReplies.BadResponse);
        _user = response.ToArray();
        return SaslTurn.Challenge("Password:"u8.ToArray());
    }
}
