using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using RelayPolicy.Smtp;

namespace RelayPolicy.Samples.Decide;

/// <summary>
/// Reads a request from a line of JSON. Strictly: a request that is not understood to its last key could be decided otherwise than
/// the one that was meant.
/// </summary>
internal static class RequestReader
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <exception cref="FormatException">The line is no request; the message says why and what to do.</exception>
    public static RequestLine Read(long number, ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span)) throw new FormatException("it is not valid UTF-8; save the requests as UTF-8");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(number, new RequestFields(document.RootElement));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is no JSON, at byte {exception.BytePositionInLine + 1}; write one JSON object on each line", exception);
        }
        catch (InvalidOperationException exception)
        {
            // This is how a JSON element says that its text is no text.
            throw new FormatException("it holds half of a surrogate pair; write both halves, or the character itself", exception);
        }
    }

    private static RequestLine Read(long number, RequestFields fields)
    {
        string from = fields.Text("from") ?? "<>";
        string to = fields.Text("to") ?? throw new FormatException("\"to\" is missing; write the recipient as behind RCPT TO:, such as \"<bob@example.com>\"");
        bool hasSender = MailCommand.TryParse(from, out MailCommand mail, out SmtpReply senderReply);
        bool hasRecipient = RcptCommand.TryParse(to, mail.SmtpUtf8, out RcptCommand rcpt, out SmtpReply recipientReply);
        RelayVerdict? refusal = !hasSender ? Refuse(RelayStage.Sender, senderReply)
            : !hasRecipient ? Refuse(RelayStage.Recipient, recipientReply)
            : null;
        var identity = new AuthIdentity(fields.Text("auth"), fields.Text("mechanism"), fields.Texts("groups"));
        var request = new RelayRequest(Client(fields), identity, mail.ReversePath, rcpt.ForwardPath, LocalDomains(fields), Instant(fields))
        {
            Tls = Tls(fields),
            UnknownFacts = Unknown(fields),
        };
        return new RequestLine(number, request, from, to, fields.Text("at"), refusal);
    }

    private static RelayVerdict Refuse(RelayStage stage, SmtpReply reply) =>
        new() { Action = RelayAction.Reject, Stage = stage, Reason = RelayReason.InvalidRequest, Reply = reply };

    private static ClientEndpoint Client(RequestFields fields)
    {
        IPAddress? address = null;
        if (fields.Text("client") is { } text && !ClientAddress.TryParse(text, out address))
        {
            throw new FormatException($"\"client\" is no IP address: {Terminal.Quote(text)}; write 192.0.2.1 or 2001:db8::1, and nothing else");
        }

        var client = new ClientEndpoint(address, fields.Number("port", IPEndPoint.MaxPort) ?? 0)
        {
            Listener = fields.Text("listener"),
            Provenance = fields.Flag("proxied") ? ClientProvenance.Proxied : ClientProvenance.Direct,
        };
        return client.WithHostNames(HostNameStatus(fields), fields.Texts("hostNames") ?? []);
    }

    private static HostNameStatus HostNameStatus(RequestFields fields)
    {
        if (fields.Text("hostNameStatus") is not { } text) return RelayPolicy.HostNameStatus.NotAsked;
        foreach (HostNameStatus status in Enum.GetValues<HostNameStatus>())
        {
            if (text == status.ToString()) return status;
        }

        throw new FormatException($"\"hostNameStatus\" is unknown: {Terminal.Quote(text)}; write {string.Join(", ", Enum.GetNames<HostNameStatus>())}");
    }

    private static TlsState Tls(RequestFields fields)
    {
        bool isOn = fields.Flag("tls");
        if (fields.Text("certificate") is not { } text) return isOn ? TlsState.On() : TlsState.Off;
        if (!isOn) throw new FormatException("there is a \"certificate\" without TLS; add \"tls\":true, or leave it out");
        return CertificateFingerprint.TryParse(text, out CertificateFingerprint certificate)
            ? TlsState.On(certificate)
            : throw new FormatException($"\"certificate\" is no SHA-256 fingerprint: {Terminal.Quote(text)}; write 64 hexadecimal digits");
    }

    private static DomainSet? LocalDomains(RequestFields fields)
    {
        if (fields.Texts("localDomains") is not { } entries) return null;
        return DomainSet.TryParse(entries, out DomainSet? domains, out IReadOnlyList<EntryError> errors)
            ? domains
            : throw new FormatException($"\"localDomains\": {string.Join(". ", errors)}");
    }

    // Facts whose source failed for now.
    private static RelayFacts Unknown(RequestFields fields)
    {
        RelayFacts unknown = RelayFacts.None;
        foreach (string name in fields.Texts("unknown") ?? [])
        {
            unknown |= name switch
            {
                nameof(RelayFacts.Tls) => RelayFacts.Tls,
                nameof(RelayFacts.Identity) => RelayFacts.Identity,
                nameof(RelayFacts.Ownership) => RelayFacts.Ownership,
                nameof(RelayFacts.Locality) => RelayFacts.Locality,
                _ => throw new FormatException($"\"unknown\" holds {Terminal.Quote(name)}; write any of Tls, Identity, Ownership, Locality"),
            };
        }

        return unknown;
    }

    private static DateTimeOffset? Instant(RequestFields fields)
    {
        if (fields.Text("at") is not { } text) return null;
        // Without an offset it would be another instant on each machine.
        bool hasOffset = text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];
        return hasOffset && DateTimeOffset.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant)
            ? instant
            : throw new FormatException($"\"at\" is no date with a time and an offset: {Terminal.Quote(text)}; write it like 2026-11-24T00:00:00Z");
    }
}
