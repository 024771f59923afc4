namespace RelayPolicy.Smtp;

/// <summary>What a session does with the next octets, or for what it waits.</summary>
internal enum SessionPhase
{
    ProxyHeader = 0,
    Opening,
    AwaitingHostNames,
    Greeting,
    Commands,
    AwaitingTls,
    Authenticating,
    AwaitingCredentials,
    CredentialsChecked,
    Content,
    DroppedChunk,
    AwaitingMessage,
    MessageDecided,
    Closed,
}
