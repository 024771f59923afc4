using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using ILogger = Microsoft.Extensions.Logging.ILogger;
using static RelayPolicy.Tests.Asking;

namespace RelayPolicy.Tests;

/// <summary>What is logged and counted of each decision: ids, names and tags are stable, and nothing of it touches the answer.</summary>
public sealed class ObservedDecisionTests : IDisposable
{
    // Controls, marks of direction and lone surrogates among what is printable.
    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\0', '\u00ff'], Gen.Char['\0', '\uffff']).Array[0, 12].Select(characters => new string(characters));

    private readonly FakeLogger _logger = new();
    private readonly RelayMetrics _metrics = new(factory: null, countsRules: true, measuresDuration: true);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void A_refusal_is_logged_with_its_reason()
    {
        Observe([], Request(user: "alice"));
        FakeLogRecord record = _logger.LatestRecord;
        Assert.Equal((1001, "Refused", LogLevel.Information), (record.Id.Id, record.Id.Name, record.Level));
        Assert.Equal("Refused at Recipient by NoRuleMatched: 550 5.7.1 Relaying denied; client 203.0.113.9, user alice, sender <a@b.example>, recipient <r@far.example>", record.Message);
    }

    [Fact]
    public void A_refusal_at_connect_tells_only_what_is_known_then()
    {
        Observe([AtConnect("blocked", Condition.Any)], Request(user: "alice"), RelayStage.Connect);
        Assert.Equal("Refused at Connect by rule \"blocked\": 554 5.7.1 Connection refused; client 203.0.113.9, user -, sender -, recipient -", _logger.LatestRecord.Message);
    }

    [Fact]
    public void An_acceptance_to_relay_is_logged()
    {
        Observe([AtRecipient("users", Condition.Identity.IsAuthenticated)], Request(user: "alice"));
        Assert.Equal((1002, "AcceptedToRelay"), (_logger.LatestRecord.Id.Id, _logger.LatestRecord.Id.Name));
        Assert.Contains("by rule \"users\"; client 203.0.113.9, user alice", _logger.LatestRecord.Message);
    }

    [Fact]
    public void A_deferral_is_logged()
    {
        Observe([AtRecipient("later", Condition.Any, RuleAction.Defer)], Request());
        Assert.Equal((1003, "Deferred"), (_logger.LatestRecord.Id.Id, _logger.LatestRecord.Id.Name));
    }

