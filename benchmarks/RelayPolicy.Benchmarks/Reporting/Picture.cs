using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace RelayPolicy.Benchmarks;

/// <summary>Nanoseconds against entries, both on logarithmic axes: hits as solid lines, misses dashed.</summary>
internal sealed record Picture(string FileName, string Title, string Entries, IPFamily? Family, Curve[] Curves)
{
    /// <summary>Whether there are hits and misses.</summary>
    private bool HasQueries { get; init; } = true;

    private const int Width = 960;
    private const int Height = 600;

    public static Picture[] All { get; } =
    [
        OfNetworks(IPFamily.IPv4),
        OfNetworks(IPFamily.IPv6),
        new("domains.png", "Is that domain in the set?", "domains in the set", Family: null,
        [
            new(typeof(DomainLookup), nameof(DomainLookup.DomainSetContains), "DomainSet", Colors.Blue),
            new(typeof(DomainLookup), nameof(DomainLookup.DomainTableTryFindText), "DomainTable, from text", Colors.SkyBlue),
            new(typeof(DomainLookup), nameof(DomainLookup.FrozenSetPerLabel), "FrozenSet, once per label", Colors.Orange),
            new(typeof(DomainLookup), nameof(DomainLookup.HashSetPerLabel), "HashSet, once per label", Colors.Purple),
        ]),
        new("policies.png", "May this recipient pass?", "rules in the policy", Family: null,
        [
            new(typeof(PolicyEvaluation), nameof(PolicyEvaluation.RelayRuleSetEvaluate), "RelayRuleSet", Colors.Blue),
            new(typeof(PolicyEvaluation), nameof(PolicyEvaluation.NaiveFirstMatch), "one rule after the other", Colors.Orange),
        ]) { HasQueries = false },
    ];

    /// <summary>Draws the results on disk.</summary>
    public void Save(string path)
    {
        using var plot = new Plot();
        foreach (Curve curve in Curves)
        {
            Draw(plot, curve, HasQueries ? nameof(QueryKind.Hit) : null, LinePattern.Solid, curve.Label);
            if (HasQueries) Draw(plot, curve, nameof(QueryKind.Miss), LinePattern.Dashed, legend: null);
        }

        plot.Title(HasQueries ? $"{Title} Solid: hits, dashed: misses" : Title);
        plot.XLabel(Entries);
        plot.YLabel("nanoseconds per question");
        plot.Axes.Bottom.TickGenerator = PowersOfTen();
        plot.Axes.Left.TickGenerator = PowersOfTen();
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Bottom.Label.FontSize = plot.Axes.Left.Label.FontSize = 17;
        plot.Axes.Title.Label.FontSize = 19;
        plot.Legend.FontSize = 15;
        plot.ShowLegend(Alignment.UpperLeft);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        plot.SavePng(path, Width, Height); // SVG cannot be had with dashes
    }

    private static Picture OfNetworks(IPFamily family) => new(
        $"{family.ToString().ToLowerInvariant()}.png", $"Is that {family} address in the list?", "prefixes in the list", family,
        [
            new(typeof(NetworkSetLookup), nameof(NetworkSetLookup.NetworkSetContains), "NetworkSet", Colors.Blue),
            new(typeof(PrefixTableLookup), nameof(PrefixTableLookup.PrefixTableTryFind), "PrefixTable (longest match)", Colors.SkyBlue),
            new(typeof(NetworkSetLookup), nameof(NetworkSetLookup.SortedArray), "sorted array, binary search", Colors.Green),
            new(typeof(NetworkSetLookup), nameof(NetworkSetLookup.LinearIPNetwork), "IPNetwork, linear", Colors.Orange),
            new(typeof(NetworkSetLookup), nameof(NetworkSetLookup.LinearIPNetwork2), "IPNetwork2, linear", Colors.Purple),
        ]);

    private void Draw(Plot plot, Curve curve, string? query, LinePattern pattern, string? legend)
    {
        (double Entries, double Nanoseconds)[] points = curve.Read(Family, query);
        if (points.Length == 0)
        {
            string file = Places.Show(Places.ResultsOf(curve.Class));
            throw new BenchmarkUsageException($"{file} holds no {curve.Method} {query}. Make it with: {Commands.Program} {Commands.Everything}");
        }

        double[] entries = [.. points.Select(point => Math.Log10(point.Entries))];
        double[] times = [.. points.Select(point => Math.Log10(point.Nanoseconds))];
        Scatter line = plot.Add.Scatter(entries, times, Color.FromHex(curve.Color));
        line.LineWidth = 2.5f;
        line.MarkerSize = 8;
        line.LinePattern = pattern;
        line.LegendText = legend ?? "";
    }

    // The plot knows logarithms only as numbers: 3 is shown as 1,000.
    private static NumericAutomatic PowersOfTen() => new()
    {
        IntegerTicksOnly = true,
        MinorTickGenerator = new LogMinorTickGenerator(),
        LabelFormatter = power => Math.Pow(10, power).ToString("#,##0.##", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Colours that people with any kind of colour vision can tell apart (Okabe and Ito).</summary>
    private static class Colors
    {
        public const string Blue = "#0072B2";
        public const string SkyBlue = "#56B4E9";
        public const string Green = "#009E73";
        public const string Orange = "#D55E00";
        public const string Purple = "#CC79A7";
    }
}
