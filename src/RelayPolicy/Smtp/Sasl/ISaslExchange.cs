namespace RelayPolicy.Smtp.Sasl;

/// <summary>The server's side of one authentication (RFC 4422 §3). It holds no I/O: it asks for responses of the client and for answers of the host.</summary>
internal interface ISaslExchange
{
    /// <summary>The registered name of the mechanism.</summary>
    string Mechanism { get; }

    /// <summary>Whether the client speaks first: without an initial response it gets an empty challenge.</summary>
    bool ClientIsFirst { get; }

    /// <summary>Begins an exchange in which the server speaks first.</summary>
    SaslTurn Begin();

    /// <summary>Takes a response of the client.</summary>
    SaslTurn Respond(ReadOnlySpan<byte> response);

    /// <summary>Takes the host's answer to <see cref="SaslTurn.AskHost"/>.</summary>
    SaslTurn Answer(in SaslAnswer answer);
}
