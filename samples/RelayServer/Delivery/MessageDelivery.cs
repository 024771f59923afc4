using System.Globalization;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// Brings a message to its places, all of them or none: what is kept here is written aside first, then the smart host is asked, and only when
/// it has taken the message do the files move to their places.
/// </summary>
internal sealed class MessageDelivery(Maildir maildir, Spool spool, SmartHost? smartHost, TimeProvider clock)
{
    private int _count;

    /// <summary>A new name for a message: unique on this machine, for good.</summary>
    public string NewId()
    {
        long microseconds = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        (long seconds, long rest) = Math.DivRem(microseconds, 1_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.M{rest}P{Environment.ProcessId}Q{Interlocked.Increment(ref _count)}");
    }

    /// <summary>Delivers the message.</summary>
    /// <returns>Null if it is safe for every recipient, else what to tell the client; then it is nowhere.</returns>
    /// <exception cref="IOException">It could not be stored. It is nowhere, unless the smart host had taken it already.</exception>
    public async Task<SmtpReply?> DeliverAsync(IncomingMessage message)
    {
        var files = new List<StagedFile>();
        try
        {
            if (message.Relayed.Length > 0 && smartHost is null) files.AddRange(await spool.StageAsync(message));
            if (message.Local.Length > 0) files.Add(await maildir.StageAsync(message));
            if (message.Relayed.Length > 0 && smartHost is not null && await smartHost.SendAsync(message) is { } refusal) return refusal;
            foreach (StagedFile file in files) file.Publish();
            foreach (StagedFile file in files) file.Keep();
            return null;
        }
        finally
        {
            foreach (StagedFile file in files) file.Dispose();
        }
    }
}
