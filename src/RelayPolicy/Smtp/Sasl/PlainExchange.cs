namespace RelayPolicy.Smtp.Sasl;

/// <summary>
/// PLAIN.
/// <code>
/// message   = [authzid] UTF8NUL authcid UTF8NUL passwd         ; RFC 4616 §2
/// </code>
/// An authorization identity is taken only if it is the authentication identity: nobody acts for somebody else here.
/// </summary>
internal sealed class PlainExchange : PasswordExchange
{
    public override string Mechanism => SaslMechanismNames.Plain;

    public override bool ClientIsFirst => true;

    public override SaslTurn Begin() => default;

    public override SaslTurn Respond(ReadOnlySpan<byte> response)
    {
        int first = response.IndexOf((byte)0);
        int second = first < 0 ? -1 : response[(first + 1)..].IndexOf((byte)0);
        if (second < 0) return SaslTurn.Fail(SessionReplies.BadResponse);
        ReadOnlySpan<byte> authorization = response[..first];
        ReadOnlySpan<byte> user = response.Slice(first + 1, second);
        ReadOnlySpan<byte> password = response[(first + second + 2)..];
        if (password.Contains((byte)0)) return SaslTurn.Fail(SessionReplies.BadResponse);
        bool actsForItself = authorization.IsEmpty || authorization.SequenceEqual(user);
        return actsForItself ? Check(user, password) : SaslTurn.Fail(SessionReplies.CredentialsInvalid);
    }
}
