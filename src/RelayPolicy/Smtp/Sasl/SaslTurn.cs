namespace RelayPolicy.Smtp.Sasl;

/// <summary>What comes next in an authentication. <c>default(SaslTurn)</c> is failure.</summary>
internal readonly struct SaslTurn
{
    private SaslTurn(SaslTurnKind kind)
    {
        Kind = kind;
    }

    public SaslTurnKind Kind { get; }

    /// <summary>What is sent to the client, before it is encoded as base64.</summary>
    public byte[] Data { get; private init; } = [];

    public SaslCredentials? Credentials { get; private init; }

    public AuthIdentity? Identity { get; private init; }

    public SmtpReply Reply { get; private init; }

    public static SaslTurn Challenge(byte[] data) => new(SaslTurnKind.Challenge) { Data = data };

    public static SaslTurn AskHost(SaslCredentials credentials) => new(SaslTurnKind.AskHost) { Credentials = credentials };

    public static SaslTurn Success(AuthIdentity identity) => new(SaslTurnKind.Success) { Identity = identity };

    public static SaslTurn Fail(SmtpReply reply) => new(SaslTurnKind.Failure) { Reply = reply };
}

/// <summary>The kinds of turns.</summary>
internal enum SaslTurnKind
{
    Failure = 0,
    Challenge,
    AskHost,
    Success,
}
