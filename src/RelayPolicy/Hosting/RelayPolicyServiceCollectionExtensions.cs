using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>Adds a relay policy to the services of a host: <see cref="IRelayDecision"/>, which answers, and <see cref="IRelayPolicy"/>, which tells of it.</summary>
public static class RelayPolicyServiceCollectionExtensions
{
    private const string ContentRoot = "contentRoot"; // HostDefaults.ContentRootKey

    /// <summary>
    /// Adds the policy of a configuration section: the section names a <see cref="RelayPolicyOptions.PolicyFile"/>, which is recommended, or holds the keys
    /// of a policy file itself. Other keys are the properties of <see cref="RelayPolicyOptions"/>. The host does not start with an error in it; a later
    /// change that is wrong is logged and leaves the last good policy in force.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section, of the configuration that the host has registered.</param>
    /// <exception cref="InvalidOperationException">A policy was added before.</exception>
    public static IServiceCollection AddRelayPolicy(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddPolicy().Configure<PolicySection>((options, own) => own.ReadSettings(options, new PolicyErrors()));
        return services.AddSingleton(provider => new PolicySection(section, ConfigurationProviders.Find(section, RootsOf(provider))));
    }

    /// <summary>Adds the policy of a policy file, which is watched with the list files that it names.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="policyFile">The path, absolute or relative to the content root of the host.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">A policy was added before.</exception>
    public static IServiceCollection AddRelayPolicy(this IServiceCollection services, string policyFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policyFile);
        return services.AddRelayPolicy(options => options.PolicyFile = policyFile);
    }

    /// <summary>Adds the policy that a delegate sets up: a <see cref="RelayPolicyOptions.PolicyFile"/> or a <see cref="RelayPolicyOptions.RuleSet"/>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="InvalidOperationException">A policy was added before.</exception>
    public static IServiceCollection AddRelayPolicy(this IServiceCollection services, Action<RelayPolicyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddPolicy().Configure(configure);
        return services;
    }

    private static OptionsBuilder<RelayPolicyOptions> AddPolicy(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(PolicyLoader))) throw new InvalidOperationException("AddRelayPolicy was called before: a host has one policy.");
        services.AddSingleton<PlugIns>();
        services.AddSingleton(provider => new PolicyLoader(provider.GetService<PolicySection>(), provider.GetRequiredService<PlugIns>(), FolderOf(provider)));
        services.AddSingleton<IValidateOptions<RelayPolicyOptions>>(provider => new RelayPolicyOptionsValidator(provider.GetRequiredService<PolicyLoader>(), provider.GetService<PolicySection>()));
        services.AddSingleton<HostServices>();
        services.AddSingleton<ReloadingPolicy>();
        services.AddSingleton<IRelayPolicy>(provider => provider.GetRequiredService<ReloadingPolicy>());
        services.AddSingleton(CreateSupplied);
        services.AddSingleton<IRelayDecision>(CreateObserved);
        return services.AddOptions<RelayPolicyOptions>().ValidateOnStart();
    }

    private static SuppliedDecision CreateSupplied(IServiceProvider provider)
    {
        PlugIns plugIns = provider.GetRequiredService<PlugIns>();
        HostServices services = provider.GetRequiredService<HostServices>();
        RelayPolicyOptions options = provider.GetRequiredService<IOptions<RelayPolicyOptions>>().Value;
        return new SuppliedDecision(
            provider.GetRequiredService<ReloadingPolicy>(),
            plugIns.LocalDomains is { } local ? new RefreshedFact<DomainSet>(local.LoadAsync, RelayFacts.Locality, FaultSource.LocalDomains, options, services) : null,
            plugIns.Ownership is { } owners ? new RefreshedFact<SenderOwnership>(owners.LoadAsync, RelayFacts.Ownership, FaultSource.SenderOwnership, options, services) : null);
    }

    private static ObservedDecision CreateObserved(IServiceProvider provider)
    {
        HostServices services = provider.GetRequiredService<HostServices>();
        PlugIns plugIns = provider.GetRequiredService<PlugIns>();
        bool isSupplied = plugIns.LocalDomains is not null || plugIns.Ownership is not null;
        IRelayDecision inner = isSupplied ? provider.GetRequiredService<SuppliedDecision>() : provider.GetRequiredService<ReloadingPolicy>();
        return new ObservedDecision(inner, services.DecisionLogger, services.Metrics);
    }

    private static IConfigurationRoot[] RootsOf(IServiceProvider provider) =>
        [.. new object?[] { provider.GetService<IConfiguration>(), provider.GetService<IConfigurationRoot>() }.OfType<IConfigurationRoot>()];

    private static string FolderOf(IServiceProvider provider) => provider.GetService<IConfiguration>()?[ContentRoot] is { Length: > 0 } root ? root : AppContext.BaseDirectory;
}