    [Fact]
    public void Local_delivery_is_not_logged()
    {
        Observe([AtRecipient("local", Condition.Recipient.IsLocal)], Request(to: "<r@local.example>"));
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public void An_audit_only_rule_that_would_have_decided_otherwise_is_logged()
    {
        Observe([AtRecipient("watch", Condition.Any, RuleAction.Reject) with { AuditOnly = true }, AtRecipient("local", Condition.Recipient.IsLocal)], Request(to: "<r@local.example>"));
        Assert.Equal((1004, "AuditRuleDiffers"), (_logger.LatestRecord.Id.Id, _logger.LatestRecord.Id.Name));
        Assert.StartsWith("Audit-only rule \"watch\" would have decided otherwise (Reject) than the verdict (Deliver)", _logger.LatestRecord.Message);
    }

    [Fact]
    public void A_fault_in_user_code_is_logged_on_one_line()
    {
        Condition custom = Condition.Custom("broken", RelayFacts.Recipient, (in RelayRequest _) => throw new InvalidOperationException("bad\r\n1001 Accepted"));
        Observe([AtRecipient("r", custom & Condition.Recipient.IsLocal)], Request(to: "<r@local.example>"));
        FakeLogRecord record = _logger.Collector.GetSnapshot()[0];
        Assert.Equal((1101, "DecisionFault", LogLevel.Error), (record.Id.Id, record.Id.Name, record.Level));
        Assert.Contains(@"System.InvalidOperationException: bad\u000d\u000a1001 Accepted", record.Message);
        Assert.DoesNotContain(record.Message, c => char.IsControl(c));
    }

    [Theory]
    [InlineData("<\"a\u2028b\"@b.example>", "alice")]
    [InlineData("<a@b.example>", "alice\r\nRefused by nobody")]
    [InlineData("<a@b.example>", "alice\u202e\u0085\0\u001b[2J")]
    public void A_log_line_cannot_be_forged(string from, string user)
    {
        if (!SmtpPath.TryParseReversePath(from, AddressOptions.SmtpUtf8, out SmtpPath sender, out _)) sender = SmtpPath.Null;
        Observe([], Request(user: user) with { Sender = sender });
        Assert.All(_logger.LatestRecord.Message, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void A_log_line_is_printable_ASCII_whatever_the_addresses_hold() => Gen.Select(AnyText, AnyText).Sample((local, user) =>
    {
        var logger = new FakeLogger();
        string quoted = $"<\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"@b.example>";
        SmtpPath path = SmtpPath.TryParseReversePath(quoted, AddressOptions.SmtpUtf8, out SmtpPath parsed, out _) ? parsed : SmtpPath.Null;
        var request = new RelayRequest(new ClientEndpoint(System.Net.IPAddress.Loopback), new AuthIdentity(user), path, SmtpPath.ParseMailbox("r@far.example"));
        new ObservedDecision(RelayRuleSet.Create([]), logger, _metrics).Evaluate(request);
        Assert.All(logger.LatestRecord.Message, c => Assert.InRange(c, ' ', '~'));
    });

    [Fact]
    public void Decisions_are_counted_by_action_stage_and_reason()
    {
        using var factory = new Factory();
        using var own = new RelayMetrics(factory);
        using var collected = new MetricCollector<long>(factory, "RelayPolicy", "relaypolicy.decisions");
        new ObservedDecision(RelayRuleSet.Create([]), NullLogger.Instance, own).Evaluate(Request());
        CollectedMeasurement<long> measurement = Assert.Single(collected.GetMeasurementSnapshot());
        Assert.Equal(1, measurement.Value);
        Assert.Equal([new("action", "Reject"), new("reason", "NoRuleMatched"), new("stage", "Recipient")], measurement.Tags.OrderBy(tag => tag.Key));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Rules_are_counted_and_evaluations_timed_if_asked_for(bool asked, int expected)
    {
        using var factory = new Factory();
        using var metrics = new RelayMetrics(factory, countsRules: asked, measuresDuration: asked);
        using var rules = new MetricCollector<long>(factory, "RelayPolicy", "relaypolicy.rule.decisions");
        using var duration = new MetricCollector<double>(factory, "RelayPolicy", "relaypolicy.evaluation.duration");
        new ObservedDecision(RelayRuleSet.Create([AtRecipient("local", Condition.Recipient.IsLocal)]), NullLogger.Instance, metrics).Evaluate(Request(to: "<r@local.example>"));
        Assert.Equal(expected, rules.GetMeasurementSnapshot().Count);
        Assert.Equal(expected, duration.GetMeasurementSnapshot().Count);
        if (asked) Assert.Equal([new("action", "Deliver"), new("rule", "local")], rules.LastMeasurement!.Tags.OrderBy(tag => tag.Key));
    }

    [Fact]
    public void Every_instrument_has_its_name_and_unit()
    {
        using var factory = new Factory();
        var found = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Scope == factory) found.Add(instrument.Name, instrument.Unit); } };
        listener.Start();
        using var metrics = new RelayMetrics(factory);
        Assert.Equal(
            [
                new("relaypolicy.decisions", "{decision}"),
                new("relaypolicy.evaluation.duration", "s"),
                new("relaypolicy.faults", "{fault}"),
                new("relaypolicy.reloads", "{reload}"),
                new("relaypolicy.rule.decisions", "{decision}"),
            ],
            found);
    }

    [Fact]
    public void A_fault_is_counted()
    {
        using var factory = new Factory();
        using var metrics = new RelayMetrics(factory);
        using var faults = new MetricCollector<long>(factory, "RelayPolicy", "relaypolicy.faults");
        new ObservedDecision(RelayRuleSet.Create([]), NullLogger.Instance, metrics).Evaluate(default);
        Assert.Equal("Decision", Assert.Single(faults.GetMeasurementSnapshot()).Tags["source"]);
    }

    [Fact]
    public void A_broken_logger_does_not_touch_the_answer()
    {
        using var factory = new Factory();
        using var metrics = new RelayMetrics(factory);
        using var faults = new MetricCollector<long>(factory, "RelayPolicy", "relaypolicy.faults");
        RelayVerdict verdict = new ObservedDecision(RelayRuleSet.Create([]), new BrokenLogger(), metrics).Evaluate(Request());
        Assert.Equal((RelayAction.Reject, RelayReason.NoRuleMatched), (verdict.Action, verdict.Reason));
        Assert.Equal("Diagnostics", Assert.Single(faults.GetMeasurementSnapshot()).Tags["source"]);
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_allocated()
    {
        using var factory = new Factory();
        using var metrics = new RelayMetrics(factory);
        IRelayDecision decision = new ObservedDecision(RelayRuleSet.Create([AtRecipient("local", Condition.Recipient.IsLocal)]), NullLogger.Instance, metrics);
        RelayRequest refused = Request(), local = Request(to: "<r@local.example>");
        Assert.Equal(0, Allocations.Of(() =>
        {
            decision.Evaluate(refused);
            decision.Evaluate(local);
        }));
    }

    private void Observe(RelayRule[] rules, RelayRequest request, RelayStage through = RelayStage.Recipient)
    {
        RelayRuleSet inner = RelayRuleSet.Create(rules);
        RelayVerdict verdict = new ObservedDecision(inner, _logger, _metrics).Evaluate(request, through);
        Assert.Equal(inner.Evaluate(request, through).Reply, verdict.Reply);
    }

    private sealed class Factory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }

    private sealed class BrokenLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new IOException("disk full");
    }
}
