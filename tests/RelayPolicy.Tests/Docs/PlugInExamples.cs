// <plugins>
using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RelayPolicy;

namespace MyMailServer.PlugIns;

public static class PlugIns
{
    public static IServiceCollection AddMine(IServiceCollection services) => services
        .AddSingleton<ICustomCondition, Greylist>()
        .AddSingleton<ILocalDomainSource, CustomerDomains>()
        .AddRelayPolicy("policy.json");
}

// { "Custom": "greylisted" } in the policy.
public sealed class Greylist : ICustomCondition
{
    private readonly ConcurrentDictionary<IPAddress, bool> _known = [];

    public string Name => "greylisted";

    public RelayFacts Reads => RelayFacts.ClientAddress;

    // Reads memory, never a database: it is called while the client waits.
    public bool? Holds(in RelayRequest request) => request.Client.Address is { } address ? _known.TryAdd(address, true) : null;
}

// Is this domain ours? Asked once a minute; the policy file then has no LocalDomains.
public sealed class CustomerDomains : ILocalDomainSource
{
    public async Task<DomainSet> LoadAsync(CancellationToken cancellationToken)
    {
        string[] rows = await ReadRowsAsync(cancellationToken);
        return DomainSet.Parse(rows);
    }

    private static Task<string[]> ReadRowsAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<string[]>(cancellationToken) : Task.FromResult<string[]>(["example.com", "*.example.com"]);
}
// </plugins>
