using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace RelayPolicy;

/// <summary>What the host gives: clock, loggers, metrics. What it does not have, the library does without.</summary>
internal sealed class HostServices : IDisposable
{
    public HostServices(IServiceProvider services)
    {
        ILoggerFactory loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        RelayPolicyOptions options = services.GetRequiredService<IOptions<RelayPolicyOptions>>().Value;
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        PolicyLogger = loggers.CreateLogger(RelayLog.PolicyCategory);
        DecisionLogger = loggers.CreateLogger(RelayLog.DecisionCategory);
        Metrics = new RelayMetrics(services.GetService<IMeterFactory>(), options.CountRules, options.MeasureDuration);
    }

    public TimeProvider Time { get; }

    public ILogger PolicyLogger { get; }

    public ILogger DecisionLogger { get; }

    public RelayMetrics Metrics { get; }

    /// <summary>Does what a broken logger or listener must not keep from going on.</summary>
    public static void Shielded(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // The host's own diagnostics are broken: there is nobody to tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Metrics.Dispose();
}
