using System.Globalization;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>How many connections the handles of this process allow. Without a handle to spare nothing can be read, stored or even logged.</summary>
internal static class HandleLimit
{
    private const int Unknown = 20_000;

    // The runtime, its files and the logs take some 200; a connection takes one for itself, and one or two while it stores a message.
    private const int Own = 300;
    private const int EachConnection = 2;

    /// <summary>The most connections at a time, at least 1.</summary>
    public static int Connections { get; } = Math.Max(1, (Handles() - Own) / EachConnection);

    // Max open files            1024                 524288               files
    private static int Handles()
    {
        if (!OperatingSystem.IsLinux()) return Unknown;
        string[]? fields = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: > 3 } && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out int handles) ? handles : Unknown;
    }
}
