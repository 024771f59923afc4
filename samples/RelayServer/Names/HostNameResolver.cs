using System.Net;
using DnsClient;
using DnsClient.Protocol;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer.Names;

/// <summary>
/// The host names of a client: its PTR names, of which only those are confirmed whose own A or AAAA records contain its address. A name
/// server that does not answer in time makes them unknown for now, which defers and grants nothing.
/// </summary>
internal sealed class HostNameResolver
{
    // An address may have hundreds of PTR names, each of which would cost a look-up.
    private const int MaxNames = 5;

    private readonly LookupClient _dns;
    private readonly TimeSpan _deadline;
    private readonly HostNameCache _cache;

    public HostNameResolver(DnsSettings settings, TimeProvider clock)
    {
        NameServer[] servers = [.. settings.Servers.Select(server => IPEndPoint.Parse(server)).Select(place => new NameServer(place.Address, place.Port == 0 ? NameServer.DefaultPort : place.Port))];
        LookupClientOptions options = servers.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(servers);
        options.UseCache = false; // ours keeps the answer as a whole
        options.Retries = 1;
        options.Timeout = settings.Deadline / 2;
        _dns = new LookupClient(options);
        _deadline = settings.Deadline;
        _cache = new HostNameCache(clock);
    }

    /// <summary>Looks up the names of an address.</summary>
    public async Task<HostNames> ResolveAsync(IPAddress address)
    {
        if (_cache.TryGet(address, out HostNames? known)) return known;
        HostNames names = await AskAsync(address);
        _cache.Keep(address, names);
        return names;
    }

    private async Task<HostNames> AskAsync(IPAddress address)
    {
        using var deadline = new CancellationTokenSource(_deadline);
        try
        {
            IDnsQueryResponse pointers = await _dns.QueryReverseAsync(address, deadline.Token);
            if (!IsAnswer(pointers)) return HostNames.Unknown;
            string[] names = [.. pointers.Answers.PtrRecords().Select(record => record.PtrDomainName.Value).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxNames)];
            if (names.Length == 0) return new HostNames(HostNameStatus.None, []);
            var confirmed = new List<string>();
            bool isComplete = true;
            foreach (string name in names)
            {
                IDnsQueryResponse addresses = await _dns.QueryAsync(name, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? QueryType.A : QueryType.AAAA, cancellationToken: deadline.Token);
                isComplete &= IsAnswer(addresses);
                if (IsAnswer(addresses) && addresses.Answers.AddressRecords().Any(record => record.Address.Equals(address))) confirmed.Add(name);
            }

            if (confirmed.Count > 0) return new HostNames(HostNameStatus.Confirmed, [.. confirmed]);
            return isComplete ? new HostNames(HostNameStatus.Unconfirmed, names) : HostNames.Unknown;
        }
        catch (Exception)
        {
            return HostNames.Unknown; // whatever a name server sends: nothing was learned
        }
    }

    // That there is no such name is an answer; SERVFAIL and REFUSED are none.
    private static bool IsAnswer(IDnsQueryResponse response) => !response.HasError || response.Header.ResponseCode is DnsHeaderResponseCode.NotExistentDomain;
}
