using System.Net;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>What the adapter cannot know by itself.</summary>
public sealed class RelayMailboxFilterOptions
{
    /// <summary>The name of the listener on an end point, as policies call it (<c>Client.Listener</c>). By default the port number, such as <c>587</c>.</summary>
    public Func<IPEndPoint, string?> ListenerName { get; set; } = endPoint => endPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The names of the listeners on which a PROXY header counts. None by default: the package takes the header from anybody on every
    /// listener, and elsewhere the address in it is ignored.</summary>
    public ISet<string> ProxyListeners { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The proxies: only they are believed, and only on <see cref="ProxyListeners"/>. A client of theirs without a header, or with
    /// <c>PROXY UNKNOWN</c>, has no known address.</summary>
    public NetworkSet Proxies { get; set; } = NetworkSet.Empty;

    /// <summary>The groups of a user that has authenticated (<c>Identity.Group</c>), or null for none.</summary>
    public Func<string, IEnumerable<string>>? GroupsOf { get; set; }

    /// <summary>Looks up the host names of a client (<see cref="ClientEndpoint.WithHostNames"/>), once for each session; null if no rule looks at them
    /// (<see cref="RelayRuleSet.RequiredFacts"/>). Without it what depends on them is deferred.</summary>
    public Func<ClientEndpoint, CancellationToken, ValueTask<ClientEndpoint>>? ResolveHostNames { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
