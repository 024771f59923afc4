using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy.Samples.RelayServer.Names;

/// <summary>Keeps the last answers for a short time. What a stranger can fill is bounded: when it is full, it begins anew.</summary>
internal sealed class HostNameCache(TimeProvider clock)
{
    private const int MaxEntries = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LifetimeOfFailures = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<IPAddress, (HostNames Names, DateTimeOffset Until)> _entries = new();

    public bool TryGet(IPAddress address, [NotNullWhen(true)] out HostNames? names)
    {
        bool isKnown = _entries.TryGetValue(address, out (HostNames Names, DateTimeOffset Until) entry) && clock.GetUtcNow() < entry.Until;
        names = isKnown ? entry.Names : null;
        return isKnown;
    }

    public void Keep(IPAddress address, HostNames names)
    {
        if (_entries.Count >= MaxEntries) _entries.Clear();
        _entries[address] = (names, clock.GetUtcNow() + (names.Status == HostNameStatus.TemporaryFailure ? LifetimeOfFailures : Lifetime));
    }
}
