using System.Buffers;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Smtp;

/// <summary>What the sessions of one listener have in common. By default it offers SIZE, 8BITMIME and CHUNKING, neither TLS nor AUTH.</summary>
public sealed class SmtpSessionOptions
{
    private static readonly SearchValues<char> HostNameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._[]:");

    /// <summary>The name of this host for the greeting (RFC 5321 §4.3.1): a domain or an address literal, at most 255 characters.</summary>
    /// <exception cref="ArgumentException">The name holds another character, or is empty or too long.</exception>
    public required string HostName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            if (value.Length > 255 || value.AsSpan().IndexOfAnyExcept(HostNameCharacters) >= 0)
            {
                throw new ArgumentException($"\"{Printable.Escape(value)}\" is no host name: write a domain such as mx.example.com, or an address literal.", nameof(value));
            }

            field = value;
        }
    }

    /// <summary>The extensions that are offered. <see cref="SmtpExtensions.Auth"/> is offered where <see cref="Mechanisms"/> may be used,
    /// whether it is named here or not.</summary>
    public SmtpExtensions Extensions { get; init; } = SmtpExtensions.Size | SmtpExtensions.EightBitMime | SmtpExtensions.Chunking;

    /// <summary>The SASL mechanisms that are offered; none by default.</summary>
    public SaslMechanisms Mechanisms { get; init; }

    /// <summary>Whether AUTH is offered and taken in clear text too. Then passwords cross the network for all to read: false by default.</summary>
    public bool AllowsAuthenticationWithoutTls { get; init; }

    /// <summary>Whether TLS begins with the connection (RFC 8314 §3.3), after the proxy header if there is one, and not by STARTTLS.</summary>
    public bool StartsUnderTls { get; init; }

    /// <summary>The peers whose connections begin with a PROXY header, v1 or v2; null, the default, on a listener that takes none. A
    /// connection of anybody else to this listener is refused. TLS that starts behind the header counts as the client's: a proxy that ends the
    /// client's TLS says so in the header (v2), and connects in clear.</summary>
    public NetworkSet? ProxyPeers { get; init; }

    /// <summary>The peers that may name another client by XCLIENT; null, the default, for nobody.</summary>
    public NetworkSet? XclientPeers { get; init; }

    /// <summary>Whether XCLIENT may name an authenticated user by LOGIN. False by default.</summary>
    public bool AllowsXclientLogin { get; init; }

    /// <summary>Whether the host is asked to resolve the client's host names. Set it if the rules look at them
    /// (<see cref="RelayFacts.HostName"/> among a rule set's required facts); else no DNS look-up is made in vain.</summary>
    public bool ResolvesHostNames { get; init; }

    /// <summary>Whether a refusal by the policy with a reply of 550 becomes <c>530 5.7.0 Authentication required</c> where the client
    /// could authenticate and the verdict would then be another. It tells strangers that some user may do so. False by default.</summary>
    public bool HintsAtAuthentication { get; init; }

    /// <summary>Whether a bare LF in the content is made CR LF. The content ends with CR LF . CR LF alone all the same, and a bare CR
    /// still closes the connection. False by default: then a bare LF closes it too.</summary>
    public bool NormalizesBareLineFeeds { get; init; }

    /// <summary>Limits on messages and sessions.</summary>
    public SmtpLimits Limits { get; init; } = new();

    /// <summary>Limits on commands, errors and time.</summary>
    public SmtpSessionLimits SessionLimits { get; init; } = new();

    /// <summary>Whose mail is taken in; null for the set in the options of the rule set.</summary>
    public DomainSet? LocalDomains { get; init; }

    /// <summary>Which senders each user owns; null for the map in the options of the rule set.</summary>
    public SenderOwnership? Ownership { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told of every verdict, on the thread that asked, for logs and audits; what it throws is ignored.</summary>
    public VerdictObserver? OnVerdict { get; init; }

    /// <summary>Told of every reply of 4xx and 5xx that is written, those of verdicts too: a failed authentication (535), a message that is too
    /// large (552), a wrong command. For logs; what it throws is ignored.</summary>
    public Action<SmtpReply>? OnRefusal { get; init; }

    /// <summary>Makes the server's part of a SCRAM nonce; tests make it the same each time.</summary>
    internal Func<string> MakeNonce { get; init; } = ScramExchange.RandomNonce;
}
