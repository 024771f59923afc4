using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RelayPolicy;

/// <summary>
/// What the library counts. Names, units and tags are stable. Tags take few values: those of enumerations, and, if asked for, the names
/// of rules; never anything from a client.
/// </summary>
internal sealed class RelayMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RelayPolicy";

    private static readonly string[] Actions = Enum.GetNames<RelayAction>();
    private static readonly string[] Stages = Enum.GetNames<RelayStage>();
    private static readonly string[] Reasons = Enum.GetNames<RelayReason>();

    // The factory disposes of its own meters.
    private readonly Meter? _own;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _ruleDecisions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _faults;

    /// <param name="factory">Makes the meter; null if the application has none.</param>
    /// <param name="countsRules">Whether decisions are counted by rule too.</param>
    /// <param name="measuresDuration">Whether evaluations are timed.</param>
    public RelayMetrics(IMeterFactory? factory, bool countsRules = false, bool measuresDuration = false)
    {
        Meter meter = factory?.Create(MeterName) ?? (_own = new Meter(MeterName));
        CountsRules = countsRules;
        MeasuresDuration = measuresDuration;
        _decisions = meter.CreateCounter<long>("relaypolicy.decisions", "{decision}", "Decisions by action, stage and reason.");
        _ruleDecisions = meter.CreateCounter<long>("relaypolicy.rule.decisions", "{decision}", "Decisions by rule.");
        _duration = meter.CreateHistogram<double>("relaypolicy.evaluation.duration", "s", "How long evaluations take.");
        _reloads = meter.CreateCounter<long>("relaypolicy.reloads", "{reload}", "Attempts to load the policy, by outcome.");
        _faults = meter.CreateCounter<long>("relaypolicy.faults", "{fault}", "Faults of user code, of sources of facts, and of the library.");
    }

    private bool CountsRules { get; }

    private bool MeasuresDuration { get; }

    /// <summary>The present instant if evaluations are timed and somebody listens, else 0.</summary>
    public long Start() => MeasuresDuration && _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Counts a decision that was begun at an instant given by <see cref="Start"/>.</summary>
    public void Decided(in RelayVerdict verdict, long start)
    {
        if (start != 0) _duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (verdict.Fault is not null) Fault(FaultSource.Decision);
        if (_decisions.Enabled) _decisions.Add(1, new("action", Name(Actions, (int)verdict.Action)), new("stage", Name(Stages, (int)verdict.Stage)), new("reason", Name(Reasons, (int)verdict.Reason)));
        if (CountsRules && verdict.Rule is { } rule && _ruleDecisions.Enabled) _ruleDecisions.Add(1, new("rule", rule.Name), new("action", Name(Actions, (int)verdict.Action)));
    }

    /// <summary>Counts an attempt to load the policy.</summary>
    public void Loaded(bool isGood) => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", isGood ? "swapped" : "rejected"));

    /// <summary>Counts a fault.</summary>
    public void Fault(FaultSource source) => _faults.Add(1, new KeyValuePair<string, object?>("source", source.ToString()));

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    private static string Name(string[] names, int value) => (uint)value < (uint)names.Length ? names[value] : "Undefined";
}

/// <summary>Where a fault was met, the tag of the counter of faults.</summary>
internal enum FaultSource
{
    /// <summary>A custom condition or the evaluation itself.</summary>
    Decision,

    /// <summary>The source of the local domains.</summary>
    LocalDomains,

    /// <summary>The source of the sender ownership.</summary>
    SenderOwnership,

    /// <summary>The logger or a listener of the metrics.</summary>
    Diagnostics,
}
