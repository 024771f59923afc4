using System.Globalization;

namespace RelayPolicy.Benchmarks;

/// <summary>A goal that figures of one run decide.</summary>
/// <param name="What">What is asked of the library.</param>
/// <param name="AtLeast">Whether the figure must be at least the limit; else at most.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">What stands behind the figure: <c>× faster</c>, <c>B/prefix</c>.</param>
/// <param name="Needs">The benchmarks that the figure is made of.</param>
/// <param name="Figure">Makes the figure.</param>
internal sealed record Goal(string What, bool AtLeast, double Limit, string Unit, GoalCase[] Needs, Func<GoalFigures, double> Figure)
{
    /// <summary>What the report says of a goal that is not met.</summary>
    public const string Missed = "**no**";

    public static readonly string[] Header = ["What", "Goal", "Figure", "Met", "From"];

    /// <summary>A goal on how many times faster one benchmark is than another.</summary>
    public static Goal Faster(string what, double limit, GoalCase ours, GoalCase peer) =>
        new(what, AtLeast: true, limit, "× faster", [ours, peer], figures => figures.Nanoseconds(peer) / figures.Nanoseconds(ours));

    /// <summary>A goal on how many times as long one benchmark may take as another.</summary>
    public static Goal NoSlower(string what, double limit, GoalCase ours, GoalCase other) =>
        new(what, AtLeast: false, limit, "× the time", [ours, other], figures => figures.Nanoseconds(ours) / figures.Nanoseconds(other));

    /// <summary>Why the goal is missed where it is, for the report; empty if nothing is known.</summary>
    public string WhyNot { get; init; } = "";

    /// <summary>The row of the report.</summary>
    public string[] Judge(GoalFigures figures)
    {
        double figure = Figure(figures);
        bool met = AtLeast ? figure >= Limit : figure <= Limit;
        string limit = $"{(AtLeast ? "≥" : "≤")} {Print(Limit)} {Unit}";
        return [What, limit, $"{Print(figure)} {Unit}", met ? "yes" : Missed, string.Join("; ", Needs.Select(figures.Describe))];
    }

    private static string Print(double number) => number.ToString(number >= 100 ? "#,##0" : "0.##", CultureInfo.InvariantCulture);
}
