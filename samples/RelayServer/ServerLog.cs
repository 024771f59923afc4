namespace RelayPolicy.Samples.RelayServer;

/// <summary>What the server logs, beside the decisions, which the library logs. Text from outside comes in without control characters.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Taken: {Id} from {Sender} for {Recipients} recipients, {Octets} octets")]
    public static partial void Taken(ILogger logger, string id, string sender, int recipients, long octets);

    [LoggerMessage(2, LogLevel.Error, "Not stored: {Id}")]
    public static partial void NotStored(ILogger logger, string id, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The smart host refuses {Id}: {Code} {Text}")]
    public static partial void SmartHostRefused(ILogger logger, string id, int code, string text);

    [LoggerMessage(4, LogLevel.Warning, "The smart host {Host} does not take {Id}: {Problem}")]
    public static partial void SmartHostFailed(ILogger logger, string host, string id, string problem);

    [LoggerMessage(5, LogLevel.Debug, "{Client}: {Problem}")]
    public static partial void ConnectionLost(ILogger logger, string client, string problem);

    [LoggerMessage(6, LogLevel.Error, "A session has failed")]
    public static partial void SessionFailed(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "The change of the users is not taken: {Problems}")]
    public static partial void UsersRejected(ILogger logger, string problems);

    [LoggerMessage(8, LogLevel.Information, "{Count} users")]
    public static partial void UsersTaken(ILogger logger, int count);

    [LoggerMessage(9, LogLevel.Warning, "{Client} is turned away: there are {Count} connections")]
    public static partial void TooManyConnections(ILogger logger, string client, int count);

    [LoggerMessage(10, LogLevel.Information, "Refused: {Reply}; client {Client}, user {User} as he said")]
    public static partial void Refused(ILogger logger, string reply, System.Net.EndPoint? client, string user);

    [LoggerMessage(11, LogLevel.Warning, "Settings of Server other than Users have changed: they take effect at the next start")]
    public static partial void NeedsRestart(ILogger logger);
}
