using System.Globalization;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>How many connections the handles of this process allow. Without a handle to spare nothing can be read, stored or even logged.</summary>
internal static class HandleLimit
{
    private const int Unknown = 20_000;

    // The runtime, its files and the logs take some 200.
    private const int Own = 300;

    private static readonly int Spare = Math.Max(8, Handles() - Own);

    /// <summary>The most connections at a time. Of the handles to spare they may take five eighths, as each needs others while it stores a message.</summary>
    public static int Connections => Spare * 5 / 8;

    /// <summary>How many more are accepted to be told that there are too many: one eighth.</summary>
    public static int TurnedAway => Spare / 8;

    // Max open files            1024                 524288               files
    private static int Handles()
    {
        if (!OperatingSystem.IsLinux()) return Unknown;
        string[]? fields = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: > 3 } && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out int handles) ? handles : Unknown;
    }
}
