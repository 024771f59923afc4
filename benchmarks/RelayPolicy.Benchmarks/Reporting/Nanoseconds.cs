using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>Reads the times that BenchmarkDotNet writes, such as <c>1,234.5 us</c>.</summary>
internal static class Nanoseconds
{
    /// <summary>The time, or null for what is no time (<c>NA</c> of a benchmark that failed).</summary>
    public static double? Parse(string text)
    {
        string[] parts = text.Split(' ');
        const NumberStyles Style = NumberStyles.Float | NumberStyles.AllowThousands;
        if (parts.Length != 2 || !double.TryParse(parts[0], Style, CultureInfo.InvariantCulture, out double number)) return null;
        return parts[1] switch
        {
            "ns" => number,
            "us" or "μs" or "µs" => number * 1e3,
            "ms" => number * 1e6,
            "s" => number * 1e9,
            _ => null,
        };
    }
}
