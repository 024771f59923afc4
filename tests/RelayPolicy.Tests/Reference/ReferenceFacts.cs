using System.Net;
using System.Net.Sockets;

namespace RelayPolicy.Tests.Reference;

/// <summary>The facts of a request and the value of each atom, null for unknown, for the reference evaluator.</summary>
internal sealed class ReferenceFacts(RelayRequest request, RelayRuleSetOptions options)
{
    private readonly IEnumerable<string> _localDomains = (request.LocalDomains ?? options.LocalDomains).ToEntries();
    private readonly SenderOwnership _ownership = request.Ownership ?? options.SenderOwnership;
    private readonly bool _clientIsKnown = request.Client.Address is { } address && !ReferenceNetworks.Contain(options.Gateways.ToEntries(), address);

    public bool IsRouted => request.Recipient.IsMailbox
        && (request.Recipient.LocalPart.Any(c => c is '@' or '%' or '!') || request.Recipient.LocalPart[0] is '/' or '|');

    public bool RecipientIsLiteral => request.Recipient.AddressLiteral is not null;

    public bool? RecipientIsLocal =>
        request.Recipient.IsBarePostmaster ? true
        : request.UnknownFacts.HasFlag(RelayFacts.Locality) ? null
        : InDomains(_localDomains, request.Recipient.DomainText);

    public bool LooksAtUnknownClient(Condition condition) =>
        !_clientIsKnown && condition.Atoms().Any(part => (part.Atom.Reads & (RelayFacts.ClientAddress | RelayFacts.HostName)) != 0);

    public bool? Value(Atom atom)
    {
        if (atom is RecipientIsLocal) return RecipientIsLocal;
        foreach (var fact in Enum.GetValues<RelayFacts>().Where(fact => fact != RelayFacts.None && atom.Reads.HasFlag(fact)))
        {
            if (IsUnknown(fact)) return null;
        }

        var client = request.Client;
        var user = request.Identity;
        return atom switch
        {
            ClientIn a => ReferenceNetworks.Contain(a.Networks.ToEntries(), client.Address!),
            ClientFamily a => client.Address!.AddressFamily == (a.IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6),
            ClientHostIn a => client.HostNameStatus == HostNameStatus.Confirmed && client.HostNames.Any(name => InDomains(a.Domains.ToEntries(), name.Value)),
            ClientHasConfirmedName => client.HostNameStatus == HostNameStatus.Confirmed,
            ClientListener a => a.Names.Values.Any(name => SameAscii(name, client.Listener)),
            ClientIsProxied => client.Provenance == ClientProvenance.Proxied,
            TlsIsOn => request.Tls.IsOn,
            TlsCertificate a => request.Tls.IsOn && a.Fingerprints.Values.Any(fingerprint => fingerprint.ToString() == request.Tls.Certificate.ToString()),
            IdentityIsAuthenticated => user.IsAuthenticated,
            IdentityUser a => user.IsAuthenticated && a.Names.Values.Any(name => options.NameComparer.Equals(name, user.User)),
            IdentityGroup a => a.Names.Values.Any(name => user.Groups.Any(group => options.NameComparer.Equals(name, group))),
            IdentityMechanism a => user.IsAuthenticated && a.Names.Values.Any(name => SameAscii(name, user.Mechanism)),
            IdentityOwnsSender => Owns(),
            SenderIsNull => request.Sender.IsNull,
            SenderIsLocal => InDomains(_localDomains, request.Sender.DomainText),
            SenderIn a => InDomains(a.Domains.ToEntries(), request.Sender.DomainText),
            SenderIs a => request.Sender.IsMailbox && a.Addresses.ToEntries().Any(entry => SameAscii(entry, request.Sender.Address)),
            RecipientIn a => InDomains(a.Domains.ToEntries(), request.Recipient.DomainText),
            RecipientIs a => request.Recipient.IsMailbox && a.Addresses.ToEntries().Any(entry => SameAscii(entry, request.Recipient.Address)),
            RecipientIsAddressLiteral => RecipientIsLiteral,
            RecipientIsRouted => IsRouted,
            CustomCondition a => Ask(a),
            _ => throw new NotSupportedException(atom.Name),
        };
    }

    private bool IsUnknown(RelayFacts fact) => fact switch
    {
        RelayFacts.ClientAddress => !_clientIsKnown,
        RelayFacts.HostName => !_clientIsKnown || request.Client.HostNameStatus is HostNameStatus.NotAsked or HostNameStatus.TemporaryFailure,
        _ => request.UnknownFacts.HasFlag(fact),
    };

    private bool? Ask(CustomCondition custom)
    {
        try
        {
            return custom.Predicate(request);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool Owns()
    {
        if (!request.Identity.IsAuthenticated) return false;
        string[] entries = [.. _ownership.Entries.Where(owner => options.NameComparer.Equals(owner.Key, request.Identity.User)).SelectMany(owner => owner.Value)];
        var sender = request.Sender;
        if (sender.IsNull) return !entries.Contains("!<>");
        return entries.Any(entry =>
            entry == "*"
            || (entry[0] == '@' && sender.AddressLiteral is null && SameAscii(entry[1..], sender.DomainText))
            || SameAscii(entry, sender.Address)
            || (entry.Split("+*@") is [var local, var domain]
                && SameAscii(domain, sender.DomainText)
                && sender.LocalPart.Length > local.Length + 1
                && SameAscii(local + "+", sender.LocalPart[..(local.Length + 1)])));
    }

    private static bool InDomains(IEnumerable<string> entries, string domain) => domain.Length > 0 && entries.Any(entry =>
    {
        string[] wanted = entry.Split('.');
        string[] labels = domain.Split('.');
        return wanted[0] == "*" ? labels.Length >= wanted.Length && labels.TakeLast(wanted.Length - 1).SequenceEqual(wanted.Skip(1)) : entry == domain;
    });

    private static bool SameAscii(string? x, string? y) => x is not null && y is not null && x.Length == y.Length && x.Zip(y).All(pair => Fold(pair.First) == Fold(pair.Second));

    private static char Fold(char c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ".Contains(c) ? "abcdefghijklmnopqrstuvwxyz"["ABCDEFGHIJKLMNOPQRSTUVWXYZ".IndexOf(c)] : c;
}

/// <summary>Networks as strings of bits.</summary>
internal static class ReferenceNetworks
{
    public static bool Contain(IEnumerable<string> entries, IPAddress address) => entries.Any(entry => Contains(entry, address));

    private static bool Contains(string entry, IPAddress address)
    {
        var isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
        if (entry is "Everyone" || entry == (isIPv4 ? "EveryIPv4" : "EveryIPv6")) return true;
        if (entry.StartsWith("Every", StringComparison.Ordinal)) return false;
        string[] parts = entry.Split('/');
        string network = Bits(IPAddress.Parse(parts[0]));
        string bits = Bits(address);
        int length = parts.Length == 2 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : network.Length;
        return network.Length == bits.Length && network.AsSpan(0, length).SequenceEqual(bits.AsSpan(0, length));
    }

    private static string Bits(IPAddress address) => string.Concat(address.GetAddressBytes().Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
}
