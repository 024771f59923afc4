using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>The properties of the metabase by name and number, and which of them have a part in access or relaying.</summary>
internal static class MetabaseProperty
{
    public const string RelayIpList = "RelayIpList";
    public const string RelayForAuth = "RelayForAuth";
    public const string IpSecurity = "IPSecurity";
    public const string AuthFlags = "AuthFlags";
    public const string AccessSslFlags = "AccessSSLFlags";
    public const string RouteAction = "RouteAction";
    public const string MaxMessageSize = "MaxMessageSize";
    public const string MaxSessionSize = "MaxSessionSize";
    public const string MaxRecipients = "MaxRecipients";
    public const string HopCount = "HopCount";
    public const string MaxConnections = "MaxConnections";
    public const string SmtpIpRestrictionFlag = "SmtpIpRestrictionFlag";
    public const string SmtpDisableRelay = "SmtpDisableRelay";
    public const string ServerComment = "ServerComment";
    public const string ServerBindings = "ServerBindings";
    public const string SecureBindings = "SecureBindings";
    public const string DefaultDomain = "DefaultDomain";
    public const string EnableReverseDnsLookup = "EnableReverseDnsLookup";

    /// <summary>The properties that an import reads, with their numbers; 0 where the number is not known.</summary>
    private static readonly Dictionary<string, uint> Read = new(AsciiComparer.IgnoreCase)
    {
        [RelayIpList] = 36970,
        [RelayForAuth] = 36973,
        [IpSecurity] = 6019,
        [AuthFlags] = 6000,
        [AccessSslFlags] = 6030,
        [RouteAction] = 36946,
        [MaxMessageSize] = 36891,
        [MaxSessionSize] = 36892,
        [MaxRecipients] = 36895,
        [HopCount] = 36886,
        [MaxConnections] = 1014,
        [SmtpIpRestrictionFlag] = 37031,
        [SmtpDisableRelay] = 36974,
        [ServerComment] = 1015,
        [ServerBindings] = 1023,
        [SecureBindings] = 2021,
        [DefaultDomain] = 0,
        [EnableReverseDnsLookup] = 0,
    };

    /// <summary>Properties about delivery, storage, logging and administration, which have no part in access or relaying.</summary>
    private static readonly HashSet<string> Indifferent = new(AsciiComparer.IgnoreCase)
    {
        "AdminACL", "BadMailDirectory", "ConnectionTimeout", "ConnectResponse", "CSideEtrnDomains", "DoMasquerade",
        "DropDirectory", "DSNOptions", "DSNLanguageID", "EtrnDays", "FullyQualifiedDomainName", "KeyType", "LimitRemoteConnections",
        "LocalRetryAttempts", "LocalRetryInterval", "LogAnonymous", "LogExtFileFlags", "LogFileDirectory", "LogFileLocaltimeRollover",
        "LogFilePeriod", "LogFileTruncateSize", "LogNonAnonymous", "LogOdbcDataSource", "LogOdbcPassword", "LogOdbcTableName",
        "LogOdbcUserName", "LogPluginClsid", "LogType", "MasqueradeDomain", "MaxBatchedMessages", "MaxDirBuffers", "MaxDirPendingIos",
        "MaxMailObjects", "MaxOutConnections", "MaxOutConnectionsPerDomain", "MaxOutConnectionTimeout",
        "MaxSmtpErrors", "NameResolutionType", "NTAuthenticationProviders", "PickupDirectory", "PostmasterEmail", "PostmasterName",
        "QueueDirectory", "RemoteRetryAttempts", "RemoteRetryInterval", "RemoteSmtpPort", "RemoteSmtpSecurePort",
        "RemoteTimeout", "RouteDomain", "RoutePassword", "RouteUserName", "RoutingDLL", "RoutingSources", "SendBadTo", "SendDRNTo", "SendNDRTo",
        "ServerAutoStart", "ServerCommand", "ServerSize", "ServerState", "ShouldDeliver", "ShouldPickupMail", "ShouldPipelineIn",
        "ShouldPipelineOut", "SmartHost", "SmartHostType", "SmtpClsid", "SmtpDSNOptions", "SmtpLocalDelayExpireMinutes",
        "SmtpLocalNDRExpireMinutes", "SmtpRemoteDelayExpireMinutes", "SmtpRemoteNDRExpireMinutes", "SmtpRemoteProgressiveRetry",
        "UpdatedDefaultDomain", "UpdatedFQDN", "Win32Error",
    };

    private static readonly Dictionary<uint, string> Names = Read.Where(property => property.Value != 0).ToDictionary(property => property.Value, property => property.Key);

    /// <summary>The name of the property with the number, or null.</summary>
    public static string? NameOf(uint id) => Names.GetValueOrDefault(id);

    /// <summary>The name as it is written in the schema, if the property is one that an import reads; else null.</summary>
    public static string? FindRead(string name) => Read.Keys.FirstOrDefault(known => AsciiComparer.IgnoreCase.Equals(known, name));

    /// <summary>Whether the property has no part in access or relaying.</summary>
    public static bool IsIndifferent(string name) => Indifferent.Contains(name);

    /// <summary>What a property of unknown name is called.</summary>
    public static string NameOfUnknown(uint id) => $"#{id.ToString(CultureInfo.InvariantCulture)}";
}
