namespace RelayPolicy;

/// <summary>
/// As whom the client has authenticated (RFC 4954), or nobody. An empty or blank user name, and the SASL mechanism ANONYMOUS
/// (RFC 4505), are nobody.
/// </summary>
public sealed class AuthIdentity
{
    private const string AnonymousMechanism = "ANONYMOUS";

    /// <summary>An identity.</summary>
    /// <param name="user">The authenticated user name (the authorization identity); blank or null means anonymous.</param>
    /// <param name="mechanism">The SASL mechanism, such as PLAIN, or null if it is not known.</param>
    /// <param name="groups">The groups of the user, or null for none.</param>
    public AuthIdentity(string? user, string? mechanism = null, IEnumerable<string>? groups = null)
    {
        IsAuthenticated = !string.IsNullOrWhiteSpace(user) && !AsciiComparer.IgnoreCase.Equals(mechanism?.Trim(), AnonymousMechanism);
        if (!IsAuthenticated) return;
        User = user!;
        Mechanism = mechanism;
        Groups = groups is null ? [] : [.. groups.Where(group => !string.IsNullOrWhiteSpace(group))];
    }

    /// <summary>Nobody.</summary>
    public static AuthIdentity Anonymous { get; } = new(user: null);

    /// <summary>Whether there is an identity.</summary>
    public bool IsAuthenticated { get; }

    /// <summary>The user name; empty when anonymous.</summary>
    public string User { get; } = "";

    /// <summary>The SASL mechanism, or null.</summary>
    public string? Mechanism { get; }

    /// <summary>The groups of the user; empty when anonymous.</summary>
    public IReadOnlyList<string> Groups { get; } = [];

    /// <summary>The user name, or "(anonymous)".</summary>
    public override string ToString() => IsAuthenticated ? User : "(anonymous)";
}
