namespace RelayPolicy.Smtp;

/// <summary>Whether a command may come in a state, and if not, why.</summary>
internal enum CommandGate
{
    Open = 0,
    OnlyQuit,
    HelloFirst,
    EhloFirst,
    MailFirst,
    RcptFirst,
    InTransaction,
    InChunks,
}
