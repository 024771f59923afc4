using System.Buffers;
using System.Net;
using System.Text;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests;

/// <summary>The host of a session in memory: does each step at once and remembers what came of it.</summary>
internal sealed class SessionHost
{
    public static readonly ScramVerifier AliceVerifier = ScramVerifier.Create("wonderland");

    public static readonly RelayRuleSet Policy = RelayRuleSet.Create(
    [
        new("blocked", RelayStage.Connect, Client.In(NetworkSet.Parse("198.51.100.0/24")), RuleAction.Reject),
        new("spammer", RelayStage.Sender, Sender.In(DomainSet.Parse("spam.example")), RuleAction.Reject),
        new("office", RelayStage.Recipient, Client.In(NetworkSet.Parse("192.0.2.0/24")), RuleAction.Accept),
        new("users", RelayStage.Recipient, Identity.IsAuthenticated, RuleAction.Accept),
        new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept),
    ], new RelayRuleSetOptions { LocalDomains = Asking.Local });

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _content = new();

    public SessionHost(SmtpSessionOptions? options = null, string? client = "203.0.113.9", IRelayDecision? policy = null)
        : this(new SmtpSession(options ?? Options(), policy ?? Policy, new ClientEndpoint(client is null ? null : IPAddress.Parse(client), 40_000)))
    {
    }

    public SessionHost(SmtpSession session) => Session = session;

    public SmtpSession Session { get; }

    public List<SmtpStep> Steps { get; } = [];

    public List<(string[] Recipients, string Content)> Messages { get; } = [];

    public bool IsClosed { get; private set; }

    /// <summary>Octets of content that were taken and not yet stored or dropped.</summary>
    public long Held => _content.WrittenCount;

    public Func<SaslCredentials, SaslAnswer> CheckCredentials { get; init; } =
        credentials => credentials.User == "alice" ? SaslAnswer.Verifier(AliceVerifier, ["staff"]) : SaslAnswer.Verifier(null);

    public Func<SmtpReply?> Store { get; init; } = () => null;

    public Action<SmtpSession> ResolveHostNames { get; init; } = session => session.HostNamesResolved(HostNameStatus.None);

    /// <summary>All replies so far.</summary>
    public string Replies => Encoding.UTF8.GetString(_output.WrittenSpan);

    public static SmtpSessionOptions Options(
        SmtpExtensions extensions = SmtpExtensions.Size | SmtpExtensions.EightBitMime | SmtpExtensions.Chunking | SmtpExtensions.SmtpUtf8 | SmtpExtensions.Dsn | SmtpExtensions.StartTls,
        SaslMechanisms mechanisms = SaslMechanisms.Plain | SaslMechanisms.Login | SaslMechanisms.ScramSha256,
        SmtpLimits? limits = null,
        SmtpSessionLimits? session = null,
        bool clearTextAuth = true,
        bool normalizes = false) => new()
        {
            HostName = "mx.local.example",
            Extensions = extensions,
            Mechanisms = mechanisms,
            AllowsAuthenticationWithoutTls = clearTextAuth,
            NormalizesBareLineFeeds = normalizes,
            Limits = limits ?? new SmtpLimits(),
            SessionLimits = session ?? new SmtpSessionLimits { MaxErrors = null, MaxUnknownCommands = null },
            MakeNonce = () => "server",
        };

    /// <summary>Lets the session open, if it has not, and returns its greeting.</summary>
    public string Connect() => Send("");

    /// <summary>Sends text in one piece and returns the new replies.</summary>
    public string Send(string text) => Send(Encoding.UTF8.GetBytes(text), int.MaxValue);

    /// <summary>Sends octets in pieces of a size and returns the new replies.</summary>
    public string Send(byte[] octets, int piece) => Send(octets, () => piece);

    /// <summary>Sends octets in pieces and returns the new replies.</summary>
    public string Send(byte[] octets, Func<int> nextPiece)
    {
        int before = _output.WrittenCount;
        int sent = 0;
        do
        {
            int length = Math.Min(nextPiece(), octets.Length - sent);
            Feed(new ReadOnlySequence<byte>(octets, sent, length));
            sent += length;
        }
        while (sent < octets.Length && !IsClosed);
        return Encoding.UTF8.GetString(_output.WrittenSpan[before..]);
    }

    /// <summary>Sends a line and returns the code and text of the last line of its reply.</summary>
    public string Line(string line)
    {
        string[] lines = Send(line + "\r\n").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "" : lines[^1];
    }

    /// <summary>Sends lines one by one.</summary>
    public SessionHost Say(params string[] lines)
    {
        foreach (string line in lines) Line(line);
        return this;
    }

    /// <summary>Starts TLS as if its handshake was done.</summary>
    public string StartTls()
    {
        string reply = Line("STARTTLS");
        if (Steps[^1] == SmtpStep.StartTls) Session.TlsStarted(TlsState.On());
        return reply;
    }

    public void Feed(ReadOnlySequence<byte> input)
    {
        while (true)
        {
            SmtpStep step = Session.Process(ref input, _output);
            Steps.Add(step);
            switch (step)
            {
                case SmtpStep.TakeContent:
                    foreach (ReadOnlyMemory<byte> part in Session.Content) _content.Write(part.Span);
                    break;
                case SmtpStep.AbandonMessage:
                    _content.Clear();
                    break;
                case SmtpStep.TakeMessage:
                    TakeMessage();
                    break;
                case SmtpStep.VerifyCredentials:
                    Session.CredentialsChecked(CheckCredentials(Session.Credentials!));
                    break;
                case SmtpStep.ResolveHostNames:
                    ResolveHostNames(Session);
                    break;
                case SmtpStep.Close:
                    IsClosed = true;
                    _content.Clear();
                    return;
                default: // the test starts TLS itself
                    return;
            }
        }
    }

    private void TakeMessage()
    {
        SmtpReply? refusal = Store();
        if (refusal is { } reply) Session.MessageRefused(reply);
        else Messages.Add(([.. Session.Transaction!.Recipients.Select(recipient => recipient.ForwardPath.ToString())], Encoding.UTF8.GetString(_content.WrittenSpan)));
        if (refusal is null) Session.MessageTaken();
        _content.Clear();
    }
}
