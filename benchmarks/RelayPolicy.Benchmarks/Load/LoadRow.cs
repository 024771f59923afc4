using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>A line of the result.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Connections">On how many connections.</param>
/// <param name="Ratio">The figure, as a multiple of what it is compared with; null if with nothing.</param>
/// <param name="Figure">The figure with its unit.</param>
/// <param name="Against">What it is compared with, in the same run.</param>
internal sealed record LoadRow(string What, int Connections, double? Ratio, string Figure, string Against)
{
    private const double MiB = 1024 * 1024;

    public static readonly string[] Header = ["What", "Connections", "Ratio", "Figure", "Against"];

    public static LoadRow OfRate(string what, int connections, double rate, double baseline, string against) =>
        new(what, connections, rate / baseline, Rate(rate), $"{against}: {Rate(baseline)}");

    public static LoadRow OfTime(string what, int connections, double microseconds, double baseline, string against) =>
        new(what, connections, microseconds / baseline, Time(microseconds), $"{against}: {Time(baseline)}");

    public static LoadRow OfMemory(string what, int connections, long bytes, long? baseline = null, string against = "") => new(
        what, connections, baseline is null ? null : (double)bytes / baseline.Value, Memory(bytes), against);

    public string[] ToCells() =>
        [What, Connections.ToString("#,##0", CultureInfo.InvariantCulture), Ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? "", Figure, Against];

    private static string Rate(double perSecond) => $"{perSecond.ToString("#,##0", CultureInfo.InvariantCulture)} /s";

    private static string Time(double microseconds) => $"{microseconds.ToString("0.00", CultureInfo.InvariantCulture)} µs";

    private static string Memory(long bytes) => $"{(bytes / MiB).ToString("0.0", CultureInfo.InvariantCulture)} MiB";
}
