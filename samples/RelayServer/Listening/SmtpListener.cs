using System.Net;
using RelayPolicy.Samples.RelayServer.Settings;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>A listener of the settings, and what its sessions have in common.</summary>
internal sealed class SmtpListener(ListenerSettings settings, ServerSettings server)
{
    // So many that a probe for open relays, which tries some twenty tricks on one connection, sees the answer to each.
    private const int MaxErrors = 30;

    private static readonly SmtpSessionLimits SessionLimits = new() { MaxErrors = MaxErrors, MaxUnknownCommands = MaxErrors };

    private readonly NetworkSet? _proxyPeers = Peers(settings.ProxyFrom);
    private readonly NetworkSet? _xclientPeers = Peers(settings.XclientFrom);

    public string Name => settings.Name;

    public IPEndPoint EndPoint { get; } = ListenerSettings.TryParseEndPoint(settings.Address, out IPEndPoint? endPoint) ? endPoint : throw new FormatException("The settings were validated.");

    /// <summary>The options for a session that begins now: the limits and what is to be looked up are those of the policy in force.</summary>
    public SmtpSessionOptions OptionsFor(IRelayPolicy policy, TimeProvider clock, VerdictObserver onVerdict, Action<SmtpReply> onRefusal) => new()
    {
        HostName = server.HostName,
        Extensions = SmtpExtensions.Size | SmtpExtensions.EightBitMime | SmtpExtensions.Chunking
            | (settings.StartTls ? SmtpExtensions.StartTls : SmtpExtensions.None)
            | (server.SmtpUtf8 ? SmtpExtensions.SmtpUtf8 : SmtpExtensions.None),
        Mechanisms = settings.Auth ? SaslMechanisms.Plain | SaslMechanisms.Login | SaslMechanisms.ScramSha256 : SaslMechanisms.None,
        StartsUnderTls = settings.ImplicitTls,
        ProxyPeers = _proxyPeers,
        XclientPeers = _xclientPeers,
        ResolvesHostNames = policy.RuleSet is { } rules && rules.RequiredFacts.HasFlag(RelayFacts.HostName),
        Limits = policy.Limits,
        SessionLimits = SessionLimits,
        Clock = clock,
        OnVerdict = onVerdict,
        OnRefusal = onRefusal,
    };

    private static NetworkSet? Peers(List<string> entries) => entries.Count == 0 ? null : NetworkSet.Parse(entries);
}
