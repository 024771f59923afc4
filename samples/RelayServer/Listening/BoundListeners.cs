using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>Where each listener listens, which is known when Kestrel has started.</summary>
internal sealed class BoundListeners
{
    private readonly List<(SmtpListener Listener, ListenOptions EndPoint)> _all = [];

    public IEnumerable<(string Name, IPEndPoint EndPoint)> All => _all.Select(entry => (entry.Listener.Name, entry.EndPoint.IPEndPoint!));

    public void Add(SmtpListener listener, ListenOptions endPoint) => _all.Add((listener, endPoint));
}
