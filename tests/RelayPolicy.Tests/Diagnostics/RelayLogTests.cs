using System.Reflection;
using Microsoft.Extensions.Logging;

namespace RelayPolicy.Tests;

/// <summary>The event ids are a promise: operators filter and alarm by them.</summary>
public class RelayLogTests
{
    private static readonly (int Id, string? Name, LogLevel Level)[] Events =
    [
        (1001, "Refused", LogLevel.Information),
        (1002, "AcceptedToRelay", LogLevel.Information),
        (1003, "Deferred", LogLevel.Information),
        (1004, "AuditRuleDiffers", LogLevel.Information),
        (1101, "DecisionFault", LogLevel.Error),
        (2001, "PolicyLoaded", LogLevel.Information),
        (2002, "PolicySwapped", LogLevel.Information),
        (2003, "PolicyRejected", LogLevel.Error),
        (2004, "NoPolicy", LogLevel.Critical),
        (2005, "PolicyWarnings", LogLevel.Warning),
        (2101, "SourceFailed", LogLevel.Error),
        (2102, "SourceRecovered", LogLevel.Information),
    ];

    [Fact]
    public void Every_event_has_its_id_name_and_level() => Assert.Equal(
        Events,
        typeof(RelayLog).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!)
            .Select(message => (message.EventId, message.EventName, message.Level)).OrderBy(message => message.EventId));
}
