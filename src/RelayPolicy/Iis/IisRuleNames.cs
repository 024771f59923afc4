namespace RelayPolicy.Iis;

/// <summary>The names of the rules that the settings of IIS SMTP become.</summary>
internal static class IisRuleNames
{
    public const string ConnectionControl = "connection control";
    public const string TlsRequired = "TLS required";
    public const string AuthenticationRequired = "authentication required";
    public const string RemoteDomains = "remote domains";
    public const string RelayRestrictions = "relay restrictions";
    public const string Authenticated = "authenticated";
    public const string LocalDomains = "local domains";
}
