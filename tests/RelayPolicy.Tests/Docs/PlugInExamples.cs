// <plugins>
using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using RelayPolicy;

namespace MyMailServer.PlugIns;

public static class PlugIns
{
    public static IServiceCollection AddMine(IServiceCollection services) => services
        .AddSingleton<ICustomCondition, SuspendedUsers>()
        .AddSingleton<ILocalDomainSource, CustomerDomains>()
        .AddRelayPolicy("policy.json");
}

// { "Custom": "suspended" } in the policy. It only reads, and from memory: it is called while the client waits, by Explain and shadows too, and
// must say the same of the same request.
public sealed class SuspendedUsers : ICustomCondition
{
    private volatile FrozenSet<string> _users = FrozenSet<string>.Empty;

    public string Name => "suspended";

    public RelayFacts Reads => RelayFacts.Identity;

    public bool? Holds(in RelayRequest request) => _users.Contains(request.Identity.User);

    // Called by a task in the background.
    public void Update(IEnumerable<string> users) => _users = users.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
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
