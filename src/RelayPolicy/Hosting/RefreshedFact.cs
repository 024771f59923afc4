using Microsoft.Extensions.Logging;

namespace RelayPolicy;

/// <summary>
/// A fact that a source outside the policy gives, asked again at intervals. One request at a time; a source that fails or hangs leaves
/// what it last gave in use until that is too old.
/// </summary>
internal sealed class RefreshedFact<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(30);

    private readonly Func<CancellationToken, Task<T>> _load;
    private readonly (RelayFacts Fact, FaultSource Source) _name;
    private readonly RelayPolicyOptions _options;
    private readonly HostServices _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private Loaded? _last;
    private bool _isFailing;

    public RefreshedFact(Func<CancellationToken, Task<T>> load, RelayFacts fact, FaultSource source, RelayPolicyOptions options, HostServices services)
    {
        (_load, _name, _options, _services) = (load, (fact, source), options, services);
        _timer = services.Time.CreateTimer(_ => _ = RefreshAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the source last gave, or null if it gave nothing yet or that is too old.</summary>
    public T? Current => Volatile.Read(ref _last) is { } last && _services.Time.GetElapsedTime(last.Since) <= _options.MaxAge ? last.Value : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RefreshAsync()
    {
        try
        {
            long since = _services.Time.GetTimestamp();
            using var timeout = new CancellationTokenSource(_options.RefreshInterval > ShortestTimeout ? _options.RefreshInterval : ShortestTimeout, _services.Time);
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
            T value = await _load(cancelled.Token).WaitAsync(cancelled.Token).ConfigureAwait(false) ?? throw new InvalidOperationException("The source gave null.");
            Volatile.Write(ref _last, new Loaded(value, since));
            if (_isFailing) RelayLog.SourceRecovered(_services.PolicyLogger, _name.Fact);
            _isFailing = false;
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            Report(exception);
        }
        catch (Exception)
        {
            // The host stops.
        }

        Rearm();
    }

    private void Report(Exception exception)
    {
        _isFailing = true;
        HostServices.Shielded(() =>
        {
            _services.Metrics.Fault(_name.Source);
            RelayLog.SourceFailed(_services.PolicyLogger, _name.Fact, _options.MaxAge, FaultText.Of(exception));
        });
    }

    private void Rearm()
    {
        try
        {
            _timer.Change(_options.RefreshInterval, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The host stops.
        }
    }

    private sealed record Loaded(T Value, long Since);
}
