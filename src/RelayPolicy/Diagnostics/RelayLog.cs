using Microsoft.Extensions.Logging;

namespace RelayPolicy;

/// <summary>
/// Every message that the library logs. The event ids and names are stable: operators filter and alarm by them. Whatever came from
/// outside is escaped before it gets here, so that it cannot forge a line.
/// </summary>
internal static partial class RelayLog
{
    /// <summary>The category of messages about single decisions.</summary>
    public const string DecisionCategory = "RelayPolicy.Decision";

    /// <summary>The category of messages about the policy as a whole.</summary>
    public const string PolicyCategory = "RelayPolicy.Policy";

    [LoggerMessage(1001, LogLevel.Information, "Refused at {Stage} by {Decider}: {Reply}; client {Client}, user {User}, sender {Sender}, recipient {Recipient}", EventName = "Refused", SkipEnabledCheck = true)]
    public static partial void Refused(ILogger logger, RelayStage stage, string decider, string reply, string client, string user, string sender, string recipient);

    [LoggerMessage(1002, LogLevel.Information, "Accepted to relay by {Decider}; client {Client}, user {User}, sender {Sender}, recipient {Recipient}", EventName = "AcceptedToRelay", SkipEnabledCheck = true)]
    public static partial void AcceptedToRelay(ILogger logger, string decider, string client, string user, string sender, string recipient);

    [LoggerMessage(1003, LogLevel.Information, "Deferred at {Stage} by {Decider}: {Reply}; client {Client}, user {User}, sender {Sender}, recipient {Recipient}", EventName = "Deferred", SkipEnabledCheck = true)]
    public static partial void Deferred(ILogger logger, RelayStage stage, string decider, string reply, string client, string user, string sender, string recipient);

    [LoggerMessage(1004, LogLevel.Information, "Audit-only rule \"{Rule}\" would have decided otherwise ({RuleAction}) than the verdict ({Action}); client {Client}, user {User}, sender {Sender}, recipient {Recipient}", EventName = "AuditRuleDiffers", SkipEnabledCheck = true)]
    public static partial void AuditRuleDiffers(ILogger logger, string rule, RuleAction ruleAction, RelayAction action, string client, string user, string sender, string recipient);

    [LoggerMessage(1101, LogLevel.Error, "A fault in user code or in the library was met while deciding; the answer was {Action}: {Fault}", EventName = "DecisionFault")]
    public static partial void DecisionFault(ILogger logger, RelayAction action, string fault);

    [LoggerMessage(2001, LogLevel.Information, "Policy loaded: {Rules} rules from {Source}", EventName = "PolicyLoaded")]
    public static partial void PolicyLoaded(ILogger logger, int rules, string source);

    [LoggerMessage(2002, LogLevel.Information, "Policy swapped: {Rules} rules from {Source} are in force", EventName = "PolicySwapped")]
    public static partial void PolicySwapped(ILogger logger, int rules, string source);

    [LoggerMessage(2003, LogLevel.Error, "Policy rejected, the last good one stays in force; {Count} errors in {Source}: {Errors}", EventName = "PolicyRejected")]
    public static partial void PolicyRejected(ILogger logger, int count, string source, string errors);

    [LoggerMessage(2004, LogLevel.Critical, "Policy rejected and there was no good one yet: everything is deferred with 451 4.3.5; {Count} errors in {Source}: {Errors}", EventName = "NoPolicy")]
    public static partial void NoPolicy(ILogger logger, int count, string source, string errors);

    [LoggerMessage(2005, LogLevel.Warning, "The policy in force has {Count} warnings: {Warnings}", EventName = "PolicyWarnings")]
    public static partial void PolicyWarnings(ILogger logger, int count, string warnings);

    [LoggerMessage(2101, LogLevel.Error, "The source of {Fact} failed; what it last gave is used while it is not older than {MaxAge}: {Fault}", EventName = "SourceFailed")]
    public static partial void SourceFailed(ILogger logger, RelayFacts fact, TimeSpan maxAge, string fault);

    [LoggerMessage(2102, LogLevel.Information, "The source of {Fact} answers again", EventName = "SourceRecovered")]
    public static partial void SourceRecovered(ILogger logger, RelayFacts fact);
}
