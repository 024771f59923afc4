namespace RelayPolicy.Smtp.Proxy;

/// <summary>How far a header has come.</summary>
internal enum ProxyHeaderStatus
{
    Incomplete = 0,
    Complete,
    Malformed,
}
