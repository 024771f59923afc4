using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace RelayPolicy.Tests;

/// <summary>A host with a policy, whose clock, logs and metrics are in the hands of the test.</summary>
internal sealed class PolicyHost : IDisposable
{
    public const string Section = "RelayPolicy";

    public static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(2);

    private readonly HostApplicationBuilder _builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
    private IHost? _host;

    public FakeTimeProvider Time { get; } = new(Asking.Noon);

    public IServiceCollection Services => _builder.Services;

    public ConfigurationManager Configuration => _builder.Configuration;

    public FakeLogCollector Logs => _host!.Services.GetFakeLogCollector();

    public IRelayPolicy Policy => _host!.Services.GetRequiredService<IRelayPolicy>();

    public IRelayDecision Decision => _host!.Services.GetRequiredService<IRelayDecision>();

    /// <summary>A host of the policy in a file.</summary>
    public static PolicyHost OfFile(string path, Action<RelayPolicyOptions>? more = null)
    {
        var host = new PolicyHost();
        host.Services.AddRelayPolicy(options =>
        {
            options.PolicyFile = path;
            more?.Invoke(options);
        });
        return host;
    }

    /// <summary>A host of the policy in a configuration section, from one or more layers of JSON.</summary>
    public static PolicyHost OfSection(params string[] layers)
    {
        var host = new PolicyHost();
        foreach (string layer in layers) host.Configuration.AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "{{Section}}": {{layer}} }""")));
        host.Services.AddRelayPolicy(host.Configuration.GetSection(Section));
        return host;
    }

    public PolicyHost Start()
    {
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Trace));
        _host = _builder.Build();
        _host.Start();
        return this;
    }

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_host!.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "RelayPolicy", instrument);

    /// <summary>Looks at the files once more.</summary>
    public void Look() => Time.Advance(WatchInterval);

    /// <summary>Looks at the files as often as it takes to find a change.</summary>
    public void LookTwice()
    {
        Look();
        Look();
    }

    public FakeLogRecord[] LogsOf(int id) => [.. Logs.GetSnapshot().Where(record => record.Id.Id == id)];

    public void Dispose()
    {
        if (_host is null) return;
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
    }
}
