using Microsoft.Extensions.Options;

namespace RelayPolicy;

/// <summary>
/// Keeps the policy: loads it, watches where it comes from, and swaps it whole when it has changed. One reference holds what is in force; a
/// request reads it once, so it meets one policy and never a mixture. A change that cannot be read leaves the last good policy in force.
/// </summary>
internal sealed class ReloadingPolicy : IRelayPolicy, IRelayDecision, IDisposable
{
    private readonly object _gate = new();
    private readonly PolicyLoader _loader;
    private readonly RelayPolicyOptions _options;
    private readonly HostServices _services;
    private readonly PolicyWatch _watch;
    private LoadedPolicy? _inForce;
    private LoadedPolicy _last;

    public ReloadingPolicy(PolicyLoader loader, IOptions<RelayPolicyOptions> options, HostServices services)
    {
        (_loader, _options, _services) = (loader, options.Value, services);
        _last = _loader.LoadFirst(_options);
        Settle(_last);
        _watch = new PolicyWatch(_last, () => _loader.Version, Load, _options.WatchInterval, services.Time, _gate);
    }

    /// <inheritdoc/>
    public RelayRuleSet? RuleSet => Volatile.Read(ref _inForce)?.RuleSet;

    /// <inheritdoc/>
    public SmtpLimits Limits => Volatile.Read(ref _inForce)?.Limits ?? new SmtpLimits();

    /// <inheritdoc/>
    public IReadOnlyList<PolicyDiagnostic> Errors => Volatile.Read(ref _last).Errors;

    /// <inheritdoc/>
    public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient) =>
        Volatile.Read(ref _inForce) is { RuleSet: { } rules }
            ? rules.Evaluate(request, through)
            : new RelayVerdict { Action = RelayAction.Defer, Stage = through, Reason = RelayReason.NoPolicy, Reply = DefaultReplies.NoPolicy };

    /// <inheritdoc/>
    public bool Reload()
    {
        lock (_gate)
        {
            _watch.NoteLoaded(Load());
            return _last.RuleSet is not null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    private LoadedPolicy Load()
    {
        LoadedPolicy loaded = _loader.Load(_options);
        Settle(loaded);
        return loaded;
    }

    private void Settle(LoadedPolicy loaded)
    {
        bool isFirst = _inForce is null;
        Volatile.Write(ref _last, loaded);
        if (loaded.RuleSet is not null) Volatile.Write(ref _inForce, loaded);
        HostServices.Shielded(() => Report(loaded, isFirst));
    }

    private void Report(LoadedPolicy loaded, bool isFirst)
    {
        _services.Metrics.Loaded(loaded.RuleSet is not null);
        if (loaded.RuleSet is { } rules)
        {
            if (isFirst) RelayLog.PolicyLoaded(_services.PolicyLogger, rules.Rules.Count, loaded.Source);
            else RelayLog.PolicySwapped(_services.PolicyLogger, rules.Rules.Count, loaded.Source);
            if (loaded.Warnings.Count > 0) RelayLog.PolicyWarnings(_services.PolicyLogger, loaded.Warnings.Count, Join(loaded.Warnings));
        }
        else if (isFirst)
        {
            RelayLog.NoPolicy(_services.PolicyLogger, loaded.Errors.Count, loaded.Source, Join(loaded.Errors));
        }
        else
        {
            RelayLog.PolicyRejected(_services.PolicyLogger, loaded.Errors.Count, loaded.Source, Join(loaded.Errors));
        }
    }

    private static string Join(IReadOnlyList<PolicyDiagnostic> diagnostics) => string.Join(" | ", diagnostics.Select(diagnostic => diagnostic.ToString()));
}
