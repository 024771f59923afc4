// <conditions>
using System.Net;
using RelayPolicy;
using static RelayPolicy.Condition;

namespace MyMailServer.Conditions;

public static class ConditionExamples
{
    private const string Fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static readonly Condition Greylisted = Custom("greylisted", RelayFacts.ClientAddress | RelayFacts.Recipient, Holds);

    public static readonly Condition[] All =
    [
        Client.In(NetworkSet.Parse("192.0.2.0/24", "2001:db8:1::/48")),
        Client.IsIPv4,
        Client.IsIPv6,
        Client.HostIn(DomainSet.Parse("*.printers.example")),
        Client.HasConfirmedName,
        Client.Listener("submission"),
        Client.IsProxied,
        Tls.IsOn,
        Tls.Certificate(CertificateFingerprint.Parse(Fingerprint)),
        Identity.IsAuthenticated,
        Identity.User("alice", "bob"),
        Identity.Group("staff"),
        Identity.Mechanism("SCRAM-SHA-256"),
        Identity.OwnsSender,
        Sender.IsNull,
        Sender.In(DomainSet.Parse("example.com", "*.example.com")),
        Sender.Is(AddressSet.Parse("list@example.com")),
        Sender.IsLocal,
        Recipient.IsLocal,
        Recipient.In(DomainSet.Parse("partner.example")),
        Recipient.Is(AddressSet.Parse("abuse@example.com")),
        Recipient.IsAddressLiteral,
        Recipient.IsRouted,
        Greylisted,
        Any,
        Identity.IsAuthenticated & Tls.IsOn,
        Client.IsIPv4 | Client.IsIPv6,
        !Tls.IsOn,
    ];

    // True, false, or null for "not known for now". It sees only the facts that it has declared.
    private static bool? Holds(in RelayRequest request) => request.Client.Address is { } address && !IPAddress.IsLoopback(address);
}
// </conditions>
