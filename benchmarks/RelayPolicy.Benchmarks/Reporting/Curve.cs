using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>A line of a picture: one benchmark over the number of entries.</summary>
/// <param name="Class">The class of benchmarks.</param>
/// <param name="Method">The method.</param>
/// <param name="Label">What the legend says.</param>
/// <param name="Color">The colour, as <c>#rrggbb</c>.</param>
internal sealed record Curve(Type Class, string Method, string Label, string Color)
{
    /// <summary>The points of a kind of question, ascending: entries and nanoseconds.</summary>
    /// <param name="family">The family, or null when the class has none.</param>
    /// <param name="query">The kind of question, or null when the class has only one.</param>
    public (double Entries, double Nanoseconds)[] Read(IPFamily? family, string? query)
    {
        ResultTable table = ResultTable.Read(Places.ResultsOf(Class), Commands.Everything);
        var points = new List<(double, double)>();
        foreach (string[] row in table.Rows)
        {
            if (table.Cell(row, "Method") != Method || (query is not null && table.Cell(row, "Query") != query)) continue;
            if (Nanoseconds.Parse(table.Cell(row, "Mean")) is not { } time) continue;
            if (family is null) points.Add((double.Parse(table.Cell(row, "Entries"), CultureInfo.InvariantCulture), time));
            else if (TableCase.Parse(table.Cell(row, "Table")) is var entry && entry.Family == family) points.Add((entry.Entries, time));
        }

        return [.. points.OrderBy(point => point.Item1)];
    }
}
