using System.Globalization;
using System.Net;
using System.Text;

namespace RelayPolicy.Samples.Decide;

/// <summary>Requests and verdicts in words. Everything that comes from data is made safe for a terminal.</summary>
internal static class RequestText
{
    private const int CertificateDigits = 8;

    /// <summary>The client's address and its host names.</summary>
    public static string Client(in ClientEndpoint client)
    {
        string address = client.Address?.ToString() ?? "(unknown)";
        string names = string.Join(", ", client.HostNames);
        return client.HostNameStatus switch
        {
            HostNameStatus.Confirmed => $"{address} = {names}",
            HostNameStatus.Unconfirmed => $"{address}, claims {names}",
            HostNameStatus.None => $"{address}, no name",
            HostNameStatus.TemporaryFailure => $"{address}, DNS time-out",
            _ => address,
        };
    }

    /// <summary>What else is known of the session, or nothing.</summary>
    public static string Session(RequestLine line)
    {
        RelayRequest request = line.Request;
        var facts = new List<string>();
        AuthIdentity identity = request.Identity;
        if (identity.IsAuthenticated) facts.Add(identity.Mechanism is { } mechanism ? $"{identity.User} by {mechanism}" : identity.User);
        if (identity.Groups.Count > 0) facts.Add($"in {string.Join(", ", identity.Groups)}");
        if (request.Tls.IsOn) facts.Add("TLS");
        if (!request.Tls.Certificate.IsDefault) facts.Add($"certificate {request.Tls.Certificate.ToString()[..CertificateDigits]}...");
        if (request.Client.Listener is { } listener) facts.Add($"on {listener}");
        if (request.Client.Provenance == ClientProvenance.Proxied) facts.Add("proxied");
        if (request.LocalDomains is { } local) facts.Add($"local: {local}");
        if (line.At is { } at) facts.Add($"at {at}");
        return Terminal.Safe(string.Join(", ", facts));
    }

    /// <summary>A path as it was sent, and below it the path that was understood, where that is spelled otherwise.</summary>
    public static string Path(string sent, SmtpPath path)
    {
        bool isTheSame = path.IsDefault || sent.AsSpan().Trim().StartsWith(path.ToString(), StringComparison.OrdinalIgnoreCase);
        return isTheSame ? Terminal.Safe(sent) : $"{Terminal.Safe(sent)}\n={Terminal.Safe(path.ToString())}";
    }

    /// <summary>On what a verdict rests: the rule if one decided, else the reason.</summary>
    public static string Cause(in RelayVerdict verdict) => verdict switch
    {
        { Rule: null } => verdict.Reason.ToString(),
        { Reason: RelayReason.Rule } => Terminal.Safe(verdict.Rule.Name),
        _ => $"{verdict.Reason} ({Terminal.Safe(verdict.Rule.Name)})",
    };

    /// <summary>The request, and rule by rule why it is decided as it is.</summary>
    public static string Explain(RelayRuleSet policy, RequestLine line)
    {
        var text = new StringBuilder();
        RelayRequest request = line.Request;
        Field("request", line.Number.ToString(CultureInfo.InvariantCulture));
        Field("client", Client(request.Client));
        if (Session(line) is { Length: > 0 } session) Field("session", session);
        Field("from", Path(line.From, request.Sender));
        Field("to", Path(line.To, request.Recipient));
        text.AppendLine();
        string reasons = line.Refusal is { } refusal ? $"no rule was asked: a path cannot be read\n{refusal}\n" : policy.Explain(request).ToString();
        foreach (string reason in reasons.ReplaceLineEndings("\n").TrimEnd().Split('\n')) text.AppendLine(Terminal.Safe(reason));
        return text.ToString();

        void Field(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"{name,-13}{value.Replace("\n", "  ", StringComparison.Ordinal)}");
    }
}
