using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using RelayPolicy.Samples.RelayServer.Settings;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer.Users;

/// <summary>The users of the settings. A change of the file is taken if it is good; else those that were known stay.</summary>
internal sealed class UserDirectory : IDisposable
{
    private readonly ILogger _logger;
    private readonly byte[] _secret;
    private readonly Action<ServerSettings> _change;
    private readonly string _rest;
    private readonly IDisposable _subscription;
    private Known _known;

    /// <param name="settings">The settings, which are valid.</param>
    /// <param name="configuration">Where they come from, and change.</param>
    /// <param name="change">What the command line puts over them.</param>
    /// <param name="secret">Makes what a user who does not exist seems to have stored.</param>
    /// <param name="logger">Where a change is told.</param>
    public UserDirectory(ServerSettings settings, IConfiguration configuration, Action<ServerSettings> change, byte[] secret, ILogger<UserDirectory> logger)
    {
        (_logger, _secret, _change, _rest) = (logger, secret, change, Rest(settings));
        _known = Known.Of(settings);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, () => Take(configuration));
    }

    /// <summary>What is known of the user. A name that nobody has gets an answer that looks like the others.</summary>
    public SaslAnswer Find(string user)
    {
        Known known = Volatile.Read(ref _known);
        return known.Users.TryGetValue(user, out User? found)
            ? SaslAnswer.Verifier(found.Verifier, found.Groups)
            : SaslAnswer.Verifier(ScramVerifier.ForUnknownUser(user, _secret, known.Iterations));
    }

    public void Dispose() => _subscription.Dispose();

    private void Take(IConfiguration configuration)
    {
        try
        {
            ServerSettings settings = ServerSettings.Read(configuration, _change);
            if (Rest(settings) != _rest) ServerLog.NeedsRestart(_logger);
            Known known = Known.Of(settings);
            if (!known.IsSameAs(Interlocked.Exchange(ref _known, known))) ServerLog.UsersTaken(_logger, known.Users.Count);
        }
        catch (Exception exception) when (exception is OptionsValidationException)
        {
            ServerLog.UsersRejected(_logger, exception.Message);
        }
    }

    // What takes effect at a start alone.
    private static string Rest(ServerSettings settings)
    {
        JsonNode rest = JsonSerializer.SerializeToNode(settings)!;
        rest[nameof(ServerSettings.Users)] = null;
        return rest.ToJsonString();
    }

    private sealed record User(ScramVerifier Verifier, IReadOnlyList<string> Groups);

    private sealed record Known(FrozenDictionary<string, User> Users, int Iterations)
    {
        // Most users have the same count; a name that nobody has pretends to that one.
        public static Known Of(ServerSettings settings)
        {
            var users = settings.Users.ToFrozenDictionary(entry => entry.Key, entry => new User(Read(entry.Value), [.. entry.Value.Groups]), StringComparer.Ordinal);
            int iterations = users.Values.CountBy(user => user.Verifier.Iterations).OrderByDescending(count => count.Value).Select(count => count.Key).FirstOrDefault(ScramVerifier.MinIterations);
            return new Known(users, iterations);
        }

        public bool IsSameAs(Known other) =>
            Users.Count == other.Users.Count
            && Users.All(entry => other.Users.TryGetValue(entry.Key, out User? user) && user.Verifier.ToString() == entry.Value.Verifier.ToString() && user.Groups.SequenceEqual(entry.Value.Groups));

        private static ScramVerifier Read(UserSettings settings) =>
            ScramVerifier.TryParse(settings.Verifier, out ScramVerifier? verifier) ? verifier : throw new FormatException("The settings were validated.");
    }
}
