using Microsoft.Extensions.Options;
using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>Checks the settings and, unless the host may start without a policy, the policy itself: every error at once.</summary>
internal sealed class RelayPolicyOptionsValidator(PolicyLoader loader, PolicySection? section) : IValidateOptions<RelayPolicyOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RelayPolicyOptions options)
    {
        if (name != Options.DefaultName) return ValidateOptionsResult.Skip;
        var errors = new PolicyErrors();
        section?.ReadSettings(new RelayPolicyOptions(), errors);
        CheckInterval(nameof(options.WatchInterval), options.WatchInterval, errors);
        CheckInterval(nameof(options.RefreshInterval), options.RefreshInterval, errors);
        if (options.MaxAge < options.RefreshInterval) errors.Add(PlaceOf(nameof(options.MaxAge)), "it is shorter than RefreshInterval, so that the fact would become unknown between two refreshes", "make it longer");
        IEnumerable<string> ofPolicy = options.StartWithoutPolicy ? [] : InPolicy(loader.Check(options));
        string[] all = [.. errors.All.Select(error => error.ToString()).Concat(ofPolicy).Distinct()];
        return all.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(all);
    }

    // A place in a file is a JSON pointer and does not say in which; one of the configuration is a path that says all.
    private static IEnumerable<string> InPolicy(LoadedPolicy loaded) =>
        loaded.Errors.Select(error => error.Place.StartsWith('/') ? $"{loaded.Source}: {error}" : error.ToString());

    private void CheckInterval(string key, TimeSpan value, PolicyErrors errors)
    {
        if (value < Shortest || value > Longest) errors.Add(PlaceOf(key), "it is out of range", "write a duration from 00:00:00.1 to 24 days");
    }

    private string PlaceOf(string key) => $"{section?.Path ?? nameof(RelayPolicyOptions)}:{key}";
}
