using System.Net;
using System.Numerics;
using MailKit.Security;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>Says everything that is wrong with the settings, each with its key.</summary>
internal static class ServerSettingsValidator
{
    // A /8 of IPv4 and a /32 of IPv6: no proxies take more.
    private const long MaxIPv4Proxies = 1L << 24;
    private static readonly BigInteger MaxIPv6Proxies = BigInteger.One << 96;

    // Each PLAIN and LOGIN costs so many rounds of PBKDF2: a second or so.
    private const int MaxIterations = 1_000_000;

    public static IEnumerable<string> Validate(ServerSettings settings) =>
        HostName(settings).Concat(Listeners(settings)).Concat(Certificate(settings)).Concat(SmartHost(settings)).Concat(Users(settings)).Concat(Dns(settings))
            .Select(error => $"{ServerSettings.Section}:{error}");

    private static IEnumerable<string> HostName(ServerSettings settings)
    {
        if (!DomainName.TryParse(settings.HostName, AddressOptions.None, out _, out _)) yield return $"HostName: {Terminal.Quote(settings.HostName)} is no host name; write one such as relay.example.com";
        if (string.IsNullOrWhiteSpace(settings.DataFolder)) yield return "DataFolder is empty; name the folder in which mail is kept";
    }

    private static IEnumerable<string> Listeners(ServerSettings settings)
    {
        if (settings.Listeners.Count == 0) yield return "Listeners: there are none; write at least one, or say --listen";
        for (int i = 0; i < settings.Listeners.Count; i++)
        {
            ListenerSettings listener = settings.Listeners[i];
            string place = $"Listeners:{i}:";
            bool hasTls = listener.StartTls || listener.ImplicitTls;
            if (string.IsNullOrWhiteSpace(listener.Name)) yield return $"{place}Name is empty; rules know the listener by it";
            if (!ListenerSettings.TryParseEndPoint(listener.Address, out _)) yield return $"{place}Address: {Terminal.Quote(listener.Address)} is no address with a port; write 192.0.2.25:25 or [2001:db8::25]:25";
            if (settings.Listeners.Take(i).Any(other => other.Address == listener.Address) && !listener.Address.EndsWith(":0", StringComparison.Ordinal)) yield return $"{place}Address: another listener has {listener.Address} too; give each its own";
            if (listener is { StartTls: true, ImplicitTls: true }) yield return $"{place}StartTls and ImplicitTls exclude each other; keep one";
            if (listener.Auth && !hasTls) yield return $"{place}Auth needs TLS, or passwords could be read on the way; set StartTls or ImplicitTls too";
            if (hasTls && settings.Certificate is null) yield return $"{place}{(listener.StartTls ? "StartTls" : "ImplicitTls")} needs a certificate; set {ServerSettings.Section}:Certificate";
            foreach (string error in Peers($"{place}ProxyFrom", listener.ProxyFrom).Concat(Peers($"{place}XclientFrom", listener.XclientFrom))) yield return error;
        }
    }

    /// <summary>What is wrong at a start; later the last user may be taken out.</summary>
    public static IEnumerable<string> ValidateStart(ServerSettings settings) =>
        settings.Users.Count == 0 ? settings.Listeners.Index().Where(entry => entry.Item.Auth).Select(entry => $"{ServerSettings.Section}:Listeners:{entry.Index}:Auth is set, and there are no Users; add one with what --hash-password prints") : [];

    // Who may name the client is trusted as much as every client that he names.
    private static IEnumerable<string> Peers(string place, List<string> peers)
    {
        if (!NetworkSet.TryParse(peers, out NetworkSet? set, out IReadOnlyList<EntryError> errors)) return errors.Select(error => $"{place}: {error}");
        bool isWide = set.IPv4AddressCount > MaxIPv4Proxies || set.IPv6AddressCount > MaxIPv6Proxies;
        return isWide ? [$"{place} names half the world, of whom each could claim to be any client; name the proxies alone"] : [];
    }

    private static IEnumerable<string> Certificate(ServerSettings settings)
    {
        if (settings.Certificate is { File.Length: 0 } certificate && (certificate.KeyFile ?? certificate.Password) is not null) yield return "Certificate:File is missing; name it, or leave KeyFile and Password out for a certificate made at the start";
    }

    private static IEnumerable<string> SmartHost(ServerSettings settings)
    {
        if (settings.SmartHost is not { } host) yield break;
        const string Place = "SmartHost:";
        if (Uri.CheckHostName(host.Host) == UriHostNameType.Unknown) yield return $"{Place}Host: {Terminal.Quote(host.Host)} is no host name; write one such as smtp.example.com";
        if (host.Port is < 1 or > 65535) yield return $"{Place}Port: {host.Port} is no port";
        if (host.Security is not (SecureSocketOptions.StartTls or SecureSocketOptions.SslOnConnect or SecureSocketOptions.None)) yield return $"{Place}Security: write StartTls, SslOnConnect or None; what may do without TLS can be made to do without";
        if (host.User is null != host.Password is null) yield return $"{Place}User and Password belong together; set both or none";
        if (host is { User: not null, Security: SecureSocketOptions.None } && !IsLoopback(host.Host)) yield return $"{Place}Password would cross the network in clear text; set Security to StartTls";
        if (host.MaxConnections < 1) yield return $"{Place}MaxConnections: write 1 or more";
        if (host.Deadline <= TimeSpan.Zero || host.Deadline > TimeSpan.FromMinutes(8)) yield return $"{Place}Deadline: write a time up to 00:08:00, because clients wait 10 minutes for the reply (RFC 5321 §4.5.3.2.6)";
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static IEnumerable<string> Users(ServerSettings settings)
    {
        foreach ((string user, UserSettings entry) in settings.Users)
        {
            if (ScramVerifier.TryParse(entry.Verifier, out ScramVerifier? verifier) && verifier.Iterations > MaxIterations) yield return $"Users:{Terminal.Safe(user)}:Verifier has {verifier.Iterations} iterations, which each login would cost; make one with at most {MaxIterations}";
            else if (verifier is null) yield return $"Users:{Terminal.Safe(user)}:Verifier is no stored password; --hash-password makes one";
        }
    }

    private static IEnumerable<string> Dns(ServerSettings settings)
    {
        foreach (string server in settings.Dns.Servers)
        {
            if (!IPEndPoint.TryParse(server, out _)) yield return $"Dns:Servers: {Terminal.Quote(server)} is no address; write one such as 192.0.2.53";
        }

        if (settings.Dns.Deadline <= TimeSpan.Zero || settings.Dns.Deadline > TimeSpan.FromMinutes(1)) yield return "Dns:Deadline: write a time up to 00:01:00";
    }
}
