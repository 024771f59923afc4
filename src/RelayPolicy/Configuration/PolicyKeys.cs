namespace RelayPolicy.Configuration;

/// <summary>The keys of a policy file. Reader, writer and schema use the same.</summary>
internal static class PolicyKeys
{
    public const string Schema = "$schema";
    public const string LocalDomains = "LocalDomains";
    public const string Networks = "Networks";
    public const string Domains = "Domains";
    public const string SenderOwnership = "SenderOwnership";
    public const string Gateways = "Gateways";
    public const string RoutedRecipients = "RoutedRecipients";
    public const string NameComparison = "NameComparison";
    public const string RefusalReply = "RefusalReply";
    public const string Rules = "Rules";
    public const string Iis = "Iis";

    public const string Name = "Name";
    public const string Comment = "Comment";
    public const string Stage = "Stage";
    public const string Action = "Action";
    public const string When = "When";
    public const string Reply = "Reply";
    public const string AuditOnly = "AuditOnly";
    public const string NotBefore = "NotBefore";
    public const string NotAfter = "NotAfter";
    public const string AcceptsFromAnyone = "AcceptsFromAnyone";

    public const string Entries = "Entries";
    public const string AllowEmpty = "AllowEmpty";
    public const string File = "File";
    public const string IgnoreColumns = "IgnoreColumns";

    public const string ConnectionControl = "ConnectionControl";
    public const string Authentication = "Authentication";
    public const string RequireTls = "RequireTls";
    public const string RelayRestrictions = "RelayRestrictions";
    public const string AuthenticatedMayRelay = "AuthenticatedMayRelay";
    public const string AliasDomains = "AliasDomains";
    public const string RemoteDomains = "RemoteDomains";
    public const string AllowRelay = "AllowRelay";
    public const string Limits = "Limits";
    public const string Mode = "Mode";
    public const string MaxMessageSize = "MaxMessageSize";
    public const string MaxSessionSize = "MaxSessionSize";
    public const string MaxRecipients = "MaxRecipients";
    public const string MaxHops = "MaxHops";
    public const string MaxConnections = "MaxConnections";
    public const string Unlimited = "Unlimited";
}

/// <summary>How user and group names are compared.</summary>
internal enum NameComparison
{
    OrdinalIgnoreCase = 0,
    Ordinal,
}
