using System.Globalization;

namespace RelayPolicy.Migration;

/// <summary>The keys of a metabase: <c>/LM/SmtpSvc/1/Domain/example.com</c>. They compare ASCII case-insensitively.</summary>
internal static class MetabasePath
{
    /// <summary>The key of the SMTP service, under which everything about it stands.</summary>
    public const string SmtpService = "/LM/SmtpSvc";

    private const string DomainKey = "Domain";

    // "", LM, SmtpSvc.
    private const int ServiceDepth = 3;

    /// <summary>The key without white space around it and slashes at its end; the root is the empty text.</summary>
    public static string Normalize(string path) => path.Trim().TrimEnd('/');

    /// <summary>Whether the key concerns SMTP servers: it is the service, something below it, or one of its parents.</summary>
    public static bool Concerns(string path) => Depth(path) < ServiceDepth
        ? AsciiComparer.IgnoreCase.Equals(path, "") || AsciiComparer.IgnoreCase.Equals(path, "/LM")
        : AsciiComparer.IgnoreCase.Equals(string.Join('/', Split(path).Take(ServiceDepth)), SmtpService);

    /// <summary>Whether the key is a parent of the service, where settings of all services stand.</summary>
    public static bool IsAboveService(string path) => Depth(path) < ServiceDepth;

    /// <summary>The number of the virtual server to which the key belongs, or null.</summary>
    public static string? ServerOf(string path) =>
        Split(path) is { Length: > ServiceDepth } parts && parts[ServiceDepth] is var id && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? id : null;

    /// <summary>Whether the key is a virtual server itself.</summary>
    public static bool IsServer(string path) => Depth(path) == ServiceDepth + 1 && ServerOf(path) is not null;

    /// <summary>The name of the domain that the key is, or null.</summary>
    public static string? DomainOf(string path) =>
        ServerOf(path) is not null && Split(path) is { Length: ServiceDepth + 3 } parts && AsciiComparer.IgnoreCase.Equals(parts[ServiceDepth + 1], DomainKey) ? parts[^1] : null;

    /// <summary>Whether the key holds the domains of a server.</summary>
    public static bool HoldsDomains(string path) =>
        ServerOf(path) is not null && Split(path) is { Length: ServiceDepth + 2 } parts && AsciiComparer.IgnoreCase.Equals(parts[^1], DomainKey);

    /// <summary>The key and its parents, itself first, the root last.</summary>
    public static IEnumerable<string> Upwards(string path)
    {
        while (true)
        {
            yield return path;
            int slash = path.LastIndexOf('/');
            if (slash < 0) yield break;
            path = path[..slash];
        }
    }

    private static string[] Split(string path) => path.Split('/');

    private static int Depth(string path) => path.AsSpan().Count('/') + 1;
}
